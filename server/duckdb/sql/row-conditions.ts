/** Which rows are wanted → SQL over the columns of one split, with every value bound. */

import type { FeatureKind } from '../../../lib/artifact/examples';
import type { RowCondition, RowQuery } from '../../../lib/artifact/row-query';
import { sqlName } from '../connection';
import type { SourceColumn } from '../examples-source';
import type { BoundValues } from './bound-values';

/** What a split is asked for. */
export type RowFilter = Pick<RowQuery, 'where' | 'search'>;

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
/** Every character of a number as DuckDB writes it: no other text is looked for among numbers. */
const INT_TEXT = /^-?\d*$/;
const FLOAT_TEXT = /^[-+.\dainfe]+$/i;

/** The condition behind WHERE; `true` where every row is wanted. A feature that the split does not have is missing in it. */
export function rowConditionsSql(
  { where, search }: RowFilter,
  columns: readonly SourceColumn[],
  bound: BoundValues,
): string {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const parts = where.map((condition) => conditionSql(condition, byName.get(condition.column), bound));
  if (search !== undefined) parts.push(searchSql(search, columns, bound));
  return parts.length === 0 ? 'true' : parts.map((part) => `(${part})`).join(' AND ');
}

/** A text as a person reads it: bytes that are not UTF-8 are written as escapes. */
export function readableText({ isBinary }: Pick<SourceColumn, 'isBinary'>, value: string): string {
  return isBinary ? `coalesce(try(decode(${value})), ${value}::VARCHAR)` : value;
}

function conditionSql(condition: RowCondition, column: SourceColumn | undefined, bound: BoundValues): string {
  if (column === undefined || column.kind === 'NONE') return String(condition.op === 'missing');
  const name = sqlName(column.column);
  const isNeverMissing = column.nullMeans === 'empty-list';
  switch (condition.op) {
    case 'missing':
      return isNeverMissing ? 'false' : `${name} IS NULL`;
    case 'present':
      return isNeverMissing ? 'true' : `${name} IS NOT NULL`;
    case 'valueCount':
      return valueCountSql(condition, column, bound);
    case 'notIn': {
      const held = anyValue(column, (value) => isOneOf(column, value, { values: condition.values, bound }));
      return isNeverMissing ? `NOT coalesce(${held}, false)` : `${name} IS NOT NULL AND NOT (${held})`;
    }
    case 'in':
      return anyValue(column, (value) => isOneOf(column, value, { values: condition.values, bound }));
    case 'between':
      return anyValue(column, (value) => isBetween(column.kind, value, { condition, bound }));
    case 'contains':
      return anyValue(column, (value) => holdsText(column, value, { text: condition.text, bound }));
    case 'notANumber':
      return column.kind === 'FLOAT' ? anyValue(column, (value) => `isnan(${value})`) : 'false';
  }
}

function searchSql(text: string, columns: readonly SourceColumn[], bound: BoundValues): string {
  const parts = columns
    .filter(({ kind }) => kind !== 'NONE')
    .map((column) => anyValue(column, (value) => holdsText(column, value, { text, bound })))
    .filter((part) => part !== 'false');
  return parts.length === 0 ? 'false' : parts.join(' OR ');
}

/** True for a row in which any value of the feature fulfils the predicate. */
function anyValue(column: SourceColumn, predicate: (value: string) => string): string {
  const name = sqlName(column.column);
  if (!column.isList) return predicate(name);
  const ofItem = predicate('v');
  return ofItem === 'false' ? ofItem : `len(list_filter(${name}, lambda v: ${ofItem})) > 0`;
}

type Choice = { readonly values: readonly (string | number)[]; readonly bound: BoundValues };

function isOneOf(column: SourceColumn, value: string, { values, bound }: Choice): string {
  const items = values.flatMap((each) => valueSql(column, each, bound) ?? []);
  return items.length === 0 ? 'false' : `${value} IN (${items.join(', ')})`;
}

