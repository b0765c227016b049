/** What differs between two schemas, feature by feature and in words: what a person reviews before it becomes a version. */

import { diffLines, type DiffLine } from '../text/line-diff';
import { SCHEMA } from '../tfmd/schema-messages';
import { writeText } from '../tfmd/text-writer';
import { EMPTY_SCHEMA, withDomain, writeSchemaText, type DataSchema, type SchemaFeature } from './data-schema';
import { domainValues, FEATURE_ASPECTS, featureWords, otherFieldsText, type FeatureAspect } from './schema-words';

/** One thing that differs. An absent side says nothing. */
export type SchemaDifference = {
  readonly label: string;
  readonly before?: string;
  readonly after?: string;
};

/** Everything that differs in one feature, or in what the schema says of the whole dataset. */
export type SchemaChange = {
  /** Undefined for the dataset as a whole. */
  readonly feature: string | undefined;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly differences: readonly SchemaDifference[];
  /** Values that the feature's list gained and lost. */
  readonly addedValues: readonly string[];
  readonly removedValues: readonly string[];
};

/** What people call each aspect. */
export const ASPECT_LABELS: { readonly [A in FeatureAspect]: string } = {
  type: 'Type',
  presence: 'Presence',
  valency: 'Values per example',
  domain: 'Domain',
  environments: 'Environments',
  drift: 'Drift limit',
  skew: 'Skew limit',
  stage: 'Stage',
};

/** Every change from one schema to another: of the dataset first, then of features in the order of the new schema. */
export function compareSchemas(before: DataSchema, after: DataSchema): readonly SchemaChange[] {
  const old = byName(before.feature);
  const now = byName(after.feature);
  const changes: (SchemaChange | undefined)[] = [compareDatasets(before, after)];
  for (const [name, feature] of now) {
    const was = old.get(name);
    changes.push(
      was === undefined
        ? { ...wholeFeature(name, feature, after), kind: 'added' }
        : compareFeatures(name, { feature: was, schema: before }, { feature, schema: after }),
    );
  }
  for (const [name, feature] of old) {
    if (!now.has(name)) changes.push({ ...wholeFeature(name, feature, before), kind: 'removed' });
  }
  return changes.filter((change) => change !== undefined);
}

type Side = { readonly feature: SchemaFeature; readonly schema: DataSchema };

/** A name that stands twice is told apart by its place among its own. */
function byName(features: readonly SchemaFeature[]): ReadonlyMap<string, SchemaFeature> {
  const found = new Map<string, SchemaFeature>();
  for (const feature of features) {
    const name = feature.name ?? '';
    let key = name;
    for (let number = 2; found.has(key); number++) key = `${name} (${number})`;
    found.set(key, feature);
  }
  return found;
}

function wholeFeature(name: string, feature: SchemaFeature, schema: DataSchema): Omit<SchemaChange, 'kind'> {
  const words = featureWords(feature, schema);
  const differences = (['type', 'presence', 'valency', 'domain'] as const).map((aspect) => ({
    label: ASPECT_LABELS[aspect],
    after: words[aspect],
  }));
  return { feature: name, differences, addedValues: [], removedValues: [] };
}

