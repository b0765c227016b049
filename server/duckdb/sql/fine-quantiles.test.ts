import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { quantilesOf } from '../../../lib/stats/quantiles';
import { tempFolder } from '../../testing/temp-folder';
import { openDuckdb, type Duckdb } from '../connection';
import type { DuckdbSession } from '../query';
import { countsForQuantiles } from './fine-quantiles';

const temp = tempFolder();
let duckdb: Duckdb;
let session: DuckdbSession;
beforeAll(async () => {
  duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: temp.path });
  session = { connection: duckdb.connection, signal: new AbortController().signal };
});
afterAll(async () => {
  await duckdb[Symbol.asyncDispose]();
  temp[Symbol.dispose]();
});

async function bothWays(values: readonly number[], options: { parts: number; listedRows: number }) {
  const sorted = values.toSorted((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const counts = distinct.map((value) => sorted.lastIndexOf(value) - sorted.indexOf(value) + 1);
  const list = `[${values.map((value) => `'${value}'::DOUBLE`).join(', ')}]`;
  const found = await countsForQuantiles(session, {
    relation: `SELECT unnest(${list}) AS v, 1 AS m`,
    min: sorted[0] ?? 0,
    total: values.length,
    below: 0,
    ...options,
  });
  return { found, expected: quantilesOf({ values: distinct, counts }, options.parts) };
}

const manyNumbers = fc.array(
  fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
    fc.double({ noNaN: true, min: 1e9, max: 1e9 + 1e-3 }),
    fc.maxSafeInteger(),
  ),
  { minLength: 1, maxLength: 300 },
);

describe('quantiles by bins', () => {
  it.each([
    ['of one level', 2_000_000],
    ['of as many levels as it takes', 0],
  ])('are those of all values: %s', async (_, listedRows) => {
    await fc.assert(
      fc.asyncProperty(manyNumbers, fc.integer({ min: 1, max: 40 }), async (values, parts) => {
        const { found, expected } = await bothWays(values, { parts, listedRows });
        expect(quantilesOf(found, parts)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('keep few entries of very many values', async () => {
    const found = await countsForQuantiles(session, {
      relation: 'SELECT (range * 7 % 1000003)::DOUBLE AS v, 1 AS m FROM range(1000003)',
      min: 0,
      total: 1_000_003,
      below: 0,
      parts: 1000,
      listedRows: 5000,
    });
    const { boundaries } = quantilesOf(found, 1000);
    expect(boundaries).toEqual(
      Array.from({ length: 1001 }, (_, r) => Math.min(Math.floor((r * 1_000_003) / 1000), 1_000_002)),
    );
    expect(found.values.length).toBeLessThan(200_000);
  });

  it('leave no table behind', async () => {
    await bothWays([1, 2, 2.0000001, 3, 1e9, 1e9 + 1], { parts: 10, listedRows: 0 });
    const tables = await duckdb.connection.run('SELECT * FROM duckdb_tables()');
    expect(await tables.getRows()).toEqual([]);
  });
});
