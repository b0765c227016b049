/** That StatisticsGen stays inside its memory where nearly every value of 30 million rows is another. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { BenchRow } from './bench-row';
import { processPeakMb } from './process-peak';
import { writeBenchExamples } from './write-bench-examples';

/** The memory that the node process is given, in MB. */
const MEMORY_MB = 768;
const [FEW, MANY] = [1_000_000, 30_000_000] as const;

/** Peak memory of a process that describes two numbers and a text, nearly all distinct, and one number of few values. */
export async function run(): Promise<readonly BenchRow[]> {
  const few = await peakOf(FEW);
  const many = await peakOf(MANY);
  return [
    {
      claim: 'StatisticsGen of 30 M rows of distinct values, peak memory',
      measured: many,
      unit: 'MB',
      bar: `≤ its limit of ${MEMORY_MB} MB`,
      peer: { name: '1 M rows', value: few, unit: 'MB' },
      ok: many <= MEMORY_MB,
    },
  ];
}

async function peakOf(rows: number): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-bench-'));
  try {
    const select = `SELECT (hash(range) / 1.8e19 * 1000)::FLOAT AS f, (hash(range + 1) // 20000000)::BIGINT AS i,
      'user-' || hash(range) AS t, (range % 7)::BIGINT AS few FROM range(${rows})`;
    await writeBenchExamples(folder, { select, kinds: { f: 'FLOAT', i: 'INT', t: 'STRING', few: 'INT' } });
    return await processPeakMb(folder, MEMORY_MB);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
