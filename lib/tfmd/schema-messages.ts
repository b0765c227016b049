/** The messages of tensorflow_metadata's `schema.proto` (v0, proto2: every field is there or not), by field number. */

import { DERIVED_FEATURE_SOURCE } from './derived-feature-messages';
import {
  type Message,
  type ValueOf,
  bigInt64,
  bool,
  bytes,
  defineMessage,
  double,
  embedded,
  embeddedLater,
  enumeration,
  float,
  int64,
  optional,
  plain,
  repeated,
  sparseEnumeration,
  string,
  uint64,
} from './message';
import { ANY, PATH } from './statistics-messages';

/** How far a feature is from being used. Only some stages are validated, see `isIgnored`. */
export const LIFECYCLE_STAGES = {
  UNKNOWN_STAGE: 0,
  PLANNED: 1,
  ALPHA: 2,
  BETA: 3,
  PRODUCTION: 4,
  DEPRECATED: 5,
  DEBUG_ONLY: 6,
  DISABLED: 7,
  VALIDATION_DERIVED: 9,
} as const;
const lifecycleStage = sparseEnumeration(LIFECYCLE_STAGES, 'UNKNOWN_STAGE');

/** The physical types of a feature. */
export const FEATURE_TYPES = ['TYPE_UNKNOWN', 'BYTES', 'INT', 'FLOAT', 'STRUCT'] as const;
const featureType = enumeration(FEATURE_TYPES);

const FIXED_SHAPE_DIM = defineMessage('FixedShape.Dim', { size: optional(1, int64), name: optional(2, string) });
const FIXED_SHAPE = defineMessage('FixedShape', { dim: repeated(2, embedded(FIXED_SHAPE_DIM)) });

/** Limits of the number of values in one example that has the feature. */
export const VALUE_COUNT = defineMessage('ValueCount', { min: optional(1, int64), max: optional(2, int64) });
const VALUE_COUNT_LIST = defineMessage('ValueCountList', { valueCount: repeated(1, embedded(VALUE_COUNT)) });

/** In how many examples a feature must stand. */
const FEATURE_PRESENCE = defineMessage('FeaturePresence', {
  minFraction: optional(1, double),
  minCount: optional(2, int64),
});
const FEATURE_PRESENCE_WITHIN_GROUP = defineMessage('FeaturePresenceWithinGroup', { required: optional(1, bool) });

/** Whole numbers, also those written as text. The bounds may use all 64 bits. */
export const INT_DOMAIN = defineMessage('IntDomain', {
  name: optional(1, string),
  min: optional(3, bigInt64),
  max: optional(4, bigInt64),
  isCategorical: optional(5, bool),
});

/** Numbers, also those written as text. The bounds are single precision. */
export const FLOAT_DOMAIN = defineMessage('FloatDomain', {
  name: optional(1, string),
  min: optional(3, float),
  max: optional(4, float),
  disallowNan: optional(5, bool),
  disallowInf: optional(6, bool),
  isEmbedding: optional(7, bool),
  isCategorical: optional(8, bool),
  embeddingDim: optional(9, int64),
  embeddingType: optional(10, string),
});

/** A closed list of texts. */
export const STRING_DOMAIN = defineMessage('StringDomain', {
  name: optional(1, string),
  value: repeated(2, string),
  isCategorical: optional(3, enumeration(['CATEGORICAL_UNSPECIFIED', 'CATEGORICAL_YES', 'CATEGORICAL_NO'])),
});

/** True and false, as 1 and 0 or as two texts. */
export const BOOL_DOMAIN = defineMessage('BoolDomain', {
  name: optional(1, string),
  trueValue: optional(2, string),
  falseValue: optional(3, string),
});

const FEATURE_COVERAGE_CONSTRAINTS = defineMessage('FeatureCoverageConstraints', {
  minCoverage: optional(1, float),
  minAvgTokenLength: optional(2, float),
  excludedStringTokens: repeated(3, string),
  excludedIntTokens: repeated(4, bigInt64),
  oovStringTokens: repeated(5, string),
});

const SEQUENCE_VALUE_CONSTRAINTS = defineMessage(
  'SequenceValueConstraints',
  {
    intValue: optional(1, bigInt64),
    stringValue: optional(2, string),
    minPerSequence: optional(3, int64),
    maxPerSequence: optional(4, int64),
    minFractionOfSequences: optional(5, float),
    maxFractionOfSequences: optional(6, float),
  },
  [['intValue', 'stringValue']],
);

