/** What TFDV says of the numbers of a feature, in one record; made here from distinct values, elsewhere by SQL. */

import { quantilesOf, type Quantiles, type ValueCounts } from './quantiles';

/** The numbers of a feature, NaN counted apart. Everything but `numNan` is about the others. */
export type NumericSummary = {
  readonly numNan: number;
  /** How many values are not NaN. */
  readonly count: number;
  readonly numZeros: number;
  readonly min: number;
  readonly max: number;
  /** Smallest and largest finite value; undefined when there is none. */
  readonly finite: { readonly min: number; readonly max: number } | undefined;
  readonly positiveInfinities: number;
  /** NaN where there are infinities, as TFDV has it. */
  readonly mean: number;
  /** Population standard deviation; 0 where infinities leave it undefined, as TFDV writes it. */
  readonly stdDev: number;
  /** Fine boundaries, both histograms' source. */
  readonly quantiles: Quantiles;
};

/** The same numbers, each counted by its example's weight. */
export type WeightedNumericSummary = Pick<NumericSummary, 'mean' | 'stdDev' | 'quantiles' | 'positiveInfinities'>;

/** A summary of nothing but NaN. */
export function summaryOfNan(numNan: number): NumericSummary {
  return {
    numNan,
    count: 0,
    numZeros: 0,
    min: Number.NaN,
    max: Number.NaN,
    finite: undefined,
    positiveInfinities: 0,
    mean: Number.NaN,
    stdDev: 0,
    quantiles: { boundaries: [], cumulative: [] },
  };
}

/** The summary of distinct values, ascending and without NaN, with `parts` fine quantiles. */
export function summarizeNumbers(counted: ValueCounts, { numNan = 0, parts }: SummaryOptions): NumericSummary {
  const { values, counts } = counted;
  const moments = momentsOf(counted);
  if (moments.total === 0) return summaryOfNan(numNan);
  return {
    numNan,
    count: moments.total,
    numZeros: countOf(counted, 0),
    min: values[0] ?? Number.NaN,
    max: values[values.length - 1] ?? Number.NaN,
    finite: finiteRange(counted),
    positiveInfinities: countOf({ values, counts }, Number.POSITIVE_INFINITY),
    mean: moments.mean,
    stdDev: moments.stdDev,
    quantiles: quantilesOf(counted, parts),
  };
}

/** Options of {@link summarizeNumbers}. */
export type SummaryOptions = { readonly numNan?: number; readonly parts: number };

/** The weights of distinct values, ascending and without NaN. */
export type ValueWeights = {
  readonly values: ArrayLike<number>;
  /** The summed weights of each value's examples; may be negative. */
  readonly weights: ArrayLike<number>;
  /** The same with negative weights left out, for the quantiles. */
  readonly positiveWeights: ArrayLike<number>;
};

/** The weighted summary. Mean and deviation are 0 when the weights sum to 0. */
export function summarizeWeighted(weighted: ValueWeights, { parts }: SummaryOptions): WeightedNumericSummary {
  const { mean, stdDev } = momentsOf({ values: weighted.values, counts: weighted.weights });
  const positive = { values: weighted.values, counts: weighted.positiveWeights };
  return {
    mean,
    stdDev,
    positiveInfinities: countOf(positive, Number.POSITIVE_INFINITY),
    quantiles: quantilesOf(positive, parts),
  };
}

type Moments = { readonly total: number; readonly mean: number; readonly stdDev: number };

/** Mean and population deviation in two passes over the distinct values, with compensated sums (Neumaier 1974). */
function momentsOf({ values, counts }: ValueCounts): Moments {
  const total = compensatedSum(counts.length, (index) => counts[index] ?? 0);
  if (total === 0) return { total: 0, mean: 0, stdDev: 0 };
  const first = values[0] ?? 0;
  const last = values[values.length - 1] ?? 0;
  if (!Number.isFinite(first) || !Number.isFinite(last)) return { total, mean: Number.NaN, stdDev: 0 };
  const mean = compensatedSum(values.length, (index) => (values[index] ?? 0) * (counts[index] ?? 0)) / total;
  const squares = compensatedSum(values.length, (index) => ((values[index] ?? 0) - mean) ** 2 * (counts[index] ?? 0));
  return { total, mean, stdDev: Math.sqrt(Math.max(0, squares / total)) };
}

function compensatedSum(length: number, termAt: (index: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let index = 0; index < length; index++) {
    const term = termAt(index);
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}

function countOf({ values, counts }: ValueCounts, wanted: number): number {
  for (let index = 0; index < values.length; index++) if (values[index] === wanted) return counts[index] ?? 0;
  return 0;
}

function finiteRange({ values, counts }: ValueCounts): NumericSummary['finite'] {
  let range: { min: number; max: number } | undefined;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value) || (counts[index] ?? 0) <= 0) continue;
    range = { min: range?.min ?? value, max: value };
  }
  return range;
}
