/** One row per feature of one or two datasets: what the table of statistics shows, small enough for thousands of them. */

import * as z from 'zod';

import { zFigure } from './feature-figures';

/** The kinds a row can be shown as: numbers, or values that are counted. */
export const FEATURE_GROUPS = ['numeric', 'categorical'] as const;
/** One of {@link FEATURE_GROUPS}. */
export type FeatureGroup = (typeof FEATURE_GROUPS)[number];

/** What one dataset says of a feature. Figures that its kind does not have are left out. */
export const zSideFigures = z.object({
  type: z.string(),
  /** Examples that have the feature, and those that do not. */
  present: z.number().int(),
  missing: z.number().int(),
  /** Values in all examples, and the least and greatest number of them in one that has the feature. */
  values: z.number(),
  minValues: z.number().int(),
  maxValues: z.number().int(),
  mean: zFigure.optional(),
  stdDev: zFigure.optional(),
  zeros: z.number().int().optional(),
  min: zFigure.optional(),
  median: zFigure.optional(),
  max: zFigure.optional(),
  nans: z.number().int().optional(),
  unique: z.number().int().optional(),
  /** Bytes of a value on average. */
  avgLength: zFigure.optional(),
  /** The most frequent value. */
  top: z.object({ value: z.string(), count: zFigure }).optional(),
});
/** See {@link zSideFigures}. */
export type SideFigures = z.infer<typeof zSideFigures>;

/** Bars of numbers, as `lib/chart/bins` makes them; counts by side, null for a side without values. */
export const zStoredBins = z.object({
  kind: z.enum(['equal', 'quantiles']),
  edges: z.array(z.number()),
  counts: z.array(z.array(z.number()).nullable()),
  isCutLow: z.boolean().optional(),
  isCutHigh: z.boolean().optional(),
});
/** See {@link zStoredBins}. */
export type StoredBins = z.infer<typeof zStoredBins>;

/** Bars of the most frequent values of the first side that has any. */
export const zStoredBars = z.object({
  labels: z.array(z.string()),
  counts: z.array(z.array(z.number()).nullable()),
  /** Values beyond the bars, by side. */
  rest: z.array(z.number()),
});
/** See {@link zStoredBars}. */
export type StoredBars = z.infer<typeof zStoredBars>;

/** A feature in the table. Sides stand in the order of the datasets; null where one does not have the feature. */
export const zStatisticsRow = z.object({
  /** The path as TFX serialises it; what a detail is asked for by. */
  key: z.string(),
  name: z.string(),
  group: z.enum(FEATURE_GROUPS),
  sides: z.array(zSideFigures.nullable()),
  /** Its numbers name things: a mean of them says nothing. */
  isIdentifier: z.boolean().optional(),
  equal: zStoredBins.optional(),
  quantiles: zStoredBins.optional(),
  bars: zStoredBars.optional(),
  distance: z.object({ measure: z.enum(['jensen-shannon', 'l-infinity']), value: z.number() }).optional(),
  nonUniformity: z.number().optional(),
  /** Values of the second side that the first does not have; left out where that is not known. */
  newValues: z.number().int().optional(),
});
/** See {@link zStatisticsRow}. */
export type StatisticsRow = z.infer<typeof zStatisticsRow>;

/** A dataset that a column of figures stands for. */
export const zTableDataset = z.object({
  /** The slice; empty where the file holds one dataset. */
  slice: z.string(),
  examples: z.number().int(),
  /** The slices to choose among; empty where the file holds one dataset. */
  slices: z.array(z.string()),
});

/** Rows of the table from an offset on, in the order of the first dataset; then those that only the second has. */
export const zStatisticsPage = z.object({
  datasets: z.array(zTableDataset),
  /** Features in all. */
  total: z.number().int(),
  rows: z.array(zStatisticsRow),
  /** Offset of the next page; absent on the last one. */
  next: z.number().int().optional(),
});
/** See {@link zStatisticsPage}. */
export type StatisticsPage = z.infer<typeof zStatisticsPage>;

/** A bucket of a histogram as it was counted. */
export const zDetailBucket = z.object({ low: zFigure, high: zFigure, count: z.number() });

/** What one dataset says of a feature beyond its row. */
export const zSideDetail = z.object({
  /** Bounds of the quantiles, from the smallest to the largest value. */
  quantiles: z.array(zFigure).optional(),
  /** How many values examples have, in tenths of the examples. */
  valueCounts: z.array(zDetailBucket).optional(),
  avgValues: zFigure,
  /** Cumulated share of values by rank, at most 100 points. */
  rankShares: z.array(z.object({ rank: z.number().int(), share: z.number() })).optional(),
  custom: z.array(z.object({ name: z.string(), text: z.string() })),
  invalidUtf8: z.number().int().optional(),
  minBytes: zFigure.optional(),
  maxBytes: zFigure.optional(),
});
/** See {@link zSideDetail}. */
export type SideDetail = z.infer<typeof zSideDetail>;

/** Everything about one feature. */
export const zFeatureDetail = z.object({
  row: zStatisticsRow,
  /** The distance as TFDV's comparators measure it, for thresholds of a schema. */
  comparatorDistance: z.number().optional(),
  sides: z.array(zSideDetail.nullable()),
  /** The most frequent values of the first side that has any; how often each side has them. */
  values: z
    .object({
      labels: z.array(z.string()),
      counts: z.array(z.array(z.number()).nullable()),
      /** Different values of that side that are not among them. */
      unlisted: z.number().int(),
    })
    .optional(),
  /** The most frequent values of the second side that the first does not have. */
  fresh: z.array(z.object({ value: z.string(), count: z.number() })).optional(),
});
/** See {@link zFeatureDetail}. */
export type FeatureDetail = z.infer<typeof zFeatureDetail>;
