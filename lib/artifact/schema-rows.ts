/** The rows of the schema table: one per feature, filtered and sorted. */

import { compareCodePoints } from '../stats/ranking';
import type { DataSchema, SchemaFeature } from './data-schema';
import { domainValues, FEATURE_ASPECTS, featureWords, typeWords, type FeatureAspect } from './schema-words';

/** What the table can be sorted by: the order of the file, the name, or a column. */
export const SCHEMA_SORTS = ['file', 'name', ...FEATURE_ASPECTS] as const;
/** One of {@link SCHEMA_SORTS}. */
export type SchemaSort = (typeof SCHEMA_SORTS)[number];

/** What is shown, and in which order. */
export type SchemaRowOptions = {
  /** Text in the name, or in a value of the domain, whatever the case. Empty: all. */
  readonly search: string;
  /** A type as {@link typeWords} has it; undefined: all. */
  readonly type?: string | undefined;
  readonly sort: SchemaSort;
  readonly isDescending: boolean;
};

/** A feature and its place in the schema. */
export type SchemaRow = {
  readonly index: number;
  readonly feature: SchemaFeature;
  /** The first value that the search found, where the name does not hold it. */
  readonly foundValue?: string;
};

/** The rows of a schema. */
export function schemaRows(schema: DataSchema, options: SchemaRowOptions): readonly SchemaRow[] {
  const { type, sort, isDescending } = options;
  const search = options.search.trim().toLocaleLowerCase('en');
  const rows: SchemaRow[] = [];
  for (const [index, feature] of schema.feature.entries()) {
    if (type !== undefined && typeWords(feature) !== type) continue;
    const found = search === '' ? {} : matchOf(feature, schema, search);
    if (found !== undefined) rows.push({ index, feature, ...found });
  }
  if (sort !== 'file') {
    const keys = new Map(rows.map((row) => [row.index, sortKey(row.feature, schema, sort)]));
    rows.sort((a, b) => compareCodePoints(keys.get(a.index) ?? '', keys.get(b.index) ?? '') || a.index - b.index);
  }
  return isDescending ? rows.reverse() : rows;
}

/** Types that the schema has, for a choice among them. */
export function schemaTypes({ feature }: DataSchema): readonly string[] {
  return [...new Set(feature.map(typeWords))].toSorted(compareCodePoints);
}

function matchOf(feature: SchemaFeature, schema: DataSchema, search: string): { foundValue?: string } | undefined {
  const holds = (text: string) => text.toLocaleLowerCase('en').includes(search);
  if (holds(feature.name ?? '')) return {};
  const foundValue = domainValues(feature, schema)?.find(holds);
  return foundValue === undefined ? undefined : { foundValue };
}

const DIGITS = 12;

function sortKey(feature: SchemaFeature, schema: DataSchema, sort: 'name' | FeatureAspect): string {
  if (sort === 'name') return feature.name ?? '';
  if (sort === 'presence') return (1 + (feature.presence?.minFraction ?? -1)).toFixed(6).padStart(DIGITS, '0');
  const values = sort === 'domain' ? domainValues(feature, schema) : undefined;
  // Lists come by their length, behind domains without one.
  if (values !== undefined) return `~${String(values.length).padStart(DIGITS, '0')}`;
  return featureWords(feature, schema)[sort];
}
