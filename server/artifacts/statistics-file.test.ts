import { readFileSync, readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { fromStatistics, toStatistics } from '../../lib/artifact/statistics';
import { compareStatistics } from '../testing/compare-statistics';
import { readIndependently, writeIndependently } from '../testing/independent-statistics';
import { hasSharedData, sharedPath } from '../testing/shared-data';

const GOLDENS = hasSharedData
  ? readdirSync(sharedPath('goldens', 'tfdv-stats'))
      .filter((file) => file.endsWith('.FeatureStats.pb'))
      .map((file) => file.replace('.FeatureStats.pb', ''))
  : [];

describe.skipIf(!hasSharedData)('a FeatureStats.pb that TFDV wrote', () => {
  it.each(GOLDENS)('%s is read and written again without a change', (name) => {
    const bytes = readFileSync(sharedPath('goldens', 'tfdv-stats', `${name}.FeatureStats.pb`));
    const golden: unknown = JSON.parse(readFileSync(sharedPath('goldens', 'tfdv-stats', `${name}.json`), 'utf8'));
    const ours = readIndependently(fromStatistics(toStatistics(bytes)));
    expect(ours).toEqual(readIndependently(bytes));
    expect(compareStatistics(ours, golden)).toEqual([]);
  });
});

it('statistics with every kind of field are the same to an independent reader', () => {
  const histogram = {
    num_nan: '3',
    num_undefined: '1',
    buckets: [{ low_value: '-Infinity', high_value: -0.5, sample_count: 1.25 }],
    type: 'QUANTILES',
    name: 'h',
  };
  const ranks = { buckets: [{ low_rank: '1', high_rank: '1', label: 'ß', sample_count: 2 }], name: 'r' };
  const weighted = { num_non_missing: 1.5, num_missing: 0.5, avg_num_values: 2, tot_num_values: 3 };
  const common_stats = {
    num_non_missing: '9007199254740991',
    num_missing: '2',
    min_num_values: '1',
    max_num_values: '300',
    avg_num_values: 1.5,
    num_values_histogram: histogram,
    weighted_common_stats: weighted,
    tot_num_values: '7',
    feature_list_length_histogram: histogram,
    presence_and_valency_stats: [{ num_non_missing: '1', num_missing: '2', min_num_values: '3', tot_num_values: '4' }],
    weighted_presence_and_valency_stats: [weighted],
  };
  const features = [
    {
      name: 'n',
      type: 'FLOAT',
      num_stats: {
        common_stats,
        mean: 'NaN',
        std_dev: 1e-300,
        num_zeros: '5',
        min: -1,
        median: 2,
        max: 'Infinity',
        histograms: [histogram, histogram],
        weighted_numeric_stats: { mean: 1, std_dev: 2, median: 3, histograms: [histogram] },
      },
    },
    {
      path: { step: ['a', 'b'] },
      type: 'STRING',
      string_stats: {
        common_stats,
        unique: '4',
        top_values: [{ value: '日本', frequency: 2 }],
        avg_length: 6.5,
        rank_histogram: ranks,
        weighted_string_stats: { top_values: [{ value: 'x', frequency: 0.5 }], rank_histogram: ranks },
        vocabulary_file: 'v',
        invalid_utf8_count: '1',
      },
      custom_stats: [
        { name: 'c', num: 1.5 },
        { name: 'd', str: 's' },
        { name: 'e', histogram },
        { name: 'f', rank_histogram: ranks },
      ],
    },
    {
      path: { step: ['p'] },
      type: 'BYTES',
      bytes_stats: {
        common_stats,
        unique: '1',
        avg_num_bytes: 2,
        min_num_bytes: 1,
        max_num_bytes: 3,
        max_num_bytes_int: '-3',
      },
    },
    { path: { step: ['s'] }, type: 'STRUCT', struct_stats: { common_stats } },
  ];
  const cross_features = [
    {
      path_x: { step: ['a'] },
      path_y: { step: ['b'] },
      count: '5',
      num_cross_stats: { correlation: 0.5, covariance: -2 },
    },
    {
      path_x: { step: ['a'] },
      path_y: { step: ['b'] },
      categorical_cross_stats: {
        lift: {
          lift_series: [
            {
              y_int: -3,
              y_count: '2',
              lift_values: [{ x_string: 'x', lift: 1.5, x_count: '2', x_and_y_count: '1' }],
            },
          ],
          weighted_lift_series: [
            {
              y_bucket: { low_value: '-Infinity', high_value: 2 },
              weighted_y_count: 2.5,
              lift_values: [{ x_int: 7, lift: 1, weighted_x_count: 2, weighted_x_and_y_count: 0.5 }],
            },
          ],
        },
      },
    },
  ];
  const list = {
    datasets: [{ name: 'slice', num_examples: '3', weighted_num_examples: 4.5, features, cross_features }],
  };
  const theirs = writeIndependently(list);
  expect(readIndependently(theirs)).toEqual(list);
  expect(readIndependently(fromStatistics(toStatistics(theirs)))).toEqual(list);
});