function compareFeatures(name: string, before: Side, after: Side): SchemaChange | undefined {
  const was = featureWords(before.feature, before.schema);
  const is = featureWords(after.feature, after.schema);
  const old = domainValues(before.feature, before.schema) ?? [];
  const now = domainValues(after.feature, after.schema) ?? [];
  const addedValues = without(now, old);
  const removedValues = without(old, now);
  const differences: SchemaDifference[] = FEATURE_ASPECTS.filter((aspect) => was[aspect] !== is[aspect]).map(
    (aspect) => ({ label: ASPECT_LABELS[aspect], before: was[aspect], after: is[aspect] }),
  );
  // A domain whose words differ is told already; one that differs in what there are no words for is not.
  const shown = (feature: SchemaFeature) => (was.domain === is.domain ? feature : withDomain(feature));
  const others = { before: otherFieldsText(shown(before.feature)), after: otherFieldsText(shown(after.feature)) };
  if (others.before !== others.after) {
    differences.push({ label: 'Other fields', before: others.before || 'none', after: others.after || 'none' });
  }
  if (before.feature.domain !== after.feature.domain && old.length === now.length) {
    differences.push({
      label: 'List of values',
      before: before.feature.domain ?? 'its own',
      after: after.feature.domain ?? 'its own',
    });
  }
  const isSame = differences.length === 0 && addedValues.length === 0 && removedValues.length === 0;
  return isSame ? undefined : { feature: name, kind: 'changed', differences, addedValues, removedValues };
}

function without(values: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return values.filter((value) => !known.has(value));
}

function compareDatasets(before: DataSchema, after: DataSchema): SchemaChange | undefined {
  const differences: SchemaDifference[] = [];
  const compare = (label: string, was: string, is: string) => {
    if (was !== is) differences.push({ label, before: was || 'none', after: is || 'none' });
  };
  compare('Default environments', before.defaultEnvironment.join(', '), after.defaultEnvironment.join(', '));
  compare('Lists of values', unusedDomains(before), unusedDomains(after));
  compare('Other parts', otherParts(before), otherParts(after));
  if (differences.length === 0) return undefined;
  return { feature: undefined, kind: 'changed', differences, addedValues: [], removedValues: [] };
}

/** Shared lists that no feature names: what others hold is told with their features. */
function unusedDomains({ feature, stringDomain }: DataSchema): string {
  const used = new Set(feature.map(({ domain }) => domain));
  return stringDomain
    .filter(({ name }) => !used.has(name))
    .map(({ name = '', value }) => `${name} (${value.length})`)
    .join(', ');
}

function otherParts(schema: DataSchema): string {
  return writeText(SCHEMA, { ...schema, feature: [], stringDomain: [], defaultEnvironment: [] })
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * The difference of the two `schema.pbtxt`, line by line. Features and lists are matched by name first, so that a large
 * schema with a few changes is compared where it changed.
 */
export function diffSchemaTexts(before: DataSchema, after: DataSchema): readonly DiffLine[] {
  const old = blocksOf(before);
  const now = blocksOf(after);
  const lines: DiffLine[] = [];
  const order = diffLines([...old.keys()], [...now.keys()]);
  for (const { kind, text: key } of order) {
    if (kind === 'removed') lines.push(...(now.has(key) ? [] : linesAs('removed', old.get(key))));
    else if (kind === 'added') lines.push(...diffLines(old.get(key) ?? [], now.get(key) ?? []));
    else lines.push(...diffLines(old.get(key) ?? [], now.get(key) ?? []));
  }
  return lines;
}

function linesAs(kind: DiffLine['kind'], lines: readonly string[] = []): readonly DiffLine[] {
  return lines.map((text) => ({ kind, text }));
}

function blocksOf(schema: DataSchema): ReadonlyMap<string, readonly string[]> {
  const blocks = new Map<string, readonly string[]>();
  for (const [name, feature] of byName(schema.feature)) {
    blocks.set(`feature ${name}`, textLines({ ...EMPTY_SCHEMA, feature: [feature] }));
  }
  for (const [index, domain] of schema.stringDomain.entries()) {
    const key = `domain ${domain.name ?? ''}`;
    blocks.set(blocks.has(key) ? `${key} ${index}` : key, textLines({ ...EMPTY_SCHEMA, stringDomain: [domain] }));
  }
  blocks.set('rest', textLines({ ...schema, feature: [], stringDomain: [] }));
  return blocks;
}

function textLines(schema: DataSchema): readonly string[] {
  const text = writeSchemaText(schema);
  return text === '' ? [] : text.trimEnd().split('\n');
}
