import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bucketWeights, quantilesHistogram, standardHistogram } from './histogram';
import { medianOf, quantilesOf, rebinQuantiles } from './quantiles';

const INF = Number.POSITIVE_INFINITY;

describe('HI-O1 bucket weights from boundaries and cumulative counts', () => {
  it.each([
    [
      [1, 60, 120, 180, 240, 300],
      [1, 60, 120, 180, 240, 300],
      [60, 60, 60, 60, 60],
    ],
    [
      [1, 1, 1],
      [2, 2, 2],
      [1, 1],
    ],
    [
      [1, 2, 2],
      [1, 2, 2],
      [1.5, 0.5],
    ],
    [
      [1, 2, 2, 2, 3, 3, 4],
      [1, 34, 34, 34, 51, 51, 60],
      [12, 11, 11, 8.5, 8.5, 9],
    ],
  ])('boundaries %j with counts %j weigh %j', (boundaries, cumulative, weights) => {
    expect(bucketWeights({ boundaries, cumulative })).toEqual(weights);
  });
});

describe('HI-O2 equal-width histogram from quantiles', () => {
  const run = (boundaries: number[], cumulative: number[], options: { n: number; min: number; max: number }) =>
    standardHistogram(
      { boundaries, cumulative },
      { numBuckets: options.n, finite: { min: options.min, max: options.max }, positiveInfinities: 0 },
    ).buckets.map(({ lowValue, highValue, sampleCount }) => [lowValue, highValue, sampleCount]);

  it('spreads quantile buckets over edges that are boundaries', () => {
    expect(run([1, 2, 3, 4, 5, 7], [2, 5, 7, 10, 12, 15], { n: 2, min: 1, max: 7 })).toEqual([
      [1, 4, 10],
      [4, 7, 5],
    ]);
  });
  it('spreads quantile buckets over edges between boundaries', () => {
    expect(run([1, 2, 3, 4, 5, 7], [2, 5, 7, 10, 12, 15], { n: 4, min: 1, max: 7 })).toEqual([
      [1, 2.5, 6],
      [2.5, 4, 4],
      [4, 5.5, 2.75],
      [5.5, 7, 2.25],
    ]);
  });
  it('makes a single bucket of a single finite value', () => {
    expect(run([5, 5, 5, 5, 5], [3, 3, 3, 3, 3], { n: 1, min: 5, max: 5 })).toEqual([[5, 5, 3]]);
  });
  it('gives negative infinities a bucket of their own', () => {
    expect(run([-INF, -INF, 1, 2, 3], [5, 7, 10, 12, 15], { n: 4, min: 1, max: 3 })).toEqual([
      [-INF, -INF, 7],
      [1, 1.5, 2.5],
      [1.5, 2, 2.5],
      [2, 2.5, 1.5],
      [2.5, 3, 1.5],
    ]);
  });
  it('counts buckets without width once, in the bucket on their left', () => {
    expect(run([1, 2, 2, 2, 3, 3, 4], [1, 34, 34, 34, 51, 51, 60], { n: 2, min: 1, max: 4 })).toEqual([
      [1, 2.5, 38.25],
      [2.5, 4, 21.75],
    ]);
  });
});

describe('HI-O3 median helper and rebinning', () => {
  it.each([
    [[5], 5],
    [[3, 5], 4],
    [[3, 4, 5], 4],
    [[3, 4, 5, 6], 4.5],
  ])('the median of boundaries %j is %d', (boundaries, median) => {
    expect(medianOf(boundaries)).toBe(median);
  });
  it('keeps every second boundary', () => {
    expect(rebinQuantiles({ boundaries: [0, 1, 2, 3, 4], cumulative: [0, 1, 2, 3, 4] }, 2)).toEqual({
      boundaries: [0, 2, 4],
      cumulative: [0, 2, 4],
    });
  });
  it('refuses a factor that does not divide the number of quantiles', () => {
    expect(() => rebinQuantiles({ boundaries: [0, 1, 2, 3, 4], cumulative: [0, 1, 2, 3, 4] }, 3)).toThrow(
      '4 quantiles cannot be reduced by the factor 3',
    );
  });
});

describe('histograms of infinities', () => {
  it('ends the last finite bucket at the largest finite value', () => {
    const quantiles = quantilesOf({ values: [1, 2, 3, INF], counts: [1, 1, 1, 2] }, 100);
    const { buckets } = standardHistogram(quantiles, {
      numBuckets: 2,
      finite: { min: 1, max: 3 },
      positiveInfinities: 2,
    });
    expect(buckets.at(-1)).toEqual({ lowValue: INF, highValue: INF, sampleCount: 2 });
    expect(buckets.slice(0, 2).reduce((sum, bucket) => sum + bucket.sampleCount, 0)).toBeCloseTo(3, 9);
  });
  it('keeps one bucket when there is no finite value', () => {
    const quantiles = quantilesOf({ values: [-INF, INF], counts: [3, 1] }, 100);
    const { buckets } = standardHistogram(quantiles, { numBuckets: 10, finite: undefined, positiveInfinities: 1 });
    expect(buckets).toEqual([{ lowValue: -INF, highValue: INF, sampleCount: 4 }]);
  });
  it('has no buckets when the range overflows a double', () => {
    const quantiles = quantilesOf({ values: [-1.7e308, 1.7e308], counts: [1, 1] }, 100);
    const finite = { min: -1.7e308, max: 1.7e308 };
    expect(standardHistogram(quantiles, { numBuckets: 10, finite, positiveInfinities: 0 }).buckets).toEqual([]);
  });
});

const samples = fc.array(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 300,
});

function countValues(sample: readonly number[]) {
  const sorted = sample.map((value) => value + 0).toSorted((a, b) => a - b);
  const values = [...new Set(sorted)];
  return { sorted, values, counts: values.map((value) => sorted.filter((other) => other === value).length) };
}

describe('quantiles', () => {
  it('are the sorted values at floor(r·n/N), with the number of values up to them', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 50 }), (sample, parts) => {
        const { sorted, values, counts } = countValues(sample);
        const { boundaries, cumulative } = quantilesOf({ values, counts }, parts);
        const expected = Array.from(
          { length: parts + 1 },
          (_, r) => sorted[Math.min(Math.floor((r * sorted.length) / parts), sorted.length - 1)],
        );
        expect(boundaries).toEqual(expected);
        expect(cumulative).toEqual(expected.map((edge) => sorted.filter((value) => value <= (edge ?? 0)).length));
      }),
    );
  });
  it('leave out values without weight', () => {
    expect(quantilesOf({ values: [1, 2, 3, 4], counts: [0, 1, 1, -2] }, 2).boundaries).toEqual([2, 3, 3]);
    expect(quantilesOf({ values: [1], counts: [0] }, 2).boundaries).toEqual([]);
  });
});

describe('histograms', () => {
  it('count every value, whatever the number of buckets', () => {
    fc.assert(
      fc.property(
        samples,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (sample, numBuckets, q) => {
          const { sorted, values, counts } = countValues(sample);
          const quantiles = quantilesOf({ values, counts }, 100 * q);
          const finite = { min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
          const sum = (histogram: { buckets: readonly { sampleCount: number }[] }) =>
            histogram.buckets.reduce((total, bucket) => total + bucket.sampleCount, 0);
          expect(sum(quantilesHistogram(rebinQuantiles(quantiles, 100)))).toBeCloseTo(sorted.length, 6);
          expect(sum(standardHistogram(quantiles, { numBuckets, finite, positiveInfinities: 0 }))).toBeCloseTo(
            sorted.length,
            6,
          );
        },
      ),
    );
  });
});
