/** The messages of tensorflow_metadata's `derived_feature.proto` (v0), by field number: kept, never acted upon. */

import {
  bool,
  bytes,
  defineMessage,
  embedded,
  enumeration,
  optional,
  plain,
  repeated,
  string,
  uint64,
} from './message';
import { PATH } from './statistics-messages';

const ALLOWLIST_DERIVER = defineMessage('AllowlistDeriver', {
  allowedBytesValue: repeated(1, bytes),
  placeholderValue: plain(2, bytes),
});
const ARGMAX_TOP_K = defineMessage('ArgmaxTopK', { k: plain(1, uint64) });
const REDUCE_OP = defineMessage('ReduceOp', { opName: plain(1, string) });
const SLICE_VALUE_TYPES = [
  'VALUE_TYPE_DEFAULT',
  'VALUE_TYPE_INTEGER',
  'VALUE_TYPE_FLOAT',
  'VALUE_TYPE_UNSUPPORTED',
] as const;
const SLICE_SQL = defineMessage('SliceSql', {
  expression: plain(1, string),
  featureValueType: plain(2, enumeration(SLICE_VALUE_TYPES)),
  dropStructName: plain(3, bool),
});
const DERIVED_FEATURE_CONFIG = defineMessage(
  'DerivedFeatureConfig',
  {
    allowlist: optional(1, embedded(ALLOWLIST_DERIVER)),
    argmaxTopK: optional(2, embedded(ARGMAX_TOP_K)),
    reduceOp: optional(3, embedded(REDUCE_OP)),
    sliceSql: optional(4, embedded(SLICE_SQL)),
  },
  [['allowlist', 'argmaxTopK', 'reduceOp', 'sliceSql']],
);

/** What a derived feature was made from. */
export const DERIVED_FEATURE_SOURCE = defineMessage('DerivedFeatureSource', {
  deriverName: plain(1, string),
  description: plain(2, string),
  sourcePath: repeated(3, embedded(PATH)),
  declarativelyConfigured: plain(4, bool),
  config: optional(5, embedded(DERIVED_FEATURE_CONFIG)),
});
