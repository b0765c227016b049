/** What a person may do to a schema: schema in, schema out. What is left alone keeps its identity. */

import { domainFieldOf, withDomain, type DataSchema, type SchemaFeature } from './data-schema';

/** The schema with another feature at a place; a shared list that nothing names any more goes. */
export function replaceFeature(schema: DataSchema, index: number, feature: SchemaFeature): DataSchema {
  const before = schema.feature[index];
  if (before === undefined || before === feature) return schema;
  return withoutOrphan({ ...schema, feature: schema.feature.with(index, feature) }, before.domain);
}

/** The schema without the feature at a place, nor a list that was its alone. */
export function removeFeature(schema: DataSchema, index: number): DataSchema {
  const before = schema.feature[index];
  if (before === undefined) return schema;
  return withoutOrphan({ ...schema, feature: schema.feature.filter((_, at) => at !== index) }, before.domain);
}

/** The schema with a new feature at its end. */
export function addFeature(schema: DataSchema, feature: SchemaFeature): DataSchema {
  return { ...schema, feature: [...schema.feature, feature] };
}

/** Other features that take their values from the same shared list. */
export function sharersOf(schema: DataSchema, index: number): readonly string[] {
  const domain = schema.feature[index]?.domain;
  if (domain === undefined) return [];
  return schema.feature.filter((each, at) => at !== index && each.domain === domain).map(({ name }) => name ?? '');
}

/** The schema with other values in the list of the feature at a place: its own, or the shared one that it names. */
export function setDomainValues(schema: DataSchema, index: number, values: readonly string[]): DataSchema {
  const feature = schema.feature[index];
  if (feature === undefined) return schema;
  const value = [...new Set(values)];
  if (feature.stringDomain !== undefined) {
    return replaceFeature(schema, index, { ...feature, stringDomain: { ...feature.stringDomain, value } });
  }
  const { domain } = feature;
  if (domain === undefined) return schema;
  const isThere = schema.stringDomain.some(({ name }) => name === domain);
  const stringDomain = isThere
    ? schema.stringDomain.map((each) => (each.name === domain ? { ...each, value } : each))
    : [...schema.stringDomain, { name: domain, value }];
  return { ...schema, stringDomain };
}

/** Kinds of domain that the form offers; others are shown and kept. */
export const EDITABLE_DOMAINS = ['none', 'values', 'int', 'float', 'bool'] as const;
/** One of {@link EDITABLE_DOMAINS}. */
export type EditableDomain = (typeof EDITABLE_DOMAINS)[number];

/** The kind of a feature's domain; undefined for one that the form leaves alone. */
export function editableDomainOf(feature: SchemaFeature): EditableDomain | undefined {
  switch (domainFieldOf(feature)) {
    case undefined:
      return 'none';
    case 'domain':
    case 'stringDomain':
      return 'values';
    case 'intDomain':
      return 'int';
    case 'floatDomain':
      return 'float';
    case 'boolDomain':
      return 'bool';
    default:
      return undefined;
  }
}

/** The schema with another kind of domain for the feature at a place, empty at first. */
export function setDomainKind(schema: DataSchema, index: number, kind: EditableDomain): DataSchema {
  const feature = schema.feature[index];
  if (feature === undefined || editableDomainOf(feature) === kind) return schema;
  const domain = {
    none: {},
    values: { stringDomain: { value: [] } },
    int: { intDomain: {} },
    float: { floatDomain: {} },
    bool: { boolDomain: {} },
  }[kind];
  const changed = withDomain(feature, domain);
  // What part of the values must be listed means nothing without a list.
  return replaceFeature(
    schema,
    index,
    kind === 'values' ? changed : { ...changed, distributionConstraints: undefined },
  );
}

/** How the number of values is limited. */
export type ValencyKind = 'none' | 'count' | 'shape' | 'nested';

/** Which kind of limit a feature has. */
export function valencyKindOf({ shape, valueCount, valueCounts }: SchemaFeature): ValencyKind {
  if (shape !== undefined) return 'shape';
  if (valueCounts !== undefined) return 'nested';
  return valueCount === undefined ? 'none' : 'count';
}

/** The feature with another kind of limit, as wide as it can be. */
export function withValencyKind(feature: SchemaFeature, kind: ValencyKind): SchemaFeature {
  if (valencyKindOf(feature) === kind) return feature;
  const cleared = { ...feature, shape: undefined, valueCount: undefined, valueCounts: undefined };
  switch (kind) {
    case 'none':
      return cleared;
    case 'count':
      return { ...cleared, valueCount: { min: 1 } };
    case 'shape':
      return { ...cleared, shape: { dim: [{ size: 1 }] } };
    case 'nested':
      return { ...cleared, valueCounts: { valueCount: [{}, {}] } };
  }
}

/** Measures of a comparator, with their field and what people call them. */
export const COMPARATOR_MEASURES = [
  { field: 'infinityNorm', label: 'L∞ distance' },
  { field: 'jensenShannonDivergence', label: 'Jensen–Shannon divergence' },
  { field: 'normalizedAbsDifference', label: 'Normalized difference' },
] as const;
/** Field of a measure. */
export type ComparatorField = (typeof COMPARATOR_MEASURES)[number]['field'];

/** A comparator with another threshold of one measure; undefined where no threshold is left. */
export function withThreshold(
  comparator: SchemaFeature['driftComparator'],
  field: ComparatorField,
  threshold: number | undefined,
): SchemaFeature['driftComparator'] {
  const changed = {
    ...comparator,
    [field]: threshold === undefined ? undefined : { ...comparator?.[field], threshold },
  };
  return COMPARATOR_MEASURES.some((measure) => changed[measure.field] !== undefined) ? changed : undefined;
}

/** The schema with other default environments. What features say of one that went is left to them. */
export function setDefaultEnvironments(schema: DataSchema, names: readonly string[]): DataSchema {
  return { ...schema, defaultEnvironment: [...new Set(names)] };
}

/** Every environment that the schema names anywhere. */
export function knownEnvironments({ defaultEnvironment, feature }: DataSchema): readonly string[] {
  return [
    ...new Set([
      ...defaultEnvironment,
      ...feature.flatMap(({ inEnvironment, notInEnvironment }) => [...inEnvironment, ...notInEnvironment]),
    ]),
  ];
}

function withoutOrphan(schema: DataSchema, domain: string | undefined): DataSchema {
  if (domain === undefined || schema.feature.some((feature) => feature.domain === domain)) return schema;
  return { ...schema, stringDomain: schema.stringDomain.filter(({ name }) => name !== domain) };
}

/** True where a text holds comments: what is read from it does not keep them. */
export function hasComments(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '#') return true;
    if (character !== '"' && character !== "'") continue;
    at++;
    while (at < text.length && text[at] !== character && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  }
  return false;
}
