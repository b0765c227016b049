/** What a schema says of a feature, in words that a person can read aloud. Only words: nothing is checked here. */

import { formatCount, formatQuantity, formatShare, formatValue } from '../format/number';
import { FEATURE, type FeatureValue } from '../tfmd/schema-messages';
import { textFieldName } from '../tfmd/text-names';
import { writeText } from '../tfmd/text-writer';
import { domainFieldOf, type DataSchema, type SchemaFeature, type ValueCount } from './data-schema';

/** The parts of a feature that the table has a column for, in its order. */
export const FEATURE_ASPECTS = [
  'type',
  'presence',
  'valency',
  'domain',
  'environments',
  'drift',
  'skew',
  'stage',
] as const;
/** One of {@link FEATURE_ASPECTS}. */
export type FeatureAspect = (typeof FEATURE_ASPECTS)[number];

/** What stands where the schema says nothing. */
export const NOT_CHECKED = 'not checked';

/** The type as TFDV's tables name it: bytes that must be one of some texts are a STRING. */
export function typeWords(feature: SchemaFeature): string {
  const field = domainFieldOf(feature);
  if (feature.type === 'BYTES' && (field === 'domain' || field === 'stringDomain')) return 'STRING';
  return feature.type === undefined || feature.type === 'TYPE_UNKNOWN' ? 'no type' : feature.type;
}

/** In how many examples the feature must stand: `required`, `in at least 65 %, at least 1 example`, `optional`. */
export function presenceWords({ presence, groupPresence }: SchemaFeature): string {
  if (groupPresence !== undefined)
    return groupPresence.required === true ? 'required in its group' : 'optional in its group';
  if (presence === undefined) return NOT_CHECKED;
  const { minFraction = 0, minCount = 0 } = presence;
  if (minFraction >= 1) return minCount > 1 ? `required, at least ${formatQuantity(minCount, 'example')}` : 'required';
  const parts = [
    ...(minFraction > 0 ? [`in at least ${closeShare(minFraction)}`] : []),
    ...(minCount > 0 ? [`at least ${formatQuantity(minCount, 'example')}`] : []),
  ];
  return parts.length === 0 ? 'optional' : parts.join(', ');
}

/** How many values an example holds: `exactly 1`, `1 or more`, `shape 28 × 28`. */
export function valencyWords({ shape, valueCount, valueCounts }: SchemaFeature): string {
  if (shape !== undefined) return shapeWords(shape.dim.map(({ size = 0 }) => size));
  if (valueCount !== undefined) return countWords(valueCount);
  if (valueCounts !== undefined) return valueCounts.valueCount.map(countWords).join(', each ');
  return NOT_CHECKED;
}

function shapeWords(sizes: readonly number[]): string {
  if (sizes.length === 0) return 'one value';
  return sizes.length === 1 ? `always ${formatCount(sizes[0])}` : `shape ${sizes.map(formatCount).join(' × ')}`;
}

function countWords({ min, max }: ValueCount): string {
  if (min !== undefined && min === max) return `exactly ${formatCount(min)}`;
  if (min !== undefined && max !== undefined) return `${formatCount(min)} to ${formatCount(max)}`;
  if (min !== undefined && min > 0) return `${formatCount(min)} or more`;
  return max === undefined ? 'any number' : `at most ${formatCount(max)}`;
}

/** The texts that a feature may hold: of its own list or of the shared one that it names; undefined where it has neither. */
export function domainValues(
  feature: SchemaFeature,
  schema: Pick<DataSchema, 'stringDomain'>,
): readonly string[] | undefined {
  if (feature.stringDomain !== undefined) return feature.stringDomain.value;
  if (feature.domain === undefined) return undefined;
  return schema.stringDomain.find(({ name }) => name === feature.domain)?.value;
}

/** Which values are right: `48 values`, `0 to 23`, `0 or more, no NaN`, `true or false`. A dash where none is wrong. */
export function domainWords(feature: SchemaFeature, schema: Pick<DataSchema, 'stringDomain'>): string {
  const field = domainFieldOf(feature);
  if (field === undefined) return 'any';
  return `${domainBase(feature, schema)}${massWords(feature)}`;
}

function massWords({ distributionConstraints }: SchemaFeature): string {
  const mass = distributionConstraints?.minDomainMass;
  return mass === undefined || mass >= 1 ? '' : `, for at least ${closeShare(mass)}`;
}

function domainBase(feature: SchemaFeature, schema: Pick<DataSchema, 'stringDomain'>): string {
  const { domain, intDomain, floatDomain, boolDomain } = feature;
  const values = domainValues(feature, schema);
  if (values !== undefined) return formatQuantity(values.length, 'value');
  if (domain !== undefined) return `“${domain}”, which the schema lacks`;
  if (intDomain !== undefined) {
    const range = rangeWords(intDomain.min, intDomain.max, String);
    return [range ?? 'whole numbers', ...(intDomain.isCategorical === true ? ['categorical'] : [])].join(', ');
  }
  if (floatDomain !== undefined) {
    const range = rangeWords(floatDomain.min, floatDomain.max, singleText);
    const more = [
      ...(floatDomain.disallowNan === true ? ['no NaN'] : []),
      ...(floatDomain.disallowInf === true ? ['no infinity'] : []),
      ...(floatDomain.isCategorical === true ? ['categorical'] : []),
    ];
    return [range ?? (more.length === 0 ? 'numbers' : undefined), ...more]
      .filter((part) => part !== undefined)
      .join(', ');
  }
  if (boolDomain !== undefined) {
    const { trueValue, falseValue } = boolDomain;
    if (trueValue === undefined && falseValue === undefined) return 'true or false';
    return [trueValue, falseValue]
      .filter((value) => value !== undefined)
      .map((value) => `“${value}”`)
      .join(' or ');
  }
  const field = domainFieldOf(feature);
  return field === undefined
    ? 'any'
    : textFieldName(field)
        .replace(/_domain$/, '')
        .replaceAll('_', ' ');
}

