import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Histogram } from '../artifact/statistics';
import { quantilesHistogram, standardHistogram } from '../stats/histogram';
import { binRange, equalWidthBins, nextUp, quantileBins, type Bins } from './bins';
import { toCumulative } from './cumulative';

/** Both histograms of these values, as StatisticsGen makes them. */
function histogramsOf(values: readonly number[], isWhole: boolean): readonly Histogram[] {
  const sorted = values.toSorted((a, b) => a - b);
  const quantiles = (parts: number) => {
    const boundaries = Array.from(
      { length: parts + 1 },
      (_, part) => sorted[Math.min(Math.floor((part * sorted.length) / parts), sorted.length - 1)] ?? 0,
    );
    return { boundaries, cumulative: boundaries.map((bound) => sorted.filter((value) => value <= bound).length) };
  };
  const finite = { min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
  return [
    standardHistogram(quantiles(1_000), { numBuckets: 10, finite, positiveInfinities: 0, isSinglePrecision: !isWhole }),
    quantilesHistogram(quantiles(10)),
  ];
}

const sum = (counts: readonly number[] | undefined) => (counts ?? []).reduce((all, count) => all + count, 0);
const inside = (bins: Bins, bar: number) => {
  const { min, max, maxExcluded } = binRange(bins, bar);
  return (value: number) => value >= min && (maxExcluded === true ? value < max : value <= max);
};

/** Skewed, as data are: many small values, few large ones, some of them repeated. */
const arbitraryValues = fc.array(
  fc.oneof(fc.constant(0), fc.integer({ min: -20, max: 40 }), fc.integer({ min: -5_000, max: 90_000 })),
  { minLength: 2, maxLength: 60 },
);

describe('bars of two distributions', () => {
  it.each([true, false])('hold all of the mass of each side, whole numbers %s', (isWhole) => {
    fc.assert(
      fc.property(arbitraryValues, arbitraryValues, (train, evaluation) => {
        const scale = isWhole ? 1 : 1 / 7;
        const values = [train, evaluation].map((side) => side.map((value) => Math.fround(value * scale)));
        const histograms = values.map((side) => histogramsOf(side, isWhole));
        const sides = histograms.map((side) => toCumulative(side, { isWhole }));
        const bins = [
          equalWidthBins(sides, { isWhole }),
          quantileBins(
            sides,
            histograms.map((side) => side[1]),
          ),
        ];
        for (const each of bins) {
          for (const [at, counts] of (each?.counts ?? []).entries())
            expect(sum(counts)).toBeCloseTo(values[at]?.length ?? Number.NaN, 6);
          expect(each?.counts.flat().every((count) => (count ?? 0) >= -1e-9)).toBe(true);
          expect(each?.edges.length).toBeLessThanOrEqual(30);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([true, false])('divide the values among their rows: each row is in one bar, whole numbers %s', (isWhole) => {
    fc.assert(
      fc.property(arbitraryValues, (given) => {
        const values = given.map((value) => (isWhole ? value : Math.fround(value / 7)));
        const histograms = histogramsOf(values, isWhole);
        const sides = [toCumulative(histograms, { isWhole })];
        for (const bins of [equalWidthBins(sides, { isWhole }), quantileBins(sides, [histograms[1]])]) {
          if (bins === undefined) throw new Error('no bars');
          const bars = Array.from({ length: bins.edges.length - 1 }, (_, bar) => values.filter(inside(bins, bar)));
          expect(bars.flat().length).toBe(values.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('have a bar for each of few whole numbers, with exact counts', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => Array.from({ length: hour + 1 }, () => hour)).flat();
    const bins = equalWidthBins([toCumulative(histogramsOf(hours, true), { isWhole: true })], { isWhole: true });
    expect(bins?.edges).toEqual(Array.from({ length: 25 }, (_, edge) => edge));
    expect(bins?.counts[0]?.map(Math.round)).toSatisfy((counts: number[]) =>
      counts.every((n, h) => Math.abs(n - h - 1) <= 3),
    );
    const flags = equalWidthBins([toCumulative(histogramsOf([0, 0, 0, 1], true), { isWhole: true })], {
      isWhole: true,
    });
    expect(flags?.counts).toEqual([[expect.closeTo(3, 9), expect.closeTo(1, 9)]]);
  });

  it('cut a long tail, and count it in the last bar', () => {
    const miles = [...Array.from({ length: 500 }, (_, mile) => (mile % 50) / 10), 191, 1_710];
    const bins = equalWidthBins([toCumulative(histogramsOf(miles, false), { isWhole: false })], { isWhole: false });
    expect(bins?.isCutHigh).toBe(true);
    expect(bins?.isCutLow).toBe(false);
    expect(bins?.edges.at(-1)).toBe(1_710);
    expect(bins?.edges.at(-2)).toBeLessThan(20);
    expect(sum(bins?.counts[0])).toBeCloseTo(502, 6);
  });

  it('show the tenths of the first side level, and where the other one differs', () => {
    const train = Array.from({ length: 1_000 }, (_, value) => value);
    const serving = train.map((value) => value / 2);
    const histograms = [train, serving].map((values) => histogramsOf(values, false));
    const bins = quantileBins(
      histograms.map((side) => toCumulative(side, { isWhole: false })),
      histograms.map((side) => side[1]),
    );
    expect(bins?.counts[0]?.every((count) => Math.abs(count - 100) < 2)).toBe(true);
    expect(bins?.counts[1]?.map((count) => Math.round(count / 100))).toEqual([2, 2, 2, 2, 2, 0, 0, 0, 0, 0]);
  });

  it('give a value that fills the first tenth a bar of its own', () => {
    const zeros = [...Array.from({ length: 30 }, () => 0), ...Array.from({ length: 70 }, (_, value) => value + 1)];
    const histograms = histogramsOf(zeros, false);
    const bins = quantileBins([toCumulative(histograms, { isWhole: false })], [histograms[1]]);
    expect(bins && binRange(bins, 0)).toEqual({ min: 0, max: 0 });
    expect(bins && binRange(bins, 1).min).toBe(Number.MIN_VALUE);
    expect(bins?.counts[0]?.[0]).toBeGreaterThan(19);
  });

  it('are none without values, with a range that no number holds, and with a side that has none', () => {
    const wide = histogramsOf([-1.7e308, 1.7e308], true);
    expect(toCumulative(wide, { isWhole: false })).toBeUndefined();
    expect(toCumulative([], { isWhole: false })).toBeUndefined();
    expect(equalWidthBins([undefined, undefined], { isWhole: true })).toBeUndefined();
    const one = toCumulative(histogramsOf([1, 2, 3], true), { isWhole: true });
    expect(equalWidthBins([one, undefined], { isWhole: true })?.counts[1]).toBeUndefined();
  });

  it('leave infinities out', () => {
    const head = { numNan: 0, numUndefined: 0, name: '' };
    const standard: Histogram = {
      ...head,
      type: 'STANDARD',
      buckets: [
        { lowValue: 0, highValue: 5, sampleCount: 4 },
        { lowValue: 5, highValue: 10, sampleCount: 4 },
        { lowValue: Infinity, highValue: Infinity, sampleCount: 2 },
      ],
    };
    const quantiles: Histogram = {
      ...head,
      type: 'QUANTILES',
      buckets: [{ lowValue: 0, highValue: Infinity, sampleCount: 10 }],
    };
    const side = toCumulative([standard, quantiles], { isWhole: false });
    expect([side?.min, side?.max, side?.total]).toEqual([0, 10, 8]);
  });
});

describe('the next double', () => {
  it.each([
    [0, Number.MIN_VALUE],
    [1, 1 + Number.EPSILON],
    [-1, -1 + Number.EPSILON / 2],
  ])('after %s is %s', (value, next) => {
    expect(nextUp(value)).toBe(next);
  });
});
