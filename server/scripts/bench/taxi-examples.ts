/** Examples of taxi × 100, for the benchmarks that start from Examples. */

import { rmSync } from 'node:fs';
import path from 'node:path';
import type { InputArtifact } from '../../engine/executor';
import { EXECUTORS } from '../../engine/executors';
import { artifactFrom, runExecutor } from '../../testing/run-executor';
import { taxiHundred } from './bench-data';

/** Limits that every benchmark gives its executor: two threads, as the peers had. */
export const BENCH_LIMITS = { memoryMb: 2048, threads: 2 } as const;
/** The one split: it holds the whole file. */
export const WHOLE_SPLIT = 'all';

let made: Promise<InputArtifact<'Examples'>> | undefined;

/** Makes them once a process; they are removed when it ends. */
export function taxiExamples(): Promise<InputArtifact<'Examples'>> {
  made ??= make();
  return made;
}

async function make(): Promise<InputArtifact<'Examples'>> {
  const { csv } = await taxiHundred();
  const executor = await EXECUTORS.CsvExampleGen();
  const outputConfig = { splitConfig: { splits: [{ name: WHOLE_SPLIT, hashBuckets: 1 }] } };
  const run = await runExecutor(executor, {
    params: { inputBase: csv, outputConfig },
    inputs: {},
    limits: BENCH_LIMITS,
  });
  process.once('exit', () => rmSync(path.dirname(run.tempFolder), { recursive: true, force: true }));
  return artifactFrom('Examples', run.folders.examples, run.facts.outputs.examples.properties);
}
