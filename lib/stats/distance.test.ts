import { describe, expect, it } from 'vitest';

import type { Histogram } from '../artifact/statistics';
import { comparatorDistance, divergenceOfBars, jensenShannon, lInfinity } from './distance';
import { toyDataset, type ToyFeature } from './toy-statistics';

function histogram(...buckets: readonly (readonly [number, number, number])[]): Histogram {
  return {
    ...{ type: 'STANDARD', numNan: 0, numUndefined: 0, name: '' },
    buckets: buckets.map(([lowValue, highValue, sampleCount]) => ({ lowValue, highValue, sampleCount })),
  };
}

function feature(given: ToyFeature) {
  const [found] = toyDataset(10, { one: given }).features;
  if (found === undefined) throw new Error('no feature');
  return found;
}

describe('the Jensen–Shannon divergence', () => {
  it('is 0 between the same, also where the buckets are cut differently', () => {
    expect(jensenShannon(histogram([0, 10, 4]), histogram([0, 5, 3], [5, 10, 3]))).toBeCloseTo(0, 12);
  });

  it('is 1 between distributions that have nothing in common', () => {
    expect(jensenShannon(histogram([0, 1, 4]), histogram([2, 3, 9]))).toBeCloseTo(1, 12);
  });

  it('is what the definition says by hand', () => {
    // p = (1, 0), q = (½, ½), m = (¾, ¼): ½·log₂(4/3) + ½·(½·log₂(2/3) + ½·log₂ 2).
    const expected = 0.5 * Math.log2(4 / 3) + 0.5 * (0.5 * Math.log2(2 / 3) + 0.5);
    expect(jensenShannon(histogram([0, 1, 7]), histogram([0, 1, 2], [1, 2, 2]))).toBeCloseTo(expected, 12);
  });

  it('keeps points apart from what spreads over them', () => {
    expect(jensenShannon(histogram([1, 1, 5]), histogram([1, 1, 3]))).toBeCloseTo(0, 12);
    expect(jensenShannon(histogram([1, 1, 5]), histogram([0, 2, 3]))).toBeCloseTo(1, 12);
  });

  it('lets infinities and NaN meet nothing, not even themselves', () => {
    const infinite = histogram([Infinity, Infinity, 4]);
    expect(jensenShannon(infinite, infinite)).toBeCloseTo(1, 12);
    const half = { ...histogram([0, 1, 1]), numNan: 1 };
    expect(jensenShannon(half, half)).toBeCloseTo(0.5, 12);
  });

  it('is not measured without values', () => {
    expect(jensenShannon(histogram(), histogram([0, 1, 1]))).toBeUndefined();
    expect(jensenShannon(undefined, histogram([0, 1, 1]))).toBeUndefined();
  });
});

describe('the divergence of bars', () => {
  it.each([
    [[1, 2, 3], [2, 4, 6], 0],
    [[1, 0], [0, 5], 1],
  ])('of %j and %j is %d', (left, right, expected) => {
    expect(divergenceOfBars(left, right)).toBeCloseTo(expected, 12);
  });

  it('is not measured where a side is empty', () => {
    expect(divergenceOfBars([0, 0], [1, 0])).toBeUndefined();
  });
});

describe('the distance of two features', () => {
  it('is the largest difference of a share for texts', () => {
    expect(
      lInfinity(
        new Map([
          ['a', 3],
          ['b', 1],
        ]),
        new Map([
          ['a', 1],
          ['c', 1],
        ]),
      ),
    ).toBeCloseTo(0.5, 12);
    const distance = comparatorDistance(
      feature({ type: 'STRING', rank: [['a', 1]] }),
      feature({ type: 'STRING', rank: [['b', 1]] }),
    );
    expect(distance).toBe(1);
  });

  it('is not measured between a number and a text', () => {
    expect(
      comparatorDistance(feature({ standard: [[0, 1, 1]] }), feature({ type: 'STRING', rank: [['a', 1]] })),
    ).toBeUndefined();
  });
});
