import { describe, expect, it } from 'vitest';

import { epochOrder, fillGlorotUniform, randomStream } from './training-chance';

const draw = (seed: number, stream: number): number[] => {
  const random = randomStream(seed, stream);
  return Array.from({ length: 5 }, () => random.uint32());
};

describe('the chance of training', () => {
  it('repeats itself for the same seed and stream, and for no other', () => {
    expect(draw(42, 3)).toEqual(draw(42, 3));
    const firsts = [draw(42, 0), draw(43, 0), draw(42, 1), draw(42, 2), draw(0, 0), draw(0, 1)].map(([first]) => first);
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('draws weights within the limit of Glorot', () => {
    const weights = new Float32Array(10_000);
    fillGlorotUniform(weights, { fanIn: 100, fanOut: 50 }, randomStream(1, 0));
    const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    expect(largest).toBeLessThanOrEqual(Math.fround(0.2));
    expect(largest).toBeGreaterThan(0.199);
    expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) / weights.length)).toBeLessThan(0.005);
  });

  it('puts every row somewhere, in another order each epoch', () => {
    const order = epochOrder(1_000, 5, 1);
    expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, row) => row));
    expect(order).toEqual(epochOrder(1_000, 5, 1));
    expect(order).not.toEqual(epochOrder(1_000, 5, 2));
    expect(epochOrder(0, 5, 1)).toHaveLength(0);
  });
});
