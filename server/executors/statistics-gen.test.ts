import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';

import { fromStatistics, toStatistics } from '../../lib/artifact/statistics';
import type { statisticsGenSpec } from '../../lib/catalog/statistics-gen/spec';
import { openDuckdb } from '../duckdb/connection';
import { readIndependently } from '../testing/independent-statistics';
import { artifactFrom, runExecutor } from '../testing/run-executor';
import { tempFolder } from '../testing/temp-folder';
import { writeExamples } from '../testing/write-examples';
import { statisticsGen } from './statistics-gen';

const temp = tempFolder();
const folder = path.join(temp.path, 'examples');
const properties = { splitNames: ['train', 'eval', 'empty'], span: 7 };

beforeAll(async () => {
  await using duckdb = await openDuckdb({ memoryMb: 200, threads: 1, tempFolder: temp.path });
  const columns = (count: number) => {
    const rows = Array.from({ length: count }, (_, index) => index);
    return [
      { name: 'n', kind: 'INT', rows } as const,
      { name: 't', kind: 'STRING', rows: rows.map((row) => (row === 0 ? null : 'x')) } as const,
      { name: 'none', kind: 'NONE', rows: rows.map(() => null) } as const,
    ];
  };
  await writeExamples(duckdb, columns(4), { folder, split: 'train' });
  await writeExamples(duckdb, columns(2), { folder, split: 'eval', shard: 0, shards: 2 });
  await writeExamples(duckdb, columns(3), { folder, split: 'eval', shard: 1, shards: 2 });
  await writeExamples(duckdb, columns(0), { folder, split: 'empty' });
});
afterAll(() => temp[Symbol.dispose]());

type Options = {
  readonly properties?: Readonly<Record<string, number | string[]>>;
  readonly signal?: AbortSignal;
  readonly from?: string;
};

const run = (params: z.input<(typeof statisticsGenSpec)['params']> = {}, options: Options = {}) =>
  runExecutor(statisticsGen, {
    params,
    inputs: { examples: artifactFrom('Examples', options.from ?? folder, options.properties ?? properties) },
    ...(options.signal && { signal: options.signal }),
  });

const fileOf = (statistics: string, split: string) => path.join(statistics, `Split-${split}`, 'FeatureStats.pb');

describe('StatisticsGen', () => {
  it('writes one file per split and reports figures of each', async () => {
    await using finished = await run();
    expect(finished.facts.outputs.statistics.properties).toEqual({
      splitNames: ['train', 'eval', 'empty'],
      span: 7,
      featureCount: 3,
      rows: { train: 4, eval: 5, empty: 0 },
      headlines: {
        train: { numeric: 1, text: 2, missingShare: 5 / 12, allMissing: 1 },
        eval: { numeric: 1, text: 2, missingShare: 7 / 15, allMissing: 1 },
        empty: { numeric: 0, text: 0, missingShare: 0, allMissing: 0 },
      },
    });
    expect(finished.progress.at(-1)?.share).toBeCloseTo(2 / 3, 9);
  });

  it('writes bytes that an independent reader finds the same figures in', async () => {
    await using finished = await run();
    const bytes = await readFile(fileOf(finished.folders.statistics, 'eval'));
    expect(readIndependently(bytes)).toMatchObject({
      datasets: [
        {
          num_examples: '5',
          features: [
            { path: { step: ['n'] }, num_stats: { mean: 0.8, num_zeros: '2', max: 2 } },
            {
              path: { step: ['t'] },
              type: 'STRING',
              string_stats: { unique: '1', common_stats: { num_missing: '2' } },
            },
            { path: { step: ['none'] }, type: 'STRING', string_stats: { common_stats: { num_missing: '5' } } },
          ],
        },
      ],
    });
    expect(Buffer.from(fromStatistics(toStatistics(bytes)))).toEqual(bytes);
  });

  it('describes a split without rows as one dataset without features', async () => {
    await using finished = await run();
    expect(readIndependently(await readFile(fileOf(finished.folders.statistics, 'empty')))).toEqual({ datasets: [{}] });
  });

  it('writes the same bytes every time', async () => {
    await using first = await run();
    await using second = await run();
    for (const split of properties.splitNames)
      expect(await readFile(fileOf(first.folders.statistics, split))).toEqual(
        await readFile(fileOf(second.folders.statistics, split)),
      );
  });

  it('leaves excluded splits out and warns of one that is not there', async () => {
    await using finished = await run({ excludeSplits: ['eval', 'test'] });
    expect(finished.facts.outputs.statistics.properties['splitNames']).toEqual(['train', 'empty']);
    expect(existsSync(fileOf(finished.folders.statistics, 'eval'))).toBe(false);
    expect(finished.log).toEqual([{ level: 'warning', message: 'There is no split "test" to leave out.' }]);
  });

  it('keeps the features of the allow-list and warns of one that is not there', async () => {
    await using finished = await run({ statsOptions: { featureAllowlist: ['t', 'tt'] } });
    expect(finished.facts.outputs.statistics.properties['featureCount']).toBe(1);
    expect(finished.log.map(({ message }) => message)).toEqual([
      'featureAllowlist names "tt", which is not a feature of the examples.',
    ]);
  });

  it('finds the splits of examples that do not name them', async () => {
    await using finished = await run({}, { properties: {} });
    expect(finished.facts.outputs.statistics.properties['splitNames']).toHaveLength(3);
    expect(finished.facts.outputs.statistics.properties['span']).toBeUndefined();
  });

  it.each<[string, Parameters<typeof run>, { code: string; message: string }]>([
    [
      'no split is left',
      [{ excludeSplits: ['train', 'eval', 'empty'] }],
      { code: 'invalid-input', message: 'excludeSplits leaves out every split: train, eval, empty.' },
    ],
    [
      'the examples have no split',
      [{}, { properties: { splitNames: [] } }],
      { code: 'invalid-input', message: 'The examples have no split.' },
    ],
    [
      'the weight feature is not there',
      [{ statsOptions: { weightFeature: 'w' } }],
      { code: 'invalid-input', message: 'The weight feature "w" is not a feature of the examples.' },
    ],
    [
      'it is canceled before it starts',
      [{}, { signal: AbortSignal.abort() }],
      { code: 'canceled', message: 'The work was stopped before it was complete.' },
    ],
  ])('says so when %s', async (_, args, error) => {
    await expect(run(...args)).rejects.toMatchObject(error);
  });

  it('says which split is gone', async () => {
    await expect(run({}, { from: path.join(temp.path, 'nowhere') })).rejects.toMatchObject({
      code: 'artifact-missing',
      message: expect.stringContaining('The folder of the split "train" is gone'),
    });
  });
});
