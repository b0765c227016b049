/**
 * StatisticsGen beside DuckDB's `SUMMARIZE` of the same Parquet files, timed by turns in one process; and its memory, in
 * processes of their own, on a million rows and on thirty.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import * as z from 'zod';

import { splitFolder } from '../../../lib/artifact/artifact';
import {
  EXAMPLES_META_KEY,
  examplesFileName,
  type ExamplesMeta,
  type FeatureKind,
} from '../../../lib/artifact/examples';
import { fromStatistics } from '../../../lib/artifact/statistics';
import { zStatsOptions } from '../../../lib/catalog/statistics-gen/spec';
import { sqlName, sqlText, type Duckdb } from '../../duckdb/connection';
import { describeSplit } from '../../duckdb/describe-split';
import { openExamplesSplit } from '../../duckdb/examples-source';
import { TFDV_TAXI_HUNDRED_S } from './baselines';
import { examplesFolder, openBenchDuckdb, taxiHundredExamples } from './bench-data';
import type { BenchRow } from './bench-row';
import { ruler } from './ruler';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const FLIGHTS = path.resolve(HERE, '../../../node_modules/vega-datasets/data/flights-3m.parquet');
const ROUNDS = 3;
/** The memory a node process is given in the memory claim, in MB. */
const MEMORY_MB = 768;

/** Time against `SUMMARIZE` on taxi × 100 and flights, and the memory of up to 30 million rows. */
export async function run(): Promise<readonly BenchRow[]> {
  const { scale } = await ruler();
  const taxi = await againstSummarize(await taxiHundredExamples());
  const flights = await againstSummarize(await flightsExamples());
  return [
    {
      claim: 'StatisticsGen of taxi × 100 (1.5 M rows × 18)',
      measured: taxi.oursS,
      unit: 's',
      bar: `≤ 2 × SUMMARIZE (${(2 * taxi.summarizeS).toFixed(2)} s)`,
      peer: { name: 'SUMMARIZE of the same Parquet', value: taxi.summarizeS, unit: 's' },
      ok: taxi.oursS <= 2 * taxi.summarizeS,
    },
    {
      claim: 'StatisticsGen of taxi × 100 beside TFDV',
      measured: taxi.oursS,
      unit: 's',
      bar: 'none',
      peer: { name: 'TFDV, scaled by the ruler', value: TFDV_TAXI_HUNDRED_S * scale, unit: 's' },
      ok: true,
    },
    {
      claim: 'StatisticsGen of flights (3 M rows, its numbers)',
      measured: flights.oursS,
      unit: 's',
      bar: `≤ 1 × SUMMARIZE (${flights.summarizeS.toFixed(2)} s)`,
      peer: { name: 'SUMMARIZE of the same Parquet', value: flights.summarizeS, unit: 's' },
      ok: flights.oursS <= flights.summarizeS,
    },
    ...(await memoryRows()),
  ];
}

/** Medians of three rounds, each taken by turns, so that a busy moment hits both. */
async function againstSummarize(folder: string): Promise<{ readonly oursS: number; readonly summarizeS: number }> {
  await using database = await openBenchDuckdb();
  const source = path.join(folder, splitFolder('all'), '*.parquet');
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await seconds(() => describeAll(database, folder)));
    theirs.push(
      await seconds(() =>
        database.connection.runAndReadAll(`SUMMARIZE SELECT * FROM read_parquet(${sqlText(source)})`),
      ),
    );
  }
  return { oursS: median(ours), summarizeS: median(theirs) };
}

async function describeAll(database: Duckdb, folder: string): Promise<void> {
  const session = { connection: database.connection, signal: new AbortController().signal };
  const source = await openExamplesSplit(session, { folder, split: 'all' });
  const dataset = await describeSplit(session, { source, options: zStatsOptions.parse({}) });
  fromStatistics({ datasets: [dataset] });
}

const ROW_COUNTS = [1_000_000, 30_000_000] as const;

