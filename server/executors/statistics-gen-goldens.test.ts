import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

import { fromStatistics } from '../../lib/artifact/statistics';
import type { csvExampleGenSpec } from '../../lib/catalog/csv-example-gen/spec';
import { zStatsOptions, type statisticsGenSpec } from '../../lib/catalog/statistics-gen/spec';
import { openDuckdb } from '../duckdb/connection';
import { describeSplit } from '../duckdb/describe-split';
import { openExamplesSplit } from '../duckdb/examples-source';
import { compareStatistics, type CompareOptions } from '../testing/compare-statistics';
import { readIndependently } from '../testing/independent-statistics';
import { artifactFrom, runExecutor } from '../testing/run-executor';
import { hasSharedData, sharedPath } from '../testing/shared-data';
import { tempFolder } from '../testing/temp-folder';
import { writeExamples } from '../testing/write-examples';
import { csvExampleGen } from './csv-example-gen';
import { statisticsGen } from './statistics-gen';

type CsvParams = z.input<(typeof csvExampleGenSpec)['params']>;
type StatsOptions = z.input<(typeof statisticsGenSpec)['params']>['statsOptions'];

const WHOLE_FILE = { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }] } };
const PENGUINS = ['data', 'penguins', 'penguins.csv'];
const TAXI = ['data', 'taxi', 'taxi.csv'];

async function bytesOf(csv: CsvParams, statsOptions: StatsOptions, split: string): Promise<Uint8Array> {
  await using examples = await runExecutor(csvExampleGen, { params: csv, inputs: {} });
  const { properties } = examples.facts.outputs.examples;
  await using statistics = await runExecutor(statisticsGen, {
    params: { statsOptions },
    inputs: { examples: artifactFrom('Examples', examples.folders.examples, properties) },
  });
  return await readFile(path.join(statistics.folders.statistics, `Split-${split}`, 'FeatureStats.pb'));
}

async function golden(name: string): Promise<unknown> {
  return JSON.parse(await readFile(sharedPath('goldens', 'tfdv-stats', `${name}.json`), 'utf8'));
}

/** `trip_start_timestamp` has 13,789 distinct values, more than TFDV's sketch holds. */
async function sketchedIn(name: string): Promise<CompareOptions> {
  if (!name.startsWith('taxi')) return {};
  const [header = '', ...lines] = (await readFile(sharedPath(...TAXI), 'utf8')).trim().split('\n');
  const column = header.split(',').indexOf('trip_start_timestamp');
  const values = lines.map((line) => Number(line.split(',')[column]));
  return { sketched: { trip_start_timestamp: values.toSorted((a, b) => a - b) } };
}

describe.skipIf(!hasSharedData)('the statistics of a whole CSV file equal those of TFDV', () => {
  it.each<[string, readonly string[], StatsOptions]>([
    ['taxi', TAXI, {}],
    ['penguins', PENGUINS, {}],
    ['penguins-skewed', ['data', 'penguins', 'penguins-skewed.csv'], {}],
    ['penguins-missing', ['goldens', 'inputs', 'penguins-missing.csv'], {}],
    ['penguins-nan-inf', ['goldens', 'inputs', 'penguins-nan-inf.csv'], {}],
    ['penguin-text', ['goldens', 'inputs', 'penguin-text.csv'], {}],
    ['penguins-weighted', PENGUINS, { weightFeature: 'body_mass_g' }],
    [
      'penguins-small-options',
      PENGUINS,
      {
        numTopValues: 5,
        numRankHistogramBuckets: 10,
        numValuesHistogramBuckets: 3,
        numHistogramBuckets: 4,
        numQuantilesHistogramBuckets: 4,
      },
    ],
    [
      'taxi-small-options',
      TAXI,
      {
        numTopValues: 5,
        numRankHistogramBuckets: 10,
        numValuesHistogramBuckets: 3,
        numHistogramBuckets: 7,
        numQuantilesHistogramBuckets: 5,
        frequencyThreshold: 50,
        featureAllowlist: ['payment_type', 'company', 'fare', 'trip_seconds', 'pickup_latitude', 'tips'],
      },
    ],
    [
      'taxi-weighted',
      TAXI,
      {
        weightFeature: 'trip_start_hour',
        featureAllowlist: [
          'payment_type',
          'company',
          'fare',
          'trip_seconds',
          'pickup_latitude',
          'trip_start_hour',
          'dropoff_community_area',
        ],
      },
    ],
  ])('%s', async (name, file, statsOptions) => {
    const bytes = await bytesOf({ inputBase: sharedPath(...file), outputConfig: WHOLE_FILE }, statsOptions, 'all');
    expect(compareStatistics(readIndependently(bytes), await golden(name), await sketchedIn(name))).toEqual([]);
  });
});

describe.skipIf(!hasSharedData)("the statistics of CsvExampleGen's splits equal those of TFX", () => {
  it.each([
    ['taxi-example-gen-train', 'train'],
    ['taxi-example-gen-eval', 'eval'],
  ])('%s', async (name, split) => {
    const bytes = await bytesOf({ inputBase: sharedPath(...TAXI), emptyCells: 'empty-list' }, {}, split);
    expect(compareStatistics(readIndependently(bytes), await golden(name), await sketchedIn(name))).toEqual([]);
  });
});

it.skipIf(!hasSharedData)(
  'a header alone gives one dataset without features, as in TFDV: penguins-header-only',
  async () => {
    using temp = tempFolder();
    const header = await readFile(sharedPath('goldens', 'inputs', 'penguins-header-only.csv'), 'utf8');
    const columns = header
      .trim()
      .split(',')
      .map((name) => ({ name, kind: 'NONE', rows: [] }) as const);
    await using duckdb = await openDuckdb({ memoryMb: 200, threads: 1, tempFolder: temp.path });
    await writeExamples(duckdb, columns, { folder: temp.path, split: 'all' });
    const session = { connection: duckdb.connection, signal: new AbortController().signal };
    const source = await openExamplesSplit(session, { folder: temp.path, split: 'all' });
    const dataset = await describeSplit(session, { source, options: zStatsOptions.parse({}) });
    const bytes = fromStatistics({ datasets: [dataset] });
    const name = 'penguins-header-only';
    expect(compareStatistics(readIndependently(bytes), await golden(name))).toEqual([]);
    expect(Buffer.from(bytes)).toEqual(await readFile(sharedPath('goldens', 'tfdv-stats', `${name}.FeatureStats.pb`)));
  },
);