/** A bound value of the feature's own type; undefined where no value of the feature can equal it. */
function valueSql({ kind, isBinary }: SourceColumn, value: string | number, bound: BoundValues): string | undefined {
  if (kind === 'STRING') {
    if (typeof value !== 'string') return undefined;
    return isBinary ? `encode(${bound.add('VARCHAR', value)})` : bound.add('VARCHAR', value);
  }
  if (kind === 'INT') {
    const whole = toBigint(value);
    return whole === undefined ? undefined : bound.add('BIGINT', whole);
  }
  const number = Number(value);
  // What JSON cannot hold travels as text.
  if (typeof value === 'string' && !['NaN', 'Infinity', '-Infinity'].includes(value)) return undefined;
  return bound.add('FLOAT', number);
}

/** Integers beyond 2⁵³ travel as text. */
function toBigint(value: string | number): bigint | undefined {
  if (typeof value === 'number' ? !Number.isInteger(value) : !/^-?\d{1,19}$/.test(value)) return undefined;
  const whole = BigInt(value);
  return whole < MIN_INT || whole > MAX_INT ? undefined : whole;
}

type Range = { readonly condition: Extract<RowCondition, { op: 'between' }>; readonly bound: BoundValues };

function isBetween(kind: FeatureKind, value: string, range: Range): string {
  if (kind === 'INT') return isBetweenWhole(value, range);
  if (kind !== 'FLOAT') return 'false';
  const { condition, bound } = range;
  const { min, max, maxExcluded = false } = condition;
  // DuckDB takes NaN for the greatest number. A comparison in double loses nothing of a float32.
  const parts = [`NOT isnan(${value})`];
  if (min !== undefined) parts.push(`${value}::DOUBLE >= ${bound.add('DOUBLE', min)}`);
  if (max !== undefined) parts.push(`${value}::DOUBLE ${maxExcluded ? '<' : '<='} ${bound.add('DOUBLE', max)}`);
  return parts.join(' AND ');
}

/** Whole numbers are compared as such: as doubles those beyond 2⁵³ would meet their neighbours. */
function isBetweenWhole(value: string, { condition, bound }: Range): string {
  const { min, max, maxExcluded = false } = condition;
  const parts = [`${value} IS NOT NULL`];
  if (min !== undefined) {
    const lowest = BigInt(Math.ceil(min));
    if (lowest > MAX_INT) return 'false';
    if (lowest > MIN_INT) parts.push(`${value} >= ${bound.add('BIGINT', lowest)}`);
  }
  if (max !== undefined) {
    const floor = BigInt(Math.floor(max));
    const highest = maxExcluded && Number.isInteger(max) ? floor - 1n : floor;
    if (highest < MIN_INT) return 'false';
    if (highest < MAX_INT) parts.push(`${value} <= ${bound.add('BIGINT', highest)}`);
  }
  return parts.join(' AND ');
}

type Sought = { readonly text: string; readonly bound: BoundValues };

function holdsText(column: SourceColumn, value: string, { text, bound }: Sought): string {
  if (column.kind === 'STRING')
    return `contains(lower(${readableText(column, value)}), lower(${bound.add('VARCHAR', text)}))`;
  const isPossible = (column.kind === 'INT' ? INT_TEXT : FLOAT_TEXT).test(text);
  return isPossible ? `contains(lower(${value}::VARCHAR), lower(${bound.add('VARCHAR', text)}))` : 'false';
}

function valueCountSql(
  { min, max }: Extract<RowCondition, { op: 'valueCount' }>,
  column: SourceColumn,
  bound: BoundValues,
): string {
  const name = sqlName(column.column);
  const length = column.isList ? `len(${name})` : `CASE WHEN ${name} IS NOT NULL THEN 1 END`;
  const count = column.nullMeans === 'empty-list' ? `coalesce(${length}, 0)` : length;
  const parts = [`${count} IS NOT NULL`];
  if (min !== undefined) parts.push(`${count} >= ${bound.add('BIGINT', BigInt(min))}`);
  if (max !== undefined) parts.push(`${count} <= ${bound.add('BIGINT', BigInt(max))}`);
  return parts.join(' AND ');
}
