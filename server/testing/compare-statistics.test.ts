import { expect, it } from 'vitest';

import { compareStatistics } from './compare-statistics';

const dataset = (features: readonly object[]) => ({ datasets: [{ num_examples: '2', features }] });
const feature = (name: string, num_stats: object) => ({ path: { step: [name] }, num_stats });

it('finds a difference wherever it lies, and none where there is none', () => {
  const golden = dataset([
    feature('a', { mean: 1, histograms: [{ buckets: [{ high_value: 2, sample_count: 10 }] }] }),
    feature('b', { num_zeros: '3' }),
  ]);
  expect(compareStatistics(structuredClone(golden), golden)).toEqual([]);
  const ours = dataset([
    feature('b', { num_zeros: '4' }),
    feature('a', { mean: 1.00001, max: 7, histograms: [{ buckets: [{ high_value: 2.1, sample_count: 10.6 }] }] }),
  ]);
  expect(compareStatistics(ours, golden)).toEqual([
    '.datasets[0].features[a].num_stats.mean: golden 1, ours 1.00001',
    '.datasets[0].features[a].num_stats.max: golden undefined, ours 7',
    '.datasets[0].features[a].num_stats.histograms[0].buckets[0].high_value: golden 2, ours 2.1',
    '.datasets[0].features[a].num_stats.histograms[0].buckets[0].sample_count: golden 10, ours 10.6',
    '.datasets[0].features[b].num_stats.num_zeros: golden "3", ours "4"',
  ]);
  expect(compareStatistics(dataset([]), golden)).toHaveLength(3);
});

it('compares boundaries of a sketched feature by rank', () => {
  const sketched = { a: Array.from({ length: 1000 }, (_, index) => index * 5) };
  const golden = dataset([feature('a', { median: 2500 })]);
  expect(compareStatistics(dataset([feature('a', { median: 2545 })]), golden, { sketched })).toEqual([]);
  expect(compareStatistics(dataset([feature('a', { median: 2600 })]), golden, { sketched })).toHaveLength(1);
  expect(compareStatistics(dataset([feature('a', { median: 2545 })]), golden)).toHaveLength(1);
});
