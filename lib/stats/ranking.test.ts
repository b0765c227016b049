import { describe, expect, it } from 'vitest';

import { rankValues, topValues } from './ranking';

function counted(rows: readonly (readonly string[])[]) {
  const counts = new Map<string, number>();
  for (const value of rows.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}

describe('TK-O1 ties: larger value first; 0-based ranks', () => {
  const ranked = rankValues(
    counted([
      ['a', 'b', 'c', 'e'],
      ['a', 'c', 'd', 'a'],
      ['a', 'b', 'c', 'd'],
    ]),
  );

  it('ranks by descending count, then by descending value', () => {
    const { topValues: top, rankHistogram } = topValues(ranked, {
      numTopValues: 4,
      numRankHistogramBuckets: 3,
      threshold: 1,
    });
    expect(top.map(({ value, frequency }) => [value, frequency])).toEqual([
      ['a', 4],
      ['c', 3],
      ['d', 2],
      ['b', 2],
    ]);
    expect(rankHistogram?.buckets.map((b) => [b.lowRank, b.highRank, b.label, b.sampleCount])).toEqual([
      [0, 0, 'a', 4],
      [1, 1, 'c', 3],
      [2, 2, 'd', 2],
    ]);
    expect(ranked).toHaveLength(5);
  });

  it('stops below the threshold', () => {
    const limits = { numTopValues: 9, numRankHistogramBuckets: 9, threshold: 3 };
    expect(topValues(ranked, limits).topValues).toHaveLength(2);
    expect(topValues(ranked, limits).rankHistogram?.buckets).toHaveLength(2);
    expect(topValues(ranked, { ...limits, threshold: 5 }).rankHistogram).toBeUndefined();
  });
});

it('compares text by code points, as UTF-8 bytes compare', () => {
  const ranked = rankValues([
    { value: '\u{1F600}', count: 1 },
    { value: '\uFF5E', count: 1 },
    { value: 'ab', count: 1 },
    { value: 'a', count: 1 },
  ]);
  expect(ranked.map(({ value }) => value)).toEqual(['\u{1F600}', '\uFF5E', 'ab', 'a']);
});
