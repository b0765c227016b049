/** The messages of tensorflow_metadata's `statistics.proto` (v0) and of its `path.proto`, by field number. */

import {
  bytes,
  defineMessage,
  double,
  embedded,
  enumeration,
  float,
  int64,
  optional,
  plain,
  repeated,
  string,
  uint64,
} from './message';

/** A feature's place: a list of steps, one for a top-level feature. */
export const PATH = defineMessage('Path', { step: repeated(1, string) });

/** One bucket of a {@link HISTOGRAM}: from `lowValue` to `highValue`, both may be infinite. */
export const HISTOGRAM_BUCKET = defineMessage('Histogram.Bucket', {
  lowValue: plain(1, double),
  highValue: plain(2, double),
  sampleCount: plain(4, double),
});

/** Equal-width (`STANDARD`) or equal-count (`QUANTILES`) buckets of numbers. */
export const HISTOGRAM = defineMessage('Histogram', {
  numNan: plain(1, uint64),
  numUndefined: plain(2, uint64),
  buckets: repeated(3, embedded(HISTOGRAM_BUCKET)),
  type: plain(4, enumeration(['STANDARD', 'QUANTILES'])),
  name: plain(5, string),
});

/** One value of a {@link RANK_HISTOGRAM}; ranks start at 0. */
export const RANK_BUCKET = defineMessage('RankHistogram.Bucket', {
  lowRank: plain(1, uint64),
  highRank: plain(2, uint64),
  label: plain(4, string),
  sampleCount: plain(5, double),
});

/** Values by descending frequency. */
export const RANK_HISTOGRAM = defineMessage('RankHistogram', {
  buckets: repeated(1, embedded(RANK_BUCKET)),
  name: plain(2, string),
});

/** Presence and valency with each example counted by its weight. */
export const WEIGHTED_COMMON_STATISTICS = defineMessage('WeightedCommonStatistics', {
  numNonMissing: plain(1, double),
  numMissing: plain(2, double),
  avgNumValues: plain(3, double),
  totNumValues: plain(4, double),
});

/** Presence and valency of one level of nested lists. */
export const PRESENCE_AND_VALENCY_STATISTICS = defineMessage('PresenceAndValencyStatistics', {
  numNonMissing: plain(1, uint64),
  numMissing: plain(2, uint64),
  minNumValues: plain(3, uint64),
  maxNumValues: plain(4, uint64),
  totNumValues: plain(5, uint64),
});

/** Presence and valency: in how many examples a feature stands, with how many values. */
export const COMMON_STATISTICS = defineMessage('CommonStatistics', {
  numNonMissing: plain(1, uint64),
  numMissing: plain(2, uint64),
  minNumValues: plain(3, uint64),
  maxNumValues: plain(4, uint64),
  avgNumValues: plain(5, float),
  numValuesHistogram: optional(6, embedded(HISTOGRAM)),
  weightedCommonStats: optional(7, embedded(WEIGHTED_COMMON_STATISTICS)),
  totNumValues: plain(8, uint64),
  featureListLengthHistogram: optional(9, embedded(HISTOGRAM)),
  presenceAndValencyStats: repeated(10, embedded(PRESENCE_AND_VALENCY_STATISTICS)),
  weightedPresenceAndValencyStats: repeated(11, embedded(WEIGHTED_COMMON_STATISTICS)),
});

/** Moments, quantiles and histograms with each value counted by its example's weight. */
export const WEIGHTED_NUMERIC_STATISTICS = defineMessage('WeightedNumericStatistics', {
  mean: plain(1, double),
  stdDev: plain(2, double),
  median: plain(3, double),
  histograms: repeated(4, embedded(HISTOGRAM)),
});

/** Statistics of an INT or FLOAT feature. */
export const NUMERIC_STATISTICS = defineMessage('NumericStatistics', {
  commonStats: optional(1, embedded(COMMON_STATISTICS)),
  mean: plain(2, double),
  stdDev: plain(3, double),
  numZeros: plain(4, uint64),
  min: plain(5, double),
  median: plain(6, double),
  max: plain(7, double),
  histograms: repeated(8, embedded(HISTOGRAM)),
  weightedNumericStats: optional(9, embedded(WEIGHTED_NUMERIC_STATISTICS)),
});

/** A value and how often it stands. */
export const FREQ_AND_VALUE = defineMessage('StringStatistics.FreqAndValue', {
  value: plain(2, string),
  frequency: plain(3, double),
});

/** Top values by summed weight. */
export const WEIGHTED_STRING_STATISTICS = defineMessage('WeightedStringStatistics', {
  topValues: repeated(1, embedded(FREQ_AND_VALUE)),
  rankHistogram: optional(2, embedded(RANK_HISTOGRAM)),
});

