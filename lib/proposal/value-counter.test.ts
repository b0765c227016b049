import { describe, expect, it } from 'vitest';

import { EXACT_LIMIT, shorten, shownText, ValueCounter } from './value-counter';

function count(values: Iterable<string>): ValueCounter {
  const counter = new ValueCounter();
  for (const value of values) {
    const bytes = new TextEncoder().encode(value);
    counter.add(bytes, 0, bytes.length);
  }
  return counter;
}

const numbers = (length: number) => Array.from({ length }, (_, index) => `value ${index}`);

describe('ValueCounter', () => {
  it('counts few values one by one, the most frequent first', () => {
    const counter = count(['a', 'b', 'b', '', 'c', 'b', 'c']);
    expect(counter.isExact).toBe(true);
    expect(counter.distinct).toBe(4);
    expect(counter.shown(2)).toEqual([
      { text: 'b', count: 3 },
      { text: 'c', count: 2 },
    ]);
  });

  it('is exact up to its limit and an estimate beyond', () => {
    expect(count(numbers(EXACT_LIMIT)).distinct).toBe(EXACT_LIMIT);
    expect(count(numbers(EXACT_LIMIT)).isExact).toBe(true);
    expect(count(numbers(EXACT_LIMIT + 1)).isExact).toBe(false);
  });

  it.each([300, 1_000, 3_000, 20_000, 200_000])('estimates %d values within ten percent', (size) => {
    const values = [...numbers(size), ...numbers(size)];
    const { distinct } = count(values);
    expect(Math.abs(distinct - size) / size).toBeLessThan(0.1);
  });

  it('shows the first values, without counts, where there are many', () => {
    expect(count(numbers(1_000)).shown(2)).toEqual([{ text: 'value 0' }, { text: 'value 1' }]);
  });
});

it('cuts long values at whole characters', () => {
  expect(shorten('short')).toBe('short');
  expect(Array.from(shorten('🦩'.repeat(200)))).toHaveLength(60);
  const bytes = new TextEncoder().encode('ع'.repeat(500));
  expect(shownText(bytes, 0, bytes.length)).toBe(`${'ع'.repeat(59)}…`);
});
