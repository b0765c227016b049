/** Statistics of CSV files as the shipped components make them, and those of the golden files. */

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type StatisticsList, toStatistics } from '../../lib/artifact/statistics';
import { EXECUTORS } from '../engine/executors';
import { artifactFrom, runExecutor } from './run-executor';
import { sharedPath } from './shared-data';
import { tempFolder } from './temp-folder';

const WHOLE_FILE = { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }] } };

/** The statistics of all rows of a CSV file, by CsvExampleGen and StatisticsGen. */
export async function statisticsOfCsv(file: string): Promise<StatisticsList> {
  await using examples = await runExecutor(await EXECUTORS.CsvExampleGen(), {
    params: { inputBase: file, outputConfig: WHOLE_FILE },
    inputs: {},
  });
  const { properties } = examples.facts.outputs.examples;
  await using statistics = await runExecutor(await EXECUTORS.StatisticsGen(), {
    params: {},
    inputs: { examples: artifactFrom('Examples', examples.folders.examples, properties) },
  });
  return toStatistics(await readFile(path.join(statistics.folders.statistics, 'Split-all', 'FeatureStats.pb')));
}

/** The same of the data rows from `from` up to and without `to`, both counted from 0. */
export async function statisticsOfRows(file: string, from: number, to: number): Promise<StatisticsList> {
  const [header = '', ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\n');
  using folder = tempFolder();
  const part = path.join(folder.path, 'part.csv');
  await writeFile(part, [header, ...rows.slice(from, to), ''].join('\n'));
  // Awaited here: the folder goes with this block.
  return await statisticsOfCsv(part);
}

/** Statistics that TFDV computed. */
export async function goldenStatistics(name: string): Promise<StatisticsList> {
  return toStatistics(await readFile(sharedPath('goldens', 'tfdv-stats', `${name}.FeatureStats.pb`)));
}
