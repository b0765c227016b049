/** StatisticsGen of the numbers of vega-datasets' flights (3 M rows) beside DuckDB's `SUMMARIZE` of the same Parquet. */

import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as z from 'zod';

import { splitFolder } from '../../../lib/artifact/artifact';
import type { FeatureKind } from '../../../lib/artifact/examples';
import { zStatsOptions } from '../../../lib/catalog/statistics-gen/spec';
import { fromStatistics } from '../../../lib/artifact/statistics';
import { sqlName, sqlText, type Duckdb } from '../../duckdb/connection';
import { describeSplit } from '../../duckdb/describe-split';
import { openExamplesSplit } from '../../duckdb/examples-source';
import { queryRows } from '../../duckdb/query';
import { examplesFolder, openBenchDuckdb } from './bench-data';
import type { BenchRow } from './bench-row';
import { WHOLE_SPLIT } from './taxi-examples';
import { writeBenchExamples } from './write-bench-examples';

const FLIGHTS = fileURLToPath(new URL('../../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url));
const ROUNDS = 3;

/** Medians of three rounds, taken by turns, so that a busy moment hits both. */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = await flightsExamples();
  await using database = await openBenchDuckdb();
  const source = sqlText(path.join(folder, splitFolder(WHOLE_SPLIT), '*.parquet'));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await seconds(() => describeAll(database, folder)));
    theirs.push(
      await seconds(() => database.connection.runAndReadAll(`SUMMARIZE SELECT * FROM read_parquet(${source})`)),
    );
  }
  const [measured, summarizeS] = [median(ours), median(theirs)];
  return [
    {
      claim: 'StatisticsGen of flights (3 M rows, its numbers)',
      measured,
      unit: 's',
      bar: '≤ 1 × SUMMARIZE of the same Parquet',
      peer: { name: 'DuckDB SUMMARIZE', value: summarizeS, unit: 's' },
      ok: measured <= summarizeS,
    },
  ];
}

async function describeAll(database: Duckdb, folder: string): Promise<void> {
  const session = { connection: database.connection, signal: new AbortController().signal };
  const source = await openExamplesSplit(session, { folder, split: WHOLE_SPLIT });
  const dataset = await describeSplit(session, { source, options: zStatsOptions.parse({}) });
  fromStatistics({ datasets: [dataset] });
}

/** The numeric columns, with the types that Examples have; kept in the cache. */
async function flightsExamples(): Promise<string> {
  return examplesFolder('flights-examples', async (unfinished) => {
    const from = `read_parquet(${sqlText(FLIGHTS)})`;
    const kinds = await numericKinds(from);
    const columns = Object.entries(kinds).map(
      ([name, kind]) => `${sqlName(name)}::${kind === 'INT' ? 'BIGINT' : 'FLOAT'} AS ${sqlName(name)}`,
    );
    await writeBenchExamples(unfinished, { select: `SELECT ${columns.join(', ')} FROM ${from}`, kinds });
  });
}

async function numericKinds(from: string): Promise<Record<string, FeatureKind>> {
  await using database = await openBenchDuckdb();
  const session = { connection: database.connection, signal: new AbortController().signal };
  const zColumn = z.object({ column_name: z.string(), column_type: z.string() });
  const kinds: Record<string, FeatureKind> = {};
  for (const { column_name: name, column_type: type } of await queryRows(
    session,
    `DESCRIBE SELECT * FROM ${from}`,
    zColumn,
  )) {
    if (type.includes('INT')) kinds[name] = 'INT';
    else if (/FLOAT|DOUBLE|DECIMAL/.test(type)) kinds[name] = 'FLOAT';
  }
  return kinds;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