const SEQUENCE_LENGTH_CONSTRAINTS = defineMessage('SequenceLengthConstraints', {
  excludedIntValue: repeated(1, bigInt64),
  excludedStringValue: repeated(2, string),
  minSequenceLength: optional(3, int64),
  maxSequenceLength: optional(4, int64),
});

const NATURAL_LANGUAGE_DOMAIN = defineMessage('NaturalLanguageDomain', {
  vocabulary: optional(1, string),
  coverage: optional(2, embedded(FEATURE_COVERAGE_CONSTRAINTS)),
  tokenConstraints: repeated(3, embedded(SEQUENCE_VALUE_CONSTRAINTS)),
  locationConstraintRegex: optional(4, string),
  sequenceLengthConstraints: optional(5, embedded(SEQUENCE_LENGTH_CONSTRAINTS)),
});

const IMAGE_DOMAIN = defineMessage('ImageDomain', {
  minimumSupportedImageFraction: optional(1, float),
  maxImageByteSize: optional(2, int64),
});
const MID_DOMAIN = defineMessage('MIDDomain', {});
const URL_DOMAIN = defineMessage('URLDomain', {});

const INTEGER_TIME_FORMATS = [
  'FORMAT_UNKNOWN',
  'UNIX_SECONDS',
  'UNIX_MILLISECONDS',
  'UNIX_MICROSECONDS',
  'UNIX_NANOSECONDS',
  'UNIX_DAYS',
] as const;
const TIME_DOMAIN = defineMessage(
  'TimeDomain',
  { stringFormat: optional(1, string), integerFormat: optional(2, enumeration(INTEGER_TIME_FORMATS)) },
  [['stringFormat', 'integerFormat']],
);
const TIME_OF_DAY_DOMAIN = defineMessage(
  'TimeOfDayDomain',
  {
    stringFormat: optional(1, string),
    integerFormat: optional(2, enumeration(['FORMAT_UNKNOWN', 'PACKED_64_NANOS'])),
  },
  [['stringFormat', 'integerFormat']],
);

/** What part of the values must lie in the domain. */
export const DISTRIBUTION_CONSTRAINTS = defineMessage('DistributionConstraints', {
  minDomainMass: optional(1, double),
});

const ANNOTATION = defineMessage('Annotation', {
  tag: repeated(1, string),
  comment: repeated(2, string),
  extraMetadata: repeated(3, embedded(ANY)),
});

const THRESHOLD = { threshold: optional(1, double) };
const HISTOGRAM_SELECTION = defineMessage('HistogramSelection', {
  type: optional(1, enumeration(['DEFAULT', 'QUANTILES', 'STANDARD'])),
});
const JENSEN_SHANNON_DIVERGENCE = defineMessage('JensenShannonDivergence', {
  ...THRESHOLD,
  source: optional(2, embedded(HISTOGRAM_SELECTION)),
});

/** How far two distributions may lie apart; each threshold is checked on its own. */
const FEATURE_COMPARATOR = defineMessage('FeatureComparator', {
  infinityNorm: optional(1, embedded(defineMessage('InfinityNorm', THRESHOLD))),
  jensenShannonDivergence: optional(2, embedded(JENSEN_SHANNON_DIVERGENCE)),
  normalizedAbsDifference: optional(3, embedded(defineMessage('NormalizedAbsoluteDifference', THRESHOLD))),
});

const NUMERIC_VALUE_COMPARATOR = defineMessage('NumericValueComparator', {
  minFractionThreshold: optional(1, double),
  maxFractionThreshold: optional(2, double),
});
const DATASET_CONSTRAINTS = defineMessage('DatasetConstraints', {
  numExamplesDriftComparator: optional(1, embedded(NUMERIC_VALUE_COMPARATOR)),
  numExamplesVersionComparator: optional(2, embedded(NUMERIC_VALUE_COMPARATOR)),
  minExamplesCount: optional(3, int64),
  maxExamplesCount: optional(4, int64),
});

const UNIQUE_CONSTRAINTS = defineMessage('UniqueConstraints', { min: optional(1, int64), max: optional(2, int64) });

