/** Finds the places of the rows that match, in the order that was asked for. */

import type { DuckDBDataChunk } from '@duckdb/node-api';
import * as z from 'zod';

import type { RowQuery } from '../../../lib/artifact/row-query';
import { queryRow, running, type DuckdbSession } from '../../duckdb/query';
import { BoundValues } from '../../duckdb/sql/bound-values';
import { GroupedOrder } from './grouped-order';
import type { MatchingPlaces } from './matching-places';
import { NumberKeys } from './number-keys';
import { readPlaces } from './read-places';
import { placeSql, requireColumn, scanSplitSql, type RowSource } from './row-source';
import { sortKeyOf, type SortKey } from './sort-key';

/** What is looked for. */
export type Wanted = Omit<RowQuery, 'splits'>;

/** Different values of a text up to which its rows are grouped rather than compared. */
const FEW_VALUES = 20_000;

/** Throws `invalid-input` where the query names a feature that the rows do not have. */
export function checkFeatures(source: RowSource, { where, sort }: Wanted): void {
  for (const { column } of where) requireColumn(source, column);
  if (sort !== undefined) requireColumn(source, sort.column);
}

/** Fills `found`. Every failure reaches those who wait for it, and this promise is always kept. */
export async function findPlaces(
  session: DuckdbSession,
  { source, wanted }: { readonly source: RowSource; readonly wanted: Wanted },
  found: MatchingPlaces,
): Promise<void> {
  try {
    const key = sortKeyOf(source, wanted.sort);
    const search = { session, source, wanted };
    if (key === undefined) {
      await scan(search, (chunk) => {
        found.addWords(readPlaces(chunk));
      });
      found.complete();
    } else if (key.form === 'INT' || key.form === 'FLOAT') {
      const keys = new NumberKeys(key.form, isWhole(wanted) ? source.rows : undefined);
      await scan({ ...search, key }, (chunk) => {
        keys.add(chunk);
      });
      found.complete(keys.order(key.direction));
    } else if (key.form === 'text' && (await hasFewValues(search, key))) found.complete(await grouped(search, key));
    else {
      await compared(search, key, found);
      found.complete();
    }
  } catch (error) {
    found.fail(error);
  }
}

type Search = { readonly session: DuckdbSession; readonly source: RowSource; readonly wanted: Wanted };

/** Split by split, so that places ascend. */
async function scan(
  { session, source, wanted, key }: Search & { readonly key?: SortKey },
  take: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  // Where no row is left out, the rows come as they lie, and their places need not be read.
  const isAll = isWhole(wanted);
  for (const split of source.splits) {
    const bound = new BoundValues();
    const place = `${placeSql(split)} AS p`;
    const select = key === undefined ? [place] : [`${key.sqlOf(split)} AS k`, ...(isAll ? [] : [place])];
    await eachChunk(session, { sql: scanSplitSql(split, wanted, { select, bound }), bound }, take);
  }
}

/** No row is left out. */
function isWhole({ where, search }: Wanted): boolean {
  return where.length === 0 && search === undefined;
}

async function hasFewValues({ session, source }: Search, key: SortKey): Promise<boolean> {
  const scans = source.splits.map((split) =>
    scanSplitSql(split, { where: [] }, { select: [`${key.sqlOf(split)} AS k`], bound: new BoundValues() }),
  );
  const { values } = await queryRow(
    session,
    `SELECT approx_count_distinct(k)::DOUBLE AS values FROM (${scans.join(' UNION ALL ')})`,
    z.object({ values: z.number() }),
  );
  return values <= FEW_VALUES;
}

async function grouped(search: Search, key: SortKey): Promise<Uint32Array> {
  const { sql, bound } = allSplits(search, key);
  const order = new GroupedOrder(search.source.rows);
  await eachChunk(
    search.session,
    { sql: `SELECT list(p) FROM (${sql}) GROUP BY k ORDER BY k ${key.direction} NULLS LAST`, bound },
    (chunk) => {
      order.add(chunk);
    },
  );
  return order.order();
}

async function compared(search: Search, key: SortKey, found: MatchingPlaces): Promise<void> {
  const { sql, bound } = allSplits(search, key);
  await eachChunk(
    search.session,
    { sql: `SELECT p FROM (${sql}) ORDER BY k ${key.direction} NULLS LAST, p`, bound },
    (chunk) => {
      found.addWords(readPlaces(chunk));
    },
  );
}

type Statement = { readonly sql: string; readonly bound: BoundValues };

function allSplits({ source, wanted }: Search, key: SortKey): Statement {
  const bound = new BoundValues();
  const scans = source.splits.map((split) =>
    scanSplitSql(split, wanted, { select: [`${placeSql(split)} AS p`, `${key.sqlOf(split)} AS k`], bound }),
  );
  return { sql: scans.join(' UNION ALL '), bound };
}

async function eachChunk(
  session: DuckdbSession,
  { sql, bound }: Statement,
  take: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  await running(session, async ({ connection }) => {
    const result = await connection.stream(sql, bound.values, bound.types);
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
      take(chunk);
  });
}
