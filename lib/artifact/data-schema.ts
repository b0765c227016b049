/**
 * `Schema`: one `schema.pbtxt` in protobuf's text format, as TFX writes and reads it. What is not set is undefined,
 * which is not the same as zero or empty: `presence {}` allows everything, no `presence` at all is not checked.
 */

import { decodeMessage, encodeMessage, type MessageValue } from '../tfmd/message';
import {
  DOMAIN_FIELDS,
  FEATURE,
  SCHEMA,
  type BOOL_DOMAIN,
  type DISTRIBUTION_CONSTRAINTS,
  type FEATURE_TYPES,
  type FLOAT_DOMAIN,
  type FeatureValue,
  type INT_DOMAIN,
  type LIFECYCLE_STAGES,
  type STRING_DOMAIN,
  type VALUE_COUNT,
} from '../tfmd/schema-messages';
import { parseText } from '../tfmd/text-parser';
import { writeText } from '../tfmd/text-writer';

/** Name of the file in the artifact's folder. */
export const SCHEMA_FILE = 'schema.pbtxt';

/** What is expected of a dataset: features, shared domains, environments. */
export type DataSchema = MessageValue<typeof SCHEMA>;
/** What is expected of one feature. */
export type SchemaFeature = FeatureValue;
/** Limits of the number of values in one example. */
export type ValueCount = MessageValue<typeof VALUE_COUNT>;
/** A closed list of texts. */
export type StringDomain = MessageValue<typeof STRING_DOMAIN>;
/** Bounds of whole numbers. */
export type IntDomain = MessageValue<typeof INT_DOMAIN>;
/** Bounds of numbers, and whether NaN and infinities may stand among them. */
export type FloatDomain = MessageValue<typeof FLOAT_DOMAIN>;
/** The texts of true and false. */
export type BoolDomain = MessageValue<typeof BOOL_DOMAIN>;
/** What part of the values must lie in the domain. */
export type DistributionConstraints = MessageValue<typeof DISTRIBUTION_CONSTRAINTS>;
/** Physical type of a feature. */
export type FeatureType = (typeof FEATURE_TYPES)[number];
/** How far a feature is from being used. */
export type LifecycleStage = keyof typeof LIFECYCLE_STAGES;
/** Name of a member of `domain_info`, in camelCase. */
export type DomainField = (typeof DOMAIN_FIELDS)[number];

/** A schema that says nothing. */
export const EMPTY_SCHEMA: DataSchema = {
  feature: [],
  stringDomain: [],
  defaultEnvironment: [],
  sparseFeature: [],
  floatDomain: [],
  intDomain: [],
  weightedFeature: [],
  tensorRepresentationGroup: [],
};

/**
 * The schema in the text of a `schema.pbtxt`. Throws `invalid-input` with line, column and the field's name where the
 * text is not one; `file` is the name that the message shows.
 */
export function parseSchemaText(text: string, file: string = SCHEMA_FILE): DataSchema {
  return parseText(SCHEMA, text, file);
}

/** The text of a `schema.pbtxt`. */
export function writeSchemaText(schema: DataSchema): string {
  return writeText(SCHEMA, schema);
}

/** The binary form, as it stands inside other messages. */
export function fromSchema(schema: DataSchema): Uint8Array {
  return encodeMessage(SCHEMA, schema);
}

/** The schema in its binary form. Throws `artifact-damaged` when it is cut or malformed. */
export function toSchema(encoded: Uint8Array): DataSchema {
  return decodeMessage(SCHEMA, encoded);
}

/** The feature that a text such as `natural_language_domain {}` describes. Throws `invalid-input` as {@link parseSchemaText}. */
export function parseFeatureText(text: string): SchemaFeature {
  return parseText(FEATURE, text, 'The feature');
}

/** A feature of which nothing but some fields is set. */
export function schemaFeature(given: Partial<SchemaFeature>): SchemaFeature {
  return { notInEnvironment: [], inEnvironment: [], ...given };
}

/** Which kind of domain a feature has; undefined where none is set. */
export function domainFieldOf(feature: SchemaFeature): DomainField | undefined {
  return DOMAIN_FIELDS.find((field) => feature[field] !== undefined);
}

/** The feature with this domain instead of its own, or with none. */
export function withDomain(
  feature: SchemaFeature,
  domain: Partial<Pick<SchemaFeature, DomainField>> = {},
): SchemaFeature {
  const cleared = Object.fromEntries(DOMAIN_FIELDS.map((field) => [field, undefined]));
  return { ...feature, ...cleared, ...domain };
}

const IGNORED_STAGES: ReadonlySet<LifecycleStage> = new Set([
  'PLANNED',
  'ALPHA',
  'DEPRECATED',
  'DEBUG_ONLY',
  'DISABLED',
]);

/** True when validation leaves the feature alone, by its stage of life or by the old flag `deprecated`. */
export function isIgnored(feature: Pick<SchemaFeature, 'deprecated' | 'lifecycleStage'>): boolean {
  if (feature.deprecated === true) return true;
  return feature.lifecycleStage !== undefined && IGNORED_STAGES.has(feature.lifecycleStage);
}

/** True when the feature belongs to the environment. Without an environment every feature does. */
export function isInEnvironment(
  feature: Pick<SchemaFeature, 'inEnvironment' | 'notInEnvironment'>,
  schema: Pick<DataSchema, 'defaultEnvironment'>,
  environment: string | undefined,
): boolean {
  if (environment === undefined || feature.inEnvironment.includes(environment)) return true;
  return !feature.notInEnvironment.includes(environment) && schema.defaultEnvironment.includes(environment);
}

/** True when data without the feature are wrong: it is validated, asked for, and in the environment. */
export function isRequired(
  feature: SchemaFeature,
  schema: Pick<DataSchema, 'defaultEnvironment'>,
  environment: string | undefined,
): boolean {
  const { minCount = 0, minFraction = 0 } = feature.presence ?? {};
  if (isIgnored(feature) || (minCount <= 0 && minFraction <= 0)) return false;
  return isInEnvironment(feature, schema, environment);
}