const SEQUENCE_METADATA = defineMessage('SequenceMetadata', {
  sequentialStatus: optional(3, enumeration(['SEQUENTIAL_UNSPECIFIED', 'SEQUENTIAL_YES', 'SEQUENTIAL_NO'])),
  jointGroup: optional(4, string),
  sequenceTruncationLimit: optional(5, int64),
});

const REFERENCE = { name: optional(1, string) };
const SPARSE_FEATURE = defineMessage('SparseFeature', {
  name: optional(1, string),
  deprecated: optional(2, bool),
  presence: optional(4, embedded(FEATURE_PRESENCE)),
  denseShape: optional(5, embedded(FIXED_SHAPE)),
  indexFeature: repeated(6, embedded(defineMessage('SparseFeature.IndexFeature', REFERENCE))),
  lifecycleStage: optional(7, lifecycleStage),
  isSorted: optional(8, bool),
  valueFeature: optional(9, embedded(defineMessage('SparseFeature.ValueFeature', REFERENCE))),
  type: optional(10, featureType),
});

const WEIGHTED_FEATURE = defineMessage('WeightedFeature', {
  name: optional(1, string),
  feature: optional(2, embedded(PATH)),
  weightFeature: optional(3, embedded(PATH)),
  lifecycleStage: optional(4, lifecycleStage),
});

const flatFeatureFields = {
  name: optional(1, string),
  deprecated: optional(2, bool),
  valueCount: optional(5, embedded(VALUE_COUNT)),
  type: optional(6, featureType),
  domain: optional(7, string),
  intDomain: optional(9, embedded(INT_DOMAIN)),
  floatDomain: optional(10, embedded(FLOAT_DOMAIN)),
  stringDomain: optional(11, embedded(STRING_DOMAIN)),
  boolDomain: optional(13, embedded(BOOL_DOMAIN)),
  presence: optional(14, embedded(FEATURE_PRESENCE)),
  distributionConstraints: optional(15, embedded(DISTRIBUTION_CONSTRAINTS)),
  annotation: optional(16, embedded(ANNOTATION)),
  groupPresence: optional(17, embedded(FEATURE_PRESENCE_WITHIN_GROUP)),
  skewComparator: optional(18, embedded(FEATURE_COMPARATOR)),
  notInEnvironment: repeated(19, string),
  inEnvironment: repeated(20, string),
  driftComparator: optional(21, embedded(FEATURE_COMPARATOR)),
  lifecycleStage: optional(22, lifecycleStage),
  shape: optional(23, embedded(FIXED_SHAPE)),
  naturalLanguageDomain: optional(24, embedded(NATURAL_LANGUAGE_DOMAIN)),
  imageDomain: optional(25, embedded(IMAGE_DOMAIN)),
  midDomain: optional(26, embedded(MID_DOMAIN)),
  urlDomain: optional(27, embedded(URL_DOMAIN)),
  timeDomain: optional(28, embedded(TIME_DOMAIN)),
  timeOfDayDomain: optional(30, embedded(TIME_OF_DAY_DOMAIN)),
  uniqueConstraints: optional(31, embedded(UNIQUE_CONSTRAINTS)),
  valueCounts: optional(32, embedded(VALUE_COUNT_LIST)),
  validationDerivedSource: optional(34, embedded(DERIVED_FEATURE_SOURCE)),
  sequenceMetadata: optional(35, embedded(SEQUENCE_METADATA)),
} as const;

/** A feature of a schema; a struct's features hold features. */
export type FeatureValue = ValueOf<typeof flatFeatureFields> & {
  readonly structDomain?: StructDomainValue | undefined;
};
/** The features below a struct. */
export type StructDomainValue = {
  readonly feature: readonly FeatureValue[];
  readonly sparseFeature: readonly ValueOf<(typeof SPARSE_FEATURE)['fields']>[];
};

/** The members of `Feature.domain_info`, of which one is set at most. */
export const DOMAIN_FIELDS = [
  'domain',
  'intDomain',
  'floatDomain',
  'stringDomain',
  'boolDomain',
  'structDomain',
  'naturalLanguageDomain',
  'imageDomain',
  'midDomain',
  'urlDomain',
  'timeDomain',
  'timeOfDayDomain',
] as const;

/** Everything a schema says of one feature. */
export const FEATURE = defineMessage(
  'Feature',
  {
    ...flatFeatureFields,
    structDomain: optional(
      29,
      embeddedLater<StructDomainValue>(() => STRUCT_DOMAIN),
    ),
  },
  [['presence', 'groupPresence'], ['shape', 'valueCount', 'valueCounts'], DOMAIN_FIELDS],
);

