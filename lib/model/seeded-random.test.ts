import { describe, expect, it } from 'vitest';

import { fillGlorotUniform, seededRandom, shuffledOrder } from './seeded-random';

const draw = (count: number, seed: number, stream?: number): number[] => {
  const random = seededRandom(seed, stream);
  return Array.from({ length: count }, () => random.next());
};

describe('seeded chance', () => {
  it('repeats itself for the same seed and stream, and for no other', () => {
    expect(draw(5, 42)).toEqual(draw(5, 42));
    expect(draw(5, 42, 3)).toEqual(draw(5, 42, 3));
    const firsts = [draw(1, 42), draw(1, 43), draw(1, 42, 1), draw(1, 42 + 2 ** 32), draw(1, 0), draw(1, -1)].flat();
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('spreads evenly from 0 to below 1', () => {
    const numbers = draw(20_000, 7);
    const tenths = new Array<number>(10).fill(0);
    for (const number of numbers) tenths[Math.floor(number * 10)] = (tenths[Math.floor(number * 10)] ?? 0) + 1;
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
    const pairs = numbers.slice(1).map((number, index) => (number - 0.5) * ((numbers[index] ?? 0) - 0.5));
    expect(Math.abs(pairs.reduce((sum, product) => sum + product, 0) / pairs.length)).toBeLessThan(0.002);
  });

  it('draws weights within the limit of Glorot', () => {
    const weights = new Float32Array(10_000);
    fillGlorotUniform(weights, { fanIn: 100, fanOut: 50 }, seededRandom(1));
    const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    expect(largest).toBeLessThanOrEqual(0.2);
    expect(largest).toBeGreaterThan(0.199);
    expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) / weights.length)).toBeLessThan(0.005);
  });

  it('puts every row somewhere, in another order each time', () => {
    const order = shuffledOrder(1_000, seededRandom(5, 1));
    expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
    expect(order).not.toEqual(shuffledOrder(1_000, seededRandom(5, 2)));
    expect(shuffledOrder(0, seededRandom(5))).toHaveLength(0);
  });
});