function rangeWords<T>(min: T | undefined, max: T | undefined, text: (value: T) => string): string | undefined {
  if (min !== undefined && max !== undefined) return `${text(min)} to ${text(max)}`;
  if (min !== undefined) return `${text(min)} or more`;
  return max === undefined ? undefined : `at most ${text(max)}`;
}

/** A number of single precision by the digits that a person wrote. */
function singleText(value: number): string {
  return formatValue(Number(value.toPrecision(7)));
}

/** Where the feature is expected: `everywhere`, `not in serving`, `also in serving`. */
export function environmentWords({ inEnvironment, notInEnvironment }: SchemaFeature): string {
  const parts = [
    ...(notInEnvironment.length > 0 ? [`not in ${notInEnvironment.join(', ')}`] : []),
    ...(inEnvironment.length > 0 ? [`also in ${inEnvironment.join(', ')}`] : []),
  ];
  return parts.length === 0 ? 'all default' : parts.join('; ');
}

/** The thresholds of a comparator: `L∞ ≤ 0.01, JSD ≤ 0.05 by quantiles`. */
export function comparatorWords(comparator: SchemaFeature['driftComparator']): string {
  const { infinityNorm, jensenShannonDivergence, normalizedAbsDifference } = comparator ?? {};
  const source = jensenShannonDivergence?.source?.type;
  const parts = [
    limitWords('L∞', infinityNorm?.threshold),
    limitWords('JSD', jensenShannonDivergence?.threshold, source === 'QUANTILES' ? ' by quantiles' : ''),
    limitWords('difference', normalizedAbsDifference?.threshold),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? NOT_CHECKED : parts.join(', ');
}

function limitWords(name: string, threshold: number | undefined, tail = ''): string | undefined {
  return threshold === undefined ? undefined : `${name} ≤ ${formatValue(threshold)}${tail}`;
}

/** How far the feature is from being used: `in use`, `DEPRECATED`, `BETA`. */
export function stageWords({ deprecated, lifecycleStage }: SchemaFeature): string {
  if (deprecated === true) return 'deprecated';
  return lifecycleStage === undefined || lifecycleStage === 'UNKNOWN_STAGE' ? 'in use' : stageName(lifecycleStage);
}

/** A stage as a word: `debug only`. */
export function stageName(stage: string): string {
  return stage.toLowerCase().replaceAll('_', ' ');
}

/** Every aspect of a feature in words. */
export function featureWords(
  feature: SchemaFeature,
  schema: Pick<DataSchema, 'stringDomain'>,
): { readonly [A in FeatureAspect]: string } {
  return {
    type: typeWords(feature),
    presence: presenceWords(feature),
    valency: valencyWords(feature),
    domain: domainWords(feature, schema),
    environments: environmentWords(feature),
    drift: comparatorWords(feature.driftComparator),
    skew: comparatorWords(feature.skewComparator),
    stage: stageWords(feature),
  };
}

/** Fields that {@link featureWords} puts in words, at least in part; what differs elsewhere is told as text. */
const WORDED: readonly (keyof FeatureValue)[] = [
  'name',
  'type',
  'presence',
  'groupPresence',
  'shape',
  'valueCount',
  'valueCounts',
  'domain',
  'stringDomain',
  'inEnvironment',
  'notInEnvironment',
  'driftComparator',
  'skewComparator',
  'lifecycleStage',
  'deprecated',
  'distributionConstraints',
];

/** What a feature says that {@link featureWords} has no words for, as protobuf text on one line; empty for nothing. */
export function otherFieldsText(feature: SchemaFeature): string {
  const cleared = Object.fromEntries(WORDED.map((field) => [field, undefined]));
  const rest = { ...feature, ...cleared, inEnvironment: [], notInEnvironment: [] };
  return writeText(FEATURE, rest).replaceAll(/\s+/g, ' ').trim();
}

/** A share by as many digits as tell it from nothing and from a whole: `99.51 %`, `99.9999 %`, `0.04 %`. */
export function closeShare(share: number): string {
  if (!Number.isFinite(share) || share <= 0 || share >= 1) return formatShare(share);
  const tail = Math.min(share, 1 - share);
  for (let digits = 1; digits < MAX_SHARE_DIGITS; digits++) {
    const percent = Number((share * 100).toFixed(digits));
    if (Math.abs(percent / 100 - share) <= tail * SHARE_TOLERANCE) return `${percent} %`;
  }
  return formatShare(share);
}

const MAX_SHARE_DIGITS = 8;
/** How far the text may lie from the share, relative to its distance from 0 or 1. */
const SHARE_TOLERANCE = 0.01;
