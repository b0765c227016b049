/** Statistics of CSV rows that are already divided into splits, as StatisticsGen would hand them on. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { EXECUTORS } from '../engine/executors';
import type { InputArtifact } from '../engine/executor';
import { artifactFrom, runExecutor } from './run-executor';
import { tempFolder } from './temp-folder';

/** A `statistics` artifact; disposing removes its folder. */
export type SplitStatistics = AsyncDisposable & { readonly artifact: InputArtifact<'ExampleStatistics'> };

/** Makes the statistics of one CSV text per split, by CsvExampleGen and StatisticsGen. */
export async function splitStatistics(csvBySplit: { readonly [split: string]: string }): Promise<SplitStatistics> {
  using folder = tempFolder();
  for (const [split, text] of Object.entries(csvBySplit)) {
    await mkdir(path.join(folder.path, split));
    await writeFile(path.join(folder.path, split, 'rows.csv'), text);
  }
  const splits = Object.keys(csvBySplit).map((name) => ({ name, pattern: `${name}/*` }));
  await using examples = await runExecutor(await EXECUTORS.CsvExampleGen(), {
    params: { inputBase: folder.path, inputConfig: { splits } },
    inputs: {},
  });
  const { properties } = examples.facts.outputs.examples;
  const run = await runExecutor(await EXECUTORS.StatisticsGen(), {
    params: {},
    inputs: { examples: artifactFrom('Examples', examples.folders.examples, properties) },
  });
  const { statistics } = run.facts.outputs;
  return {
    artifact: artifactFrom('ExampleStatistics', run.folders.statistics, statistics.properties),
    [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
  };
}
