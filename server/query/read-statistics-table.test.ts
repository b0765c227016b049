import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fromStatistics, STATISTICS_FILE, type DatasetStatistics } from '../../lib/artifact/statistics';
import { toyDataset, type ToyFeature } from '../../lib/stats/toy-statistics';
import { tempFolder } from '../testing/temp-folder';
import { statisticsLoader } from './load-statistics';
import { MAX_ANSWER_BYTES } from './query-message';
import { readStatisticsFeature, readStatisticsTable } from './read-statistics-table';

const NUMBER: ToyFeature = {
  ...{ type: 'FLOAT', present: 9, total: 9, range: [0, 10] },
  standard: Array.from({ length: 10 }, (_, at) => [at, at + 1, 1.37 * at] as const),
  quantiles: Array.from({ length: 10 }, (_, at) => [at, at + 1, 6.17] as const),
};

describe('the table of statistics', () => {
  const temp = tempFolder();
  const load = statisticsLoader(temp.path);

  function write(folder: string, split: string, datasets: readonly DatasetStatistics[]) {
    const place = path.join(temp.path, folder, `Split-${split}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, STATISTICS_FILE), fromStatistics({ datasets }));
  }

  beforeAll(() => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`${'x'.repeat(200)} ${at}`, NUMBER]));
    write('wide', 'train', [toyDataset(9, many)]);
    write('wide', 'eval', [toyDataset(4, { ...many, only: NUMBER })]);
    write('sliced', 'train', [
      toyDataset(9, { a: NUMBER }, 'All Examples'),
      toyDataset(2, { a: NUMBER, b: NUMBER }, 'country_us'),
    ]);
    const place = path.join(temp.path, 'damaged', 'Split-train');
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, STATISTICS_FILE), 'not a message');
  });
  afterAll(() => {
    temp[Symbol.dispose]();
  });

  it('continues behind its first page without being told where that ends, quantiles only where they are wanted', async () => {
    const datasets = ['train', 'eval'].map((split) => ({ folder: 'wide', split }));
    for (const withQuantiles of [false, true]) {
      const asked = { type: 'statistics-table', datasets, withQuantiles } as const;
      const first = await readStatisticsTable(load, { ...asked, offset: 0 });
      const rest = await readStatisticsTable(load, { ...asked, offset: 'rest' });
      expect(rest.rows).toEqual((await readStatisticsTable(load, { ...asked, offset: first.next ?? 0 })).rows);
      expect(first.rows.every((row) => row.equal !== undefined)).toBe(true);
      expect(first.rows.some((row) => row.quantiles !== undefined)).toBe(withQuantiles);
    }
  });

  it('comes in pages that leave no feature out and stay within the bound of an answer', async () => {
    const datasets = ['train', 'eval'].map((split) => ({ folder: 'wide', split }));
    const keys: string[] = [];
    let pages = 0;
    for (let offset: number | undefined = 0; offset !== undefined; pages++) {
      const page = await readStatisticsTable(load, { type: 'statistics-table', datasets, offset });
      expect(page.total).toBe(3_001);
      expect(JSON.stringify(page).length).toBeLessThan(MAX_ANSWER_BYTES);
      keys.push(...page.rows.map(({ key }) => key));
      offset = page.next;
    }
    expect(pages).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(3_001);
    expect(keys.at(-1)).toBe('only');
  });

  it('shows all examples of sliced statistics, and the slice that is asked for', async () => {
    const table = (slice?: string) =>
      readStatisticsTable(load, {
        ...{ type: 'statistics-table', offset: 0 },
        datasets: [{ folder: 'sliced', split: 'train', ...(slice !== undefined && { slice }) }],
      });
    const slices = ['All Examples', 'country_us'];
    expect((await table()).datasets).toEqual([{ slice: 'All Examples', examples: 9, slices }]);
    expect((await table('country_us')).rows.map(({ key }) => key)).toEqual(['a', 'b']);
    await expect(table('nowhere')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('has every figure of one feature, and says where there is none', async () => {
    const datasets = [{ folder: 'sliced', split: 'train' }];
    const { row, sides } = await readStatisticsFeature(load, { type: 'statistics-feature', datasets, key: 'a' });
    expect(row.key).toBe('a');
    expect(sides[0]?.quantiles).toHaveLength(11);
    const missing = readStatisticsFeature(load, { type: 'statistics-feature', datasets, key: 'b' });
    await expect(missing).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says that a file is damaged, is not there, or lies outside', async () => {
    const table = (folder: string) =>
      readStatisticsTable(load, { type: 'statistics-table', offset: 0, datasets: [{ folder, split: 'train' }] });
    await expect(table('damaged')).rejects.toMatchObject({ code: 'artifact-damaged' });
    await expect(table('nothing')).rejects.toMatchObject({ code: 'artifact-missing' });
    await expect(table('../../etc')).rejects.toMatchObject({ code: 'forbidden' });
  });
});
