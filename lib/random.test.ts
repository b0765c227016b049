import { expect, it } from 'vitest';

import { Random } from './random';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.uint32());

it('gives the same numbers for the same seed, and others for another', () => {
  expect(draw(Random.of(42), 5)).toEqual(draw(Random.of(42), 5));
  expect(draw(Random.of(42), 5)).not.toEqual(draw(Random.of(43), 5));
  expect(draw(Random.of(1), 5)).not.toEqual(draw(Random.of(2 ** 40 + 1), 5));
});

it('goes on from a kept state', () => {
  const random = Random.of(7);
  draw(random, 100);
  const kept = Random.at(random.state());
  expect(draw(kept, 10)).toEqual(draw(random, 10));
});

it('spreads evenly over numbers and places', () => {
  const random = Random.of(3);
  const numbers = Array.from({ length: 20_000 }, () => random.number());
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(numbers.reduce((sum, value) => sum + value, 0) / numbers.length).toBeCloseTo(0.5, 2);
  const counts = new Array<number>(6).fill(0);
  for (let index = 0; index < 60_000; index++) {
    const place = random.below(6);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

it('shuffles to a permutation, each first with the same chance', () => {
  const random = Random.of(11);
  const firsts = new Array<number>(4).fill(0);
  for (let round = 0; round < 8_000; round++) {
    const values = Int32Array.from([0, 1, 2, 3]);
    random.shuffle(values);
    expect([...values].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    firsts[values[0] ?? 0] = (firsts[values[0] ?? 0] ?? 0) + 1;
  }
  for (const count of firsts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
});
