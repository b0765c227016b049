/** Values by frequency: the order, the cut and the two forms in which TFDV writes them. */

import type { RankHistogram, StringStatistics } from '../artifact/statistics';

/** A value and how often it stands, or the summed weight of the examples it stands in. */
export type CountedValue = { readonly value: string; readonly count: number };

/** The label that TFDV gives to every value that is not UTF-8; different ones stay apart under it. */
export const NOT_UTF8_LABEL = '__BYTES_VALUE__';

/** By descending count; of equal counts the larger text first, compared by code points (as by UTF-8 bytes). */
export function rankValues(values: readonly CountedValue[]): readonly CountedValue[] {
  return values.toSorted((a, b) => b.count - a.count || compareCodePoints(b.value, a.value));
}

/** How much of a ranking is kept. */
export type RankingLimits = {
  readonly numTopValues: number;
  readonly numRankHistogramBuckets: number;
  /** Values with a smaller count are left out. */
  readonly threshold: number;
};

/** The `top_values` and the `rank_histogram` of a ranking; ranks start at 0. No histogram when nothing is kept. */
export function topValues(
  ranked: readonly CountedValue[],
  limits: RankingLimits,
): Pick<StringStatistics, 'topValues' | 'rankHistogram'> {
  const below = ranked.findIndex(({ count }) => count < limits.threshold);
  const kept = below === -1 ? ranked : ranked.slice(0, below);
  return {
    topValues: kept.slice(0, limits.numTopValues).map(({ value, count }) => ({ value, frequency: count })),
    rankHistogram: kept.length === 0 ? undefined : rankHistogram(kept.slice(0, limits.numRankHistogramBuckets)),
  };
}

function rankHistogram(kept: readonly CountedValue[]): RankHistogram {
  return {
    name: '',
    buckets: kept.map(({ value, count }, rank) => ({
      lowRank: rank,
      highRank: rank,
      label: value,
      sampleCount: count,
    })),
  };
}

/** Order of two texts by code points, which is that of their UTF-8 bytes: negative when `a` comes first. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return codePointOrder(left) - codePointOrder(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other code unit. */
function codePointOrder(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2000 + 0x10000 : unit;
}
