/** The figures of a feature that people read first, taken from TFDV's statistics; the full record stays in the file. */

import * as z from 'zod';

import { commonStatistics, featureName, type DatasetStatistics, type FeatureStatistics } from './statistics';

/** A number in JSON, where NaN and infinities are text. */
export const zFigure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
/** See {@link zFigure}. */
export type Figure = z.infer<typeof zFigure>;

/** The figures of one feature. Those that its kind does not have are left out. */
export const zFeatureFigures = z.object({
  name: z.string(),
  type: z.string(),
  /** Examples that have the feature. */
  present: z.number().int(),
  missing: z.number().int(),
  mean: zFigure.optional(),
  stdDev: zFigure.optional(),
  zeros: z.number().int().optional(),
  min: zFigure.optional(),
  median: zFigure.optional(),
  max: zFigure.optional(),
  unique: z.number().int().optional(),
  avgLength: zFigure.optional(),
  /** The most frequent values, at most {@link TOP_VALUES}. */
  topValues: z.array(z.object({ value: z.string(), frequency: zFigure })).optional(),
});
/** See {@link zFeatureFigures}. */
export type FeatureFigures = z.infer<typeof zFeatureFigures>;

/** How many of the most frequent values are shown. */
export const TOP_VALUES = 5;
/** The longest of them, in characters; a longer one ends in an ellipsis. */
const TOP_VALUE_CHARACTERS = 200;

/** The figures of one dataset. */
export const zDatasetFigures = z.object({
  /** How many examples were counted. */
  examples: z.number().int(),
  features: z.array(zFeatureFigures),
});
/** See {@link zDatasetFigures}. */
export type DatasetFigures = z.infer<typeof zDatasetFigures>;

/** Takes the figures of every feature, in the order of the file. */
export function toDatasetFigures(dataset: DatasetStatistics): DatasetFigures {
  return { examples: dataset.numExamples, features: dataset.features.map(toFeatureFigures) };
}

function toFeatureFigures(feature: FeatureStatistics): FeatureFigures {
  const common = commonStatistics(feature);
  const figures: FeatureFigures = {
    name: featureName(feature),
    type: feature.type,
    present: common?.numNonMissing ?? 0,
    missing: common?.numMissing ?? 0,
  };
  const { numStats, stringStats } = feature;
  // Without a number there is no bucket: the zeros that protobuf then reads would be figures of nothing.
  if (numStats?.histograms.some(({ buckets }) => buckets.length > 0) === true) {
    const { mean, stdDev, numZeros, min, median, max } = numStats;
    Object.assign(figures, {
      mean: toFigure(mean),
      stdDev: toFigure(stdDev),
      zeros: numZeros,
      min: toFigure(min),
      median: toFigure(median),
      max: toFigure(max),
    } satisfies Partial<FeatureFigures>);
  }
  if (stringStats !== undefined && (stringStats.commonStats?.totNumValues ?? 0) > 0) {
    Object.assign(figures, {
      unique: stringStats.unique,
      avgLength: toFigure(stringStats.avgLength),
      topValues: stringStats.topValues
        .slice(0, TOP_VALUES)
        .map(({ value, frequency }) => ({ value: shortened(value), frequency: toFigure(frequency) })),
    } satisfies Partial<FeatureFigures>);
  }
  return figures;
}

function shortened(text: string): string {
  // Cut before it is taken apart: a value may be megabytes long, and a character has at most two code units.
  const characters = Array.from(text.slice(0, 2 * TOP_VALUE_CHARACTERS + 2));
  return characters.length <= TOP_VALUE_CHARACTERS
    ? text
    : `${characters.slice(0, TOP_VALUE_CHARACTERS - 1).join('')}…`;
}

function toFigure(value: number): Figure {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}