const zChild = z.object({ seconds: z.number(), peakMb: z.number() });

/** Nearly every value of the numbers and of one text distinct: the most that statistics can be asked for. */
async function memoryRows(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-bench-'));
  try {
    const peaks: number[] = [];
    let last = { seconds: 0, peakMb: 0 };
    for (const rows of ROW_COUNTS) {
      const examples = path.join(folder, `distinct-${rows}`);
      await writeDistinct(examples, rows);
      last = await inOwnProcess(examples, path.join(folder, 'temp'));
      peaks.push(last.peakMb);
      await rm(examples, { recursive: true });
    }
    return [
      {
        claim: `Peak memory of StatisticsGen, 30 M rows of distinct values (${last.seconds.toFixed(0)} s)`,
        measured: last.peakMb,
        unit: 'MB',
        bar: `≤ its limit of ${MEMORY_MB} MB`,
        peer: { name: 'the same of 1 M rows', value: peaks[0] ?? 0, unit: 'MB' },
        ok: last.peakMb <= MEMORY_MB,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inOwnProcess(examples: string, tempFolder: string): Promise<z.infer<typeof zChild>> {
  await mkdir(tempFolder, { recursive: true });
  const args = ['--import', 'tsx', path.join(HERE, 'statistics-process.ts'), examples, tempFolder, String(MEMORY_MB)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const left = await readdir(tempFolder);
  if (left.length > 0) throw new Error(`StatisticsGen left ${left.join(', ')} in its scratch folder`);
  return zChild.parse(JSON.parse(stdout));
}

async function writeDistinct(folder: string, rows: number): Promise<void> {
  const select = `SELECT (hash(range) / 1.8e19 * 1000)::FLOAT AS f, (hash(range + 1) // 20000000)::BIGINT AS i,
    'user-' || hash(range) AS t, (range % 7)::BIGINT AS few FROM range(${rows})`;
  await writeExamples(folder, select, { f: 'FLOAT', i: 'INT', t: 'STRING', few: 'INT' });
}

/** The numeric columns of flights, with the types that Examples have. */
async function flightsExamples(): Promise<string> {
  return examplesFolder('flights-examples', async (unfinished) => {
    await using database = await openBenchDuckdb();
    const described = await database.connection.runAndReadAll(
      `DESCRIBE SELECT * FROM read_parquet(${sqlText(FLIGHTS)})`,
    );
    const kinds: Record<string, FeatureKind> = {};
    for (const { column_name: name, column_type: type } of described.getRowObjectsJS()) {
      if (/INT/.test(String(type))) kinds[String(name)] = 'INT';
      else if (/FLOAT|DOUBLE|DECIMAL/.test(String(type))) kinds[String(name)] = 'FLOAT';
    }
    const columns = Object.entries(kinds).map(
      ([name, kind]) => `${sqlName(name)}::${kind === 'INT' ? 'BIGINT' : 'FLOAT'} AS ${sqlName(name)}`,
    );
    await writeExamples(unfinished, `SELECT ${columns.join(', ')} FROM read_parquet(${sqlText(FLIGHTS)})`, kinds);
  });
}

async function writeExamples(folder: string, select: string, kinds: Record<string, FeatureKind>): Promise<void> {
  const meta: ExamplesMeta = {
    version: 1,
    record: 'typed-lists',
    columns: Object.entries(kinds).map(([name, kind]) => ({ name, column: name, kind, nullMeans: 'missing' })),
  };
  const split = path.join(folder, splitFolder('all'));
  await mkdir(split, { recursive: true });
  await using database = await openBenchDuckdb();
  await database.connection.run(
    `COPY (${select}) TO ${sqlText(path.join(split, examplesFileName(0, 1)))}
      (FORMAT parquet, KV_METADATA {${sqlText(EXAMPLES_META_KEY)}: ${sqlText(JSON.stringify(meta))}})`,
  );
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
