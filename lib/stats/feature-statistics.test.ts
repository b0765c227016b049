import { describe, expect, it } from 'vitest';

import type { Histogram } from '../artifact/statistics';
import { zStatsOptions } from '../catalog/statistics-gen/spec';
import { fineQuantiles, numericFeature, textFeature } from './feature-statistics';
import { summarizeNumbers, summarizeWeighted, summaryOfNan } from './numeric-summary';

const bucketsOf = (histogram: Histogram | undefined) =>
  (histogram?.buckets ?? []).map(({ lowValue, highValue, sampleCount }) => [lowValue, highValue, sampleCount]);

function expectBuckets(histogram: Histogram | undefined, expected: readonly (readonly number[])[]) {
  const buckets = bucketsOf(histogram);
  expect(buckets).toHaveLength(expected.length);
  for (const [index, bucket] of buckets.entries())
    for (const [position, value] of bucket.entries())
      expect(value).toBeCloseTo(expected[index]?.[position] ?? Number.NaN, 4);
}

describe('WT-O1 weighted numeric statistics', () => {
  const options = zStatsOptions.parse({
    numValuesHistogramBuckets: 4,
    numHistogramBuckets: 3,
    numQuantilesHistogramBuckets: 4,
    weightFeature: 'w',
  });
  const parts = fineQuantiles(options);
  const values = [1, 2, 3, 4, 5];
  const { numStats } = numericFeature(
    {
      name: 'a',
      type: 'FLOAT',
      presence: {
        numExamples: 4,
        lengths: { values: [2, 3, 4], counts: [1, 1, 1] },
        weighted: { nonMissing: 6, missing: 2, values: 20 },
      },
      numbers: summarizeNumbers({ values, counts: [2, 1, 1, 1, 1] }, { numNan: 3, parts }),
      weighted: summarizeWeighted({ values, weights: [4, 1, 2, 2, 2], positiveWeights: [4, 1, 2, 2, 2] }, { parts }),
    },
    options,
  );

  it('counts presence and values by weight', () => {
    expect(numStats?.commonStats).toMatchObject({ numNonMissing: 3, numMissing: 1, totNumValues: 9 });
    expect(numStats?.commonStats?.weightedCommonStats).toEqual({
      numNonMissing: 6,
      numMissing: 2,
      avgNumValues: 20 / 6,
      totNumValues: 20,
    });
  });

  it('weighs moments, median and histograms', () => {
    const weighted = numStats?.weightedNumericStats;
    expect(numStats?.mean).toBeCloseTo(2.66666666, 6);
    expect(weighted?.mean).toBeCloseTo(2.7272727, 6);
    expect(weighted?.stdDev).toBeCloseTo(1.5427784, 6);
    expect(weighted?.median).toBe(3);
    expect(weighted?.histograms.map(({ numNan }) => numNan)).toEqual([3, 3]);
    expectBuckets(weighted?.histograms[0], [
      [1, 2.3333333, 5.0091324],
      [2.3333333, 3.6666667, 2.0091324],
      [3.6666667, 5, 3.9817352],
    ]);
    expectBuckets(weighted?.histograms[1], [
      [1, 1, 4],
      [1, 3, 3],
      [3, 4, 2],
      [4, 5, 2],
    ]);
  });
});

describe('numbers without a value', () => {
  const options = zStatsOptions.parse({});
  const presence = { numExamples: 2, lengths: { values: [1], counts: [2] } };

  it('have two histograms of NaN when every value is NaN', () => {
    const { numStats } = numericFeature({ name: 'a', type: 'FLOAT', presence, numbers: summaryOfNan(2) }, options);
    expect(numStats?.histograms.map(({ type, numNan, buckets }) => [type, numNan, buckets.length])).toEqual([
      ['STANDARD', 2, 0],
      ['QUANTILES', 2, 0],
    ]);
    expect(numStats).toMatchObject({ mean: 0, stdDev: 0, min: 0, max: 0, median: 0 });
  });

  it('have no mean and no deviation where there are infinities', () => {
    const one = summarizeNumbers({ values: [1, Number.POSITIVE_INFINITY], counts: [1, 1] }, { parts: 10 });
    expect([one.mean, one.stdDev]).toEqual([Number.NaN, 0]);
    const both = summarizeNumbers({ values: [-Infinity, 1, Infinity], counts: [1, 1, 1] }, { parts: 10 });
    expect([both.mean, both.stdDev]).toEqual([Number.NaN, 0]);
  });
});

it('a text feature without values has common statistics only', () => {
  const presence = { numExamples: 3, lengths: { values: [], counts: [] } };
  const { type, stringStats } = textFeature({ name: 'a', presence, text: undefined }, zStatsOptions.parse({}));
  expect(type).toBe('STRING');
  expect(stringStats).toMatchObject({ unique: 0, topValues: [], avgLength: 0 });
  expect(stringStats?.rankHistogram).toBeUndefined();
  expect(stringStats?.commonStats).toMatchObject({ numNonMissing: 0, numMissing: 3 });
  expect(stringStats?.commonStats?.numValuesHistogram).toBeUndefined();
});
