import { describe, expect, it } from 'vitest';

import { zStatsOptions } from '../catalog/statistics-gen/spec';
import { numericFeature, textFeature } from '../stats/feature-statistics';
import { summarizeNumbers, summaryOfNan } from '../stats/numeric-summary';
import { statisticsHeadline } from '../stats/statistics-headline';
import { toDatasetFigures, zDatasetFigures } from './feature-figures';
import { toStatistics } from './statistics';

const options = zStatsOptions.parse({});
const presence = { numExamples: 5, lengths: { values: [1], counts: [4] } };
const absent = { numExamples: 5, lengths: { values: [], counts: [] } };
const numbers = summarizeNumbers({ values: [0, 1, 3], counts: [1, 2, 1] }, { parts: 1000 });
const infinite = summarizeNumbers({ values: [1, Number.POSITIVE_INFINITY], counts: [3, 1] }, { parts: 1000 });
const ranked = [
  { value: 'x'.repeat(300), count: 3 },
  { value: 'y', count: 1 },
];
const text = { count: 4, totalBytes: 10, unique: 2, invalidUtf8: 0, ranked };
const dataset = {
  name: '',
  numExamples: 5,
  weightedNumExamples: 0,
  crossFeatures: [],
  features: [
    numericFeature({ name: 'a', type: 'INT', presence, numbers }, options),
    numericFeature({ name: 'b', type: 'FLOAT', presence, numbers: infinite }, options),
    numericFeature({ name: 'c', type: 'FLOAT', presence, numbers: summaryOfNan(4) }, options),
    textFeature({ name: 'd', presence, text }, options),
    textFeature({ name: 'e', presence: absent, text: undefined }, options),
  ],
};

it('an empty file has no datasets, hence no figures', () => {
  expect(toStatistics(new Uint8Array(0)).datasets.map(toDatasetFigures)).toEqual([]);
});

describe('the figures of statistics', () => {
  const { features } = toDatasetFigures(dataset);

  it('are those of numbers', () => {
    expect(features[0]).toEqual({
      name: 'a',
      type: 'INT',
      present: 4,
      missing: 1,
      mean: 1.25,
      stdDev: Math.sqrt(1.1875),
      zeros: 1,
      min: 0,
      median: 1,
      max: 3,
    });
  });

  it('write what is not finite as text and survive JSON', () => {
    expect(features[1]).toMatchObject({ mean: 'NaN', max: 'Infinity', min: 1, median: 1 });
    expect(zDatasetFigures.parse(JSON.parse(JSON.stringify(toDatasetFigures(dataset)))).features).toEqual(features);
  });

  it('are absent where there is no value to take them from', () => {
    expect(features[2]).toEqual({ name: 'c', type: 'FLOAT', present: 4, missing: 1 });
    expect(features[4]).toEqual({ name: 'e', type: 'STRING', present: 0, missing: 5 });
  });

  it('shorten a long top value', () => {
    expect(features[3]).toMatchObject({ unique: 2, avgLength: 2.5 });
    expect(features[3]?.topValues).toEqual([
      { value: `${'x'.repeat(199)}…`, frequency: 3 },
      { value: 'y', frequency: 1 },
    ]);
  });
});

it('a headline counts types and what is missing', () => {
  expect(statisticsHeadline(dataset)).toEqual({ numeric: 3, text: 2, missingShare: 9 / 25, allMissing: 1 });
  const nothing = { numeric: 0, text: 0, missingShare: 0, allMissing: 0 };
  expect(statisticsHeadline({ ...dataset, features: [], numExamples: 0 })).toEqual(nothing);
});
