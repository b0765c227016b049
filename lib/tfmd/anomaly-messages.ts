/** The messages of tensorflow_metadata's `anomalies.proto` (v0, proto2), by field number. */

import {
  bool,
  defineMessage,
  double,
  embedded,
  enumeration,
  int64,
  optional,
  plain,
  repeated,
  string,
} from './message';
import { SCHEMA } from './schema-messages';
import { PATH } from './statistics-messages';

/** Every type of anomaly that the file format knows; the place in the list is its number. Most are never reported. */
export const ANOMALY_TYPES = [
  'UNKNOWN_TYPE',
  'BOOL_TYPE_BIG_INT',
  'BOOL_TYPE_BYTES_NOT_INT',
  'BOOL_TYPE_BYTES_NOT_STRING',
  'BOOL_TYPE_FLOAT_NOT_INT',
  'BOOL_TYPE_FLOAT_NOT_STRING',
  'BOOL_TYPE_INT_NOT_STRING',
  'BOOL_TYPE_SMALL_INT',
  'BOOL_TYPE_STRING_NOT_INT',
  'BOOL_TYPE_UNEXPECTED_STRING',
  'ENUM_TYPE_BYTES_NOT_STRING',
  'ENUM_TYPE_FLOAT_NOT_STRING',
  'ENUM_TYPE_INT_NOT_STRING',
  'ENUM_TYPE_INVALID_UTF8',
  'ENUM_TYPE_UNEXPECTED_STRING_VALUES',
  'FEATURE_TYPE_HIGH_NUMBER_VALUES',
  'FEATURE_TYPE_LOW_FRACTION_PRESENT',
  'FEATURE_TYPE_LOW_NUMBER_PRESENT',
  'FEATURE_TYPE_LOW_NUMBER_VALUES',
  'FEATURE_TYPE_NOT_PRESENT',
  'FEATURE_TYPE_NO_VALUES',
  'FEATURE_TYPE_UNEXPECTED_REPEATED',
  'FLOAT_TYPE_BIG_FLOAT',
  'FLOAT_TYPE_NOT_FLOAT',
  'FLOAT_TYPE_SMALL_FLOAT',
  'FLOAT_TYPE_STRING_NOT_FLOAT',
  'FLOAT_TYPE_NON_STRING',
  'FLOAT_TYPE_UNKNOWN_TYPE_NUMBER',
  'INT_TYPE_BIG_INT',
  'INT_TYPE_INT_EXPECTED',
  'INT_TYPE_NOT_INT_STRING',
  'INT_TYPE_NOT_STRING',
  'INT_TYPE_SMALL_INT',
  'INT_TYPE_STRING_EXPECTED',
  'INT_TYPE_UNKNOWN_TYPE_NUMBER',
  'SCHEMA_MISSING_COLUMN',
  'SCHEMA_NEW_COLUMN',
  'SCHEMA_TRAINING_SERVING_SKEW',
  'STRING_TYPE_NOW_FLOAT',
  'STRING_TYPE_NOW_INT',
  'COMPARATOR_CONTROL_DATA_MISSING',
  'COMPARATOR_TREATMENT_DATA_MISSING',
  'COMPARATOR_L_INFTY_HIGH',
  'NO_DATA_IN_SPAN',
  'SPARSE_FEATURE_MISSING_VALUE',
  'SPARSE_FEATURE_MISSING_INDEX',
  'SPARSE_FEATURE_LENGTH_MISMATCH',
  'SPARSE_FEATURE_NAME_COLLISION',
  'SEMANTIC_DOMAIN_UPDATE',
  'COMPARATOR_LOW_NUM_EXAMPLES',
  'COMPARATOR_HIGH_NUM_EXAMPLES',
  'DATASET_LOW_NUM_EXAMPLES',
  'BOOL_TYPE_UNEXPECTED_FLOAT',
  'FLOAT_TYPE_HAS_NAN',
  'WEIGHTED_FEATURE_NAME_COLLISION',
  'WEIGHTED_FEATURE_MISSING_VALUE',
  'WEIGHTED_FEATURE_MISSING_WEIGHT',
  'WEIGHTED_FEATURE_LENGTH_MISMATCH',
  'DATASET_HIGH_NUM_EXAMPLES',
  'FEATURE_TYPE_HIGH_UNIQUE',
  'FEATURE_TYPE_LOW_UNIQUE',
  'FEATURE_TYPE_NO_UNIQUE',
  'FLOAT_TYPE_HAS_INF',
  'COMPARATOR_JENSEN_SHANNON_DIVERGENCE_HIGH',
  'LOW_SUPPORTED_IMAGE_FRACTION',
  'VALUE_NESTEDNESS_MISMATCH',
  'DOMAIN_INVALID_FOR_TYPE',
  'FEATURE_MISSING_NAME',
  'FEATURE_MISSING_TYPE',
  'INVALID_SCHEMA_SPECIFICATION',
  'UNEXPECTED_DATA_TYPE',
  'SEQUENCE_VALUE_TOO_FEW_OCCURRENCES',
  'SEQUENCE_VALUE_TOO_MANY_OCCURRENCES',
  'SEQUENCE_VALUE_TOO_SMALL_FRACTION',
  'SEQUENCE_VALUE_TOO_LARGE_FRACTION',
  'FEATURE_COVERAGE_TOO_LOW',
  'FEATURE_COVERAGE_TOO_SHORT_AVG_TOKEN_LENGTH',
  'NLP_WRONG_LOCATION',
  'EMBEDDING_SHAPE_INVALID',
  'MAX_IMAGE_BYTE_SIZE_EXCEEDED',
  'INVALID_FEATURE_SHAPE',
  'INVALID_DOMAIN_SPECIFICATION',
  'MULTIPLE_REASONS',
  'STATS_NOT_AVAILABLE',
  'DERIVED_FEATURE_BAD_LIFECYCLE',
  'DERIVED_FEATURE_INVALID_SOURCE',
  'CUSTOM_VALIDATION',
] as const;

