import { describe, expect, it } from 'vitest';

import { radixOrder } from './radix-order';

/** Numbers without a pattern, the same at every run. */
function numbers(count: number, bits: number): Uint32Array {
  let state = 2_463_534_242;
  return Uint32Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) >>> (32 - bits);
  });
}

function indexes(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, at) => at);
}

describe('the order of places by their keys', () => {
  it.each([1, 8, 16, 17, 23, 24, 25, 31, 32])('is that of a stable sort for keys of %d bits', (bits) => {
    const keys = numbers(5_000, bits);
    const expected = [...indexes(5_000)].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
    const greatest = keys.reduce((most, key) => Math.max(most, key), 0);
    expect([...radixOrder({ places: indexes(5_000), low: keys.slice(), greatest })]).toEqual(expected);
  });

  it('is that of a stable sort for keys of two words', () => {
    const low = numbers(5_000, 32);
    const high = numbers(5_001, 4).slice(1);
    const expected = [...indexes(5_000)].sort(
      (a, b) => (high[a] ?? 0) - (high[b] ?? 0) || (low[a] ?? 0) - (low[b] ?? 0) || a - b,
    );
    expect([...radixOrder({ places: indexes(5_000), low: low.slice(), high })]).toEqual(expected);
  });

  it('leaves places alone whose keys share a digit', () => {
    const keys = Uint32Array.from({ length: 300 }, (_, at) => 5_000_000 + ((at * 7) % 300));
    const expected = [...indexes(300)].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    expect([...radixOrder({ places: indexes(300), low: keys.slice(), greatest: 5_000_299 })]).toEqual(expected);
  });
});
