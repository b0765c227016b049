/**
 * Runs StatisticsGen as a node process does, alone, and prints how long it took and the most memory the process held:
 * `statistics-process.ts EXAMPLES SCRATCH MEMORY_MB`.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

import { EXECUTORS } from '../../engine/executors';
import { artifactFrom } from '../../testing/run-executor';

const [folder = '', tempFolder = '', memoryMb = ''] = process.argv.slice(2);
const statisticsGen = await EXECUTORS.StatisticsGen();
const output = await mkdtemp(path.join(path.dirname(tempFolder), 'statistics-'));
const start = performance.now();
await statisticsGen.execute({
  params: statisticsGen.spec.params.parse({}),
  inputs: { examples: artifactFrom('Examples', folder, { splitNames: ['all'] }) },
  outputs: { statistics: { folder: output } },
  baseFolder: folder,
  tempFolder,
  limits: { memoryMb: Number(memoryMb), threads: 2 },
  log: () => undefined,
  progress: () => undefined,
  signal: new AbortController().signal,
});
const seconds = (performance.now() - start) / 1000;
await rm(output, { recursive: true });
process.stdout.write(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1024 }));