/** One finding of an anomaly. */
export const ANOMALY_REASON = defineMessage('AnomalyInfo.Reason', {
  type: optional(1, enumeration(ANOMALY_TYPES)),
  shortDescription: optional(2, string),
  description: optional(3, string),
});

const UNCHANGED_REGION = defineMessage('UnchangedRegion', {
  leftStart: optional(1, int64),
  rightStart: optional(2, int64),
  contents: repeated(3, string),
});
const ONE_SIDE_REGION = defineMessage('OneSideRegion', { start: optional(1, int64), contents: repeated(2, string) });
const CHANGED_REGION = defineMessage('ChangedRegion', {
  leftStart: optional(1, int64),
  leftContents: repeated(2, string),
  rightStart: optional(3, int64),
  rightContents: repeated(4, string),
});
const HIDDEN_REGION = defineMessage('HiddenRegion', {
  leftStart: optional(1, int64),
  rightStart: optional(2, int64),
  size: optional(3, int64),
});
const DIFF_REGION = defineMessage(
  'DiffRegion',
  {
    unchanged: optional(1, embedded(UNCHANGED_REGION)),
    removed: optional(2, embedded(ONE_SIDE_REGION)),
    added: optional(3, embedded(ONE_SIDE_REGION)),
    changed: optional(4, embedded(CHANGED_REGION)),
    hidden: optional(5, embedded(HIDDEN_REGION)),
  },
  [['unchanged', 'removed', 'added', 'changed', 'hidden']],
);

/** Everything that is wrong with one feature, or with the dataset. */
export const ANOMALY_INFO = defineMessage('AnomalyInfo', {
  description: optional(2, string),
  diffRegions: repeated(4, embedded(DIFF_REGION)),
  severity: optional(5, enumeration(['UNKNOWN', 'WARNING', 'ERROR'])),
  shortDescription: optional(6, string),
  reason: repeated(7, embedded(ANOMALY_REASON)),
  path: optional(8, embedded(PATH)),
});

const MEASUREMENT = defineMessage('DriftSkewInfo.Measurement', {
  type: optional(1, enumeration(['UNKNOWN', 'L_INFTY', 'JENSEN_SHANNON_DIVERGENCE', 'NORMALIZED_ABSOLUTE_DIFFERENCE'])),
  value: optional(2, double),
  threshold: optional(3, double),
});
const DRIFT_SKEW_INFO = defineMessage('DriftSkewInfo', {
  path: optional(1, embedded(PATH)),
  driftMeasurements: repeated(2, embedded(MEASUREMENT)),
  skewMeasurements: repeated(3, embedded(MEASUREMENT)),
});

// A map is a list of entries, on the wire and in text.
const ANOMALY_INFO_ENTRY = defineMessage('Anomalies.AnomalyInfoEntry', {
  key: plain(1, string),
  value: optional(2, embedded(ANOMALY_INFO)),
});

/** What a `SchemaDiff.pb` holds. */
export const ANOMALIES = defineMessage(
  'Anomalies',
  {
    baseline: optional(1, embedded(SCHEMA)),
    anomalyInfo: repeated(2, embedded(ANOMALY_INFO_ENTRY)),
    dataMissing: optional(3, bool),
    baselineV1: optional(6, embedded(SCHEMA)),
    anomalyNameFormat: optional(7, enumeration(['UNKNOWN', 'SERIALIZED_PATH'])),
    datasetAnomalyInfo: optional(8, embedded(ANOMALY_INFO)),
    driftSkewInfo: repeated(9, embedded(DRIFT_SKEW_INFO)),
  },
  [['baseline', 'baselineV1']],
);
