/** Requests for the statistics screen: the table of one or two datasets, page by page, and one feature in full. */

import * as z from 'zod';

const zDatasetAddress = z.strictObject({
  /** Folder of the artifact, relative to the artifact store. */
  folder: z.string().min(1).max(1_000),
  split: z.string().min(1).max(200),
  /** Name of the slice; absent: the one of all examples, or the only one. */
  slice: z.string().max(10_000).optional(),
});
/** A dataset: a slice of a split of an ExampleStatistics artifact. */
export type DatasetAddress = z.infer<typeof zDatasetAddress>;

/** The datasets side by side: the first leads. */
const zDatasets = z.array(zDatasetAddress).min(1).max(2);

/** Where a page begins: at a row, or behind the first page, however long that is. */
export const zTableOffset = z.union([z.number().int().min(0), z.literal('rest')]);

/** Rows of the table from an offset on: as many as fit into one answer, at most `limit`. */
export const zStatisticsTableRequest = z.strictObject({
  type: z.literal('statistics-table'),
  datasets: zDatasets,
  offset: zTableOffset,
  limit: z.number().int().min(1).optional(),
  /** Bars by quantiles too, which only some want: they are a third of a row. */
  withQuantiles: z.boolean().optional(),
});
/** See {@link zStatisticsTableRequest}. */
export type StatisticsTableRequest = z.infer<typeof zStatisticsTableRequest>;

/** Everything about one feature, named by its key in the table. */
export const zStatisticsFeatureRequest = z.strictObject({
  type: z.literal('statistics-feature'),
  datasets: zDatasets,
  key: z.string().max(100_000),
});
/** See {@link zStatisticsFeatureRequest}. */
export type StatisticsFeatureRequest = z.infer<typeof zStatisticsFeatureRequest>;
