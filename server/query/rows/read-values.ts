/** What one feature holds among the rows that match: what a filter offers. */

import type { DuckDBValue } from '@duckdb/node-api';

import { running, type DuckdbSession } from '../../duckdb/query';
import { BoundValues } from '../../duckdb/sql/bound-values';
import { readableText } from '../../duckdb/sql/row-conditions';
import type { SourceColumn } from '../../duckdb/examples-source';
import { rowCell } from './row-cells';
import { columnSql, requireColumn, scanSplitSql, type RowSource } from './row-source';
import type { RowsAnswerOf, RowsRequestOf } from './rows-message';

/** A value is an offer, not the text itself. */
const BOUNDS = { characters: 1_000, items: 1 };

/** Counts values over the rows that fulfil all conditions but those on this feature itself. */
export async function readValues(
  session: DuckdbSession,
  source: RowSource,
  { query, column: name, limit, holding }: RowsRequestOf<'rows-values'>,
): Promise<RowsAnswerOf<'rows-values'>> {
  const column = requireColumn(source, name);
  const filter = { ...query, where: query.where.filter((condition) => condition.column !== name) };
  const scan = (bound: BoundValues) =>
    source.splits
      .map((split) => scanSplitSql(split, filter, { select: [`${columnSql(split, name)} AS k`], bound }))
      .join(' UNION ALL ');
  if (column.kind === 'NONE') {
    const [rows] = await read(session, { sql: (bound) => `SELECT count(*) FROM (${scan(bound)})` });
    return { values: [], distinct: 0, missing: Number(rows?.[0]), notANumber: 0 };
  }
  const [figures] = await read(session, { sql: (bound) => figuresSql(column, scan(bound)) });
  const counted = await read(session, { sql: (bound) => valuesSql(column, scan(bound), { bound, limit, holding }) });
  const [missing = 0, notANumber = 0, min = null, max = null] = figures ?? [];
  return {
    values: counted.flatMap(([value = null, rows = null]) => {
      const cell = rowCell(value, column, BOUNDS);
      return typeof cell === 'string' || typeof cell === 'number' ? [{ value: cell, rows: Number(rows) }] : [];
    }),
    distinct: Number(counted[0]?.[2] ?? 0),
    missing: Number(missing),
    notANumber: Number(notANumber),
    ...bounds(column, { min, max }),
  };
}

type Statement = { readonly sql: (bound: BoundValues) => string };

async function read(session: DuckdbSession, { sql }: Statement): Promise<readonly (readonly DuckDBValue[])[]> {
  const bound = new BoundValues();
  const text = sql(bound);
  return running(session, async ({ connection }) => (await connection.run(text, bound.values, bound.types)).getRows());
}

function figuresSql(column: SourceColumn, scan: string): string {
  const missing = column.nullMeans === 'empty-list' ? '0' : 'count(*) FILTER (WHERE k IS NULL)';
  if (column.kind === 'STRING') return `SELECT ${missing}, 0, NULL, NULL FROM (${scan})`;
  const notANumber = (value: string) => (column.kind === 'FLOAT' ? `isnan(${value})` : 'false');
  // A row is counted once for all of its values.
  const rows = column.isList ? `len(list_filter(k, lambda v: ${notANumber('v')})) > 0` : notANumber('k');
  const least = (name: 'min' | 'max') =>
    column.isList
      ? `${name}(list_${name}(list_filter(k, lambda v: NOT (${notANumber('v')}))))`
      : `${name}(k) FILTER (WHERE NOT (${rows}))`;
  return `SELECT ${missing}, count(*) FILTER (WHERE ${rows}), ${least('min')}, ${least('max')} FROM (${scan})`;
}

type Offer = { readonly bound: BoundValues; readonly limit: number; readonly holding: string | undefined };

function valuesSql(column: SourceColumn, scan: string, { bound, limit, holding }: Offer): string {
  const text = readableText(column, 'v');
  const values = column.isList ? `SELECT unnest(list_distinct(k)) AS v FROM (${scan})` : `SELECT k AS v FROM (${scan})`;
  const held =
    holding === undefined ? '' : ` AND contains(lower(${text}::VARCHAR), lower(${bound.add('VARCHAR', holding)}))`;
  return `SELECT ${column.kind === 'STRING' ? text : 'v'}, n, count(*) OVER () FROM
      (SELECT v, count(*) AS n FROM (${values}) WHERE v IS NOT NULL${held} GROUP BY v)
    ORDER BY n DESC, v LIMIT ${limit}`;
}

function bounds(column: SourceColumn, range: { readonly min: DuckDBValue; readonly max: DuckDBValue }) {
  const min = rowCell(range.min, column, BOUNDS);
  const max = rowCell(range.max, column, BOUNDS);
  const isNumber = (cell: typeof min) => typeof cell === 'number' || typeof cell === 'string';
  return { ...(isNumber(min) && { min }), ...(isNumber(max) && { max }) };
}