const STRUCT_DOMAIN: Message = defineMessage('StructDomain', {
  feature: repeated(
    1,
    embeddedLater<FeatureValue>(() => FEATURE),
  ),
  sparseFeature: repeated(2, embedded(SPARSE_FEATURE)),
});

const DEFAULT_VALUE = defineMessage(
  'TensorRepresentation.DefaultValue',
  {
    floatValue: optional(1, double),
    intValue: optional(2, bigInt64),
    bytesValue: optional(3, bytes),
    uintValue: optional(4, uint64),
  },
  [['floatValue', 'intValue', 'bytesValue', 'uintValue']],
);
const DENSE_TENSOR = defineMessage('TensorRepresentation.DenseTensor', {
  columnName: optional(1, string),
  shape: optional(2, embedded(FIXED_SHAPE)),
  defaultValue: optional(3, embedded(DEFAULT_VALUE)),
});
const VAR_LEN_SPARSE_TENSOR = defineMessage('TensorRepresentation.VarLenSparseTensor', {
  columnName: optional(1, string),
});
const SPARSE_TENSOR = defineMessage('TensorRepresentation.SparseTensor', {
  denseShape: optional(1, embedded(FIXED_SHAPE)),
  indexColumnNames: repeated(2, string),
  valueColumnName: optional(3, string),
  alreadySorted: optional(4, bool),
});
const PARTITION = defineMessage(
  'TensorRepresentation.RaggedTensor.Partition',
  { uniformRowLength: optional(1, int64), rowLength: optional(2, string) },
  [['uniformRowLength', 'rowLength']],
);
const RAGGED_TENSOR = defineMessage('TensorRepresentation.RaggedTensor', {
  featurePath: optional(1, embedded(PATH)),
  rowPartitionDtype: optional(2, enumeration(['UNSPECIFIED', 'INT64', 'INT32'])),
  partition: repeated(3, embedded(PARTITION)),
});
const TENSOR_REPRESENTATION = defineMessage(
  'TensorRepresentation',
  {
    denseTensor: optional(1, embedded(DENSE_TENSOR)),
    varlenSparseTensor: optional(2, embedded(VAR_LEN_SPARSE_TENSOR)),
    sparseTensor: optional(3, embedded(SPARSE_TENSOR)),
    raggedTensor: optional(4, embedded(RAGGED_TENSOR)),
  },
  [['denseTensor', 'varlenSparseTensor', 'sparseTensor', 'raggedTensor']],
);
// A map is a list of entries, on the wire and in text.
const TENSOR_REPRESENTATION_ENTRY = defineMessage('TensorRepresentationGroup.TensorRepresentationEntry', {
  key: plain(1, string),
  value: optional(2, embedded(TENSOR_REPRESENTATION)),
});
const TENSOR_REPRESENTATION_GROUP = defineMessage('TensorRepresentationGroup', {
  tensorRepresentation: repeated(1, embedded(TENSOR_REPRESENTATION_ENTRY)),
});
const TENSOR_REPRESENTATION_GROUP_ENTRY = defineMessage('Schema.TensorRepresentationGroupEntry', {
  key: plain(1, string),
  value: optional(2, embedded(TENSOR_REPRESENTATION_GROUP)),
});

/** What is expected of a dataset. */
export const SCHEMA = defineMessage('Schema', {
  feature: repeated(
    1,
    embeddedLater<FeatureValue>(() => FEATURE),
  ),
  stringDomain: repeated(4, embedded(STRING_DOMAIN)),
  defaultEnvironment: repeated(5, string),
  sparseFeature: repeated(6, embedded(SPARSE_FEATURE)),
  annotation: optional(8, embedded(ANNOTATION)),
  floatDomain: repeated(9, embedded(FLOAT_DOMAIN)),
  intDomain: repeated(10, embedded(INT_DOMAIN)),
  datasetConstraints: optional(11, embedded(DATASET_CONSTRAINTS)),
  weightedFeature: repeated(12, embedded(WEIGHTED_FEATURE)),
  tensorRepresentationGroup: repeated(13, embedded(TENSOR_REPRESENTATION_GROUP_ENTRY)),
  representVariableLengthAsRagged: optional(14, bool),
});