/** Statistics of a STRING feature. */
export const STRING_STATISTICS = defineMessage('StringStatistics', {
  commonStats: optional(1, embedded(COMMON_STATISTICS)),
  unique: plain(2, uint64),
  topValues: repeated(3, embedded(FREQ_AND_VALUE)),
  avgLength: plain(4, float),
  rankHistogram: optional(5, embedded(RANK_HISTOGRAM)),
  weightedStringStats: optional(6, embedded(WEIGHTED_STRING_STATISTICS)),
  vocabularyFile: plain(7, string),
  invalidUtf8Count: plain(8, uint64),
});

/** Statistics of a BYTES feature. */
export const BYTES_STATISTICS = defineMessage('BytesStatistics', {
  commonStats: optional(1, embedded(COMMON_STATISTICS)),
  unique: plain(2, uint64),
  avgNumBytes: plain(3, float),
  minNumBytes: plain(4, float),
  maxNumBytes: plain(5, float),
  maxNumBytesInt: plain(6, int64),
});

/** Statistics of a STRUCT feature. */
export const STRUCT_STATISTICS = defineMessage('StructStatistics', {
  commonStats: optional(1, embedded(COMMON_STATISTICS)),
});

/** `google.protobuf.Any`: bytes of a message named by its type. */
export const ANY = defineMessage('google.protobuf.Any', { typeUrl: plain(1, string), value: plain(2, bytes) });

/** A named statistic beside the standard ones; exactly one of its values is set. */
export const CUSTOM_STATISTIC = defineMessage('CustomStatistic', {
  name: plain(1, string),
  num: optional(2, double),
  str: optional(3, string),
  histogram: optional(4, embedded(HISTOGRAM)),
  rankHistogram: optional(5, embedded(RANK_HISTOGRAM)),
  any: optional(6, embedded(ANY)),
});

/** The types a feature can have in statistics. */
export const STATISTICS_TYPES = ['INT', 'FLOAT', 'STRING', 'BYTES', 'STRUCT'] as const;

/** Everything about one feature. `path` or `name` is set, and one of the four `…Stats`. */
export const FEATURE_NAME_STATISTICS = defineMessage('FeatureNameStatistics', {
  name: optional(1, string),
  type: plain(2, enumeration(STATISTICS_TYPES)),
  numStats: optional(3, embedded(NUMERIC_STATISTICS)),
  stringStats: optional(4, embedded(STRING_STATISTICS)),
  bytesStats: optional(5, embedded(BYTES_STATISTICS)),
  customStats: repeated(6, embedded(CUSTOM_STATISTIC)),
  structStats: optional(7, embedded(STRUCT_STATISTICS)),
  path: optional(8, embedded(PATH)),
});

const NUMERIC_CROSS_STATISTICS = defineMessage('NumericCrossStatistics', {
  correlation: plain(1, float),
  covariance: plain(2, float),
});

const LIFT_BUCKET = defineMessage('LiftSeries.Bucket', { lowValue: plain(1, double), highValue: plain(2, double) });

const LIFT_VALUE = defineMessage('LiftSeries.LiftValue', {
  xInt: optional(1, int64),
  xString: optional(2, string),
  lift: plain(3, double),
  xCount: optional(4, uint64),
  weightedXCount: optional(5, double),
  xAndYCount: optional(6, uint64),
  weightedXAndYCount: optional(7, double),
});

const LIFT_SERIES = defineMessage('LiftSeries', {
  yInt: optional(1, int64),
  yString: optional(2, string),
  yBucket: optional(3, embedded(LIFT_BUCKET)),
  yCount: optional(4, uint64),
  weightedYCount: optional(5, double),
  liftValues: repeated(6, embedded(LIFT_VALUE)),
});

const LIFT_STATISTICS = defineMessage('LiftStatistics', {
  liftSeries: repeated(1, embedded(LIFT_SERIES)),
  weightedLiftSeries: repeated(2, embedded(LIFT_SERIES)),
});

const CATEGORICAL_CROSS_STATISTICS = defineMessage('CategoricalCrossStatistics', {
  lift: optional(1, embedded(LIFT_STATISTICS)),
});

/** Statistics of a pair of features. */
export const CROSS_FEATURE_STATISTICS = defineMessage('CrossFeatureStatistics', {
  pathX: optional(1, embedded(PATH)),
  pathY: optional(2, embedded(PATH)),
  count: plain(3, uint64),
  numCrossStats: optional(4, embedded(NUMERIC_CROSS_STATISTICS)),
  categoricalCrossStats: optional(5, embedded(CATEGORICAL_CROSS_STATISTICS)),
});

/** The statistics of one dataset, or of one slice of it, whose name it then carries. */
export const DATASET_FEATURE_STATISTICS = defineMessage('DatasetFeatureStatistics', {
  name: plain(1, string),
  numExamples: plain(2, uint64),
  features: repeated(3, embedded(FEATURE_NAME_STATISTICS)),
  weightedNumExamples: plain(4, double),
  crossFeatures: repeated(5, embedded(CROSS_FEATURE_STATISTICS)),
});

/** What a `FeatureStats.pb` holds. */
export const DATASET_FEATURE_STATISTICS_LIST = defineMessage('DatasetFeatureStatisticsList', {
  datasets: repeated(1, embedded(DATASET_FEATURE_STATISTICS)),
});
