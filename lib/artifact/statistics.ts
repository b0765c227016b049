/** `ExampleStatistics`: one binary `FeatureStats.pb` per split, a DatasetFeatureStatisticsList as TFX writes it. */

import { decodeMessage, encodeMessage, type MessageValue } from '../tfmd/message';
import {
  DATASET_FEATURE_STATISTICS_LIST,
  type COMMON_STATISTICS,
  type DATASET_FEATURE_STATISTICS,
  type FEATURE_NAME_STATISTICS,
  type HISTOGRAM,
  type HISTOGRAM_BUCKET,
  type NUMERIC_STATISTICS,
  type RANK_HISTOGRAM,
  type STRING_STATISTICS,
  type WEIGHTED_NUMERIC_STATISTICS,
  type WEIGHTED_STRING_STATISTICS,
} from '../tfmd/statistics-messages';

/** Name of the file in each `Split-…` folder. */
export const STATISTICS_FILE = 'FeatureStats.pb';

/** What a `FeatureStats.pb` holds: one dataset, or one per slice. */
export type StatisticsList = MessageValue<typeof DATASET_FEATURE_STATISTICS_LIST>;
/** The statistics of one dataset. */
export type DatasetStatistics = MessageValue<typeof DATASET_FEATURE_STATISTICS>;
/** Everything about one feature. */
export type FeatureStatistics = MessageValue<typeof FEATURE_NAME_STATISTICS>;
/** Presence and valency of a feature. */
export type CommonStatistics = MessageValue<typeof COMMON_STATISTICS>;
/** Statistics of an INT or FLOAT feature. */
export type NumericStatistics = MessageValue<typeof NUMERIC_STATISTICS>;
/** The weighted part of {@link NumericStatistics}. */
export type WeightedNumericStatistics = MessageValue<typeof WEIGHTED_NUMERIC_STATISTICS>;
/** Statistics of a STRING feature. */
export type StringStatistics = MessageValue<typeof STRING_STATISTICS>;
/** The weighted part of {@link StringStatistics}. */
export type WeightedStringStatistics = MessageValue<typeof WEIGHTED_STRING_STATISTICS>;
/** Buckets of numbers. */
export type Histogram = MessageValue<typeof HISTOGRAM>;
/** One bucket of a {@link Histogram}. */
export type HistogramBucket = MessageValue<typeof HISTOGRAM_BUCKET>;
/** Values by descending frequency. */
export type RankHistogram = MessageValue<typeof RANK_HISTOGRAM>;

/** The bytes of a `FeatureStats.pb`. */
export function fromStatistics(statistics: StatisticsList): Uint8Array {
  return encodeMessage(DATASET_FEATURE_STATISTICS_LIST, statistics);
}

/** The statistics in the bytes of a `FeatureStats.pb`, ours or TFX's. Throws `artifact-damaged` when they are cut or malformed. */
export function toStatistics(encoded: Uint8Array): StatisticsList {
  return decodeMessage(DATASET_FEATURE_STATISTICS_LIST, encoded);
}

/** A feature's name as people write it: the steps of its path joined by dots. */
export function featureName(feature: FeatureStatistics): string {
  return feature.name ?? feature.path?.step.join('.') ?? '';
}

/** The common statistics of a feature, whatever its type. */
export function commonStatistics(feature: FeatureStatistics): CommonStatistics | undefined {
  return (feature.numStats ?? feature.stringStats ?? feature.bytesStats ?? feature.structStats)?.commonStats;
}
