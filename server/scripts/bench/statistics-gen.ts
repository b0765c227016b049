/** StatisticsGen beside DuckDB's SUMMARIZE of the same Parquet and beside TFDV. */

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { splitFolder } from '../../../lib/artifact/artifact';
import { sqlText } from '../../duckdb/connection';
import { EXECUTORS } from '../../engine/executors';
import { runExecutor } from '../../testing/run-executor';
import { TFDV_TAXI_HUNDRED_S } from './baselines';
import { bestOf, openBenchDuckdb } from './bench-data';
import type { BenchRow } from './bench-row';
import { ruler } from './ruler';
import { BENCH_LIMITS, taxiExamples, WHOLE_SPLIT } from './taxi-examples';

const MAX_TIMES_SUMMARIZE = 2;
const MIN_TIMES_FASTER_THAN_TFDV = 16;

/** Seconds of StatisticsGen on taxi × 100, best of three, against both peers. */
export async function run(): Promise<readonly BenchRow[]> {
  const { scale } = await ruler();
  const examples = await taxiExamples();
  const executor = await EXECUTORS.StatisticsGen();
  const seconds = await bestOf(3, async () => {
    await using _run = await runExecutor(executor, { params: {}, inputs: { examples }, limits: BENCH_LIMITS });
  });
  const summarizeS = await summarize(path.join(examples.folder, splitFolder(WHOLE_SPLIT)));
  const tfdvS = TFDV_TAXI_HUNDRED_S * scale;
  const claim = 'StatisticsGen of taxi × 100 (1.5 M rows × 18)';
  return [
    {
      claim,
      measured: seconds,
      unit: 's',
      bar: `≤ ${MAX_TIMES_SUMMARIZE} × SUMMARIZE of the same Parquet`,
      peer: { name: 'DuckDB SUMMARIZE', value: summarizeS, unit: 's' },
      ok: seconds <= MAX_TIMES_SUMMARIZE * summarizeS,
    },
    {
      claim,
      measured: tfdvS / seconds,
      unit: '× faster than TFDV',
      bar: `≥ ${MIN_TIMES_FASTER_THAN_TFDV} ×`,
      peer: { name: 'TFDV, scaled', value: tfdvS, unit: 's' },
      ok: tfdvS / seconds >= MIN_TIMES_FASTER_THAN_TFDV,
    },
  ];
}

async function summarize(folder: string): Promise<number> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.parquet'));
  const list = files.map((name) => sqlText(path.join(folder, name))).join(', ');
  await using database = await openBenchDuckdb();
  return await bestOf(3, () => database.connection.runAndReadAll(`summarize select * from read_parquet([${list}])`));
}
