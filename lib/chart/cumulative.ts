/**
 * How many values lie at or below a number, as two histograms of the same values tell it together: equal-width buckets
 * are fine where values are spread, quantiles where they are dense. Inside a bucket values are taken as evenly spread.
 */

import type { Histogram, HistogramBucket } from '../artifact/statistics';

/** The distribution of a feature's finite values. */
export type Cumulative = {
  readonly min: number;
  readonly max: number;
  /** How many finite values there are. */
  readonly total: number;
  /** Where the counts are known and not interpolated, ascending. */
  readonly known: readonly number[];
  /** How many values are at most `x`. */
  readonly upTo: (x: number) => number;
  /** How many values are less than `x`. */
  readonly below: (x: number) => number;
};

/** A place where the count is known: `below` values are less than `x`, `upTo` at most `x`. */
type Knot = { readonly x: number; readonly below: number; readonly upTo: number };

/** Options of {@link toCumulative}. */
export type CumulativeOptions = {
  /** Values are whole numbers: a bucket spreads over those that it holds. */
  readonly isWhole: boolean;
};

/** Joins the histograms of a feature. Undefined without finite values, or where their range is no finite number. */
export function toCumulative(histograms: readonly Histogram[], options: CumulativeOptions): Cumulative | undefined {
  const standard = finiteBuckets(histograms.find(({ type }) => type === 'STANDARD'));
  const quantiles = histograms.find(({ type }) => type === 'QUANTILES')?.buckets ?? [];
  // A quantile at infinity says nothing of where the finite values beside it lie.
  const exact = quantiles.every(isFinite) && total(quantiles) > 0 ? quantiles : standard;
  const [first, last] = [exact[0], exact.at(-1)];
  if (first === undefined || last === undefined || total(exact) <= 0) return undefined;
  const [min, max] = [first.lowValue, last.highValue];
  if (!Number.isFinite(max - min)) return undefined;
  const knots = options.isWhole ? wholeKnots(exact) : realKnots(exact);
  const finer = exact === standard ? knots : withEdges(knots, standard, options);
  const known = finer.map(({ x }) => x);
  return { min, max, total: total(exact), known, ...(options.isWhole ? readWhole(finer) : readReal(finer)) };
}

function isFinite({ lowValue, highValue }: HistogramBucket): boolean {
  return Number.isFinite(lowValue) && Number.isFinite(highValue);
}

function finiteBuckets(histogram: Histogram | undefined): readonly HistogramBucket[] {
  return (histogram?.buckets ?? []).filter(isFinite);
}

function total(buckets: readonly HistogramBucket[]): number {
  return buckets.reduce((sum, { sampleCount }) => sum + sampleCount, 0);
}

/** Buckets without width are values that stand often; the first bucket owns its left edge. */
function realKnots(buckets: readonly HistogramBucket[]): Knot[] {
  const knots: Knot[] = [{ x: buckets[0]?.lowValue ?? 0, below: 0, upTo: 0 }];
  let count = 0;
  for (const { highValue, sampleCount } of buckets) {
    const last = knots.at(-1);
    if (last !== undefined && highValue <= last.x) {
      count += sampleCount;
      knots[knots.length - 1] = { ...last, upTo: count };
    } else {
      count += sampleCount;
      knots.push({ x: highValue, below: count, upTo: count });
    }
  }
  return knots;
}

/** Counts at whole numbers; one step before the smallest value there is none. */
function wholeKnots(buckets: readonly HistogramBucket[]): Knot[] {
  const knots: Knot[] = [{ x: Math.floor(buckets[0]?.lowValue ?? 0) - 1, below: 0, upTo: 0 }];
  let count = 0;
  for (const { highValue, sampleCount } of buckets) {
    count += sampleCount;
    const x = Math.floor(highValue);
    if (x <= (knots.at(-1)?.x ?? x)) knots.pop();
    knots.push({ x, below: count, upTo: count });
  }
  return knots;
}

/** Adds what the equal-width buckets know between two knots, never against what the knots know. */
function withEdges(
  knots: readonly Knot[],
  buckets: readonly HistogramBucket[],
  { isWhole }: CumulativeOptions,
): Knot[] {
  const factor = (knots.at(-1)?.upTo ?? 0) / total(buckets);
  if (!Number.isFinite(factor)) return [...knots];
  const merged: Knot[] = [];
  let count = 0;
  let next = 0;
  const pass = (x: number) => {
    for (let knot = knots[next]; knot !== undefined && knot.x <= x; knot = knots[++next]) merged.push(knot);
  };
  for (const { highValue, sampleCount } of buckets) {
    count += sampleCount * factor;
    const x = isWhole ? Math.floor(highValue) : highValue;
    pass(x);
    const [before, after] = [merged.at(-1), knots[next]];
    if (before === undefined || after === undefined || before.x >= x) continue;
    const between = Math.min(Math.max(count, before.upTo), after.below);
    merged.push({ x, below: between, upTo: between });
  }
  pass(Infinity);
  return merged;
}

function readReal(knots: readonly Knot[]): Pick<Cumulative, 'upTo' | 'below'> {
  const read = (x: number, side: 'upTo' | 'below') => {
    const [before, after] = around(knots, x);
    if (before === undefined) return 0;
    if (before.x === x || after === undefined) return before.x === x ? before[side] : before.upTo;
    return before.upTo + ((after.below - before.upTo) * (x - before.x)) / (after.x - before.x);
  };
  return { upTo: (x) => read(x, 'upTo'), below: (x) => read(x, 'below') };
}

function readWhole(knots: readonly Knot[]): Pick<Cumulative, 'upTo' | 'below'> {
  const upTo = (x: number) => {
    const whole = Math.floor(x);
    const [before, after] = around(knots, whole);
    if (before === undefined) return 0;
    if (after === undefined) return before.upTo;
    return before.upTo + ((after.upTo - before.upTo) * (whole - before.x)) / (after.x - before.x);
  };
  return { upTo, below: (x) => upTo(Math.ceil(x) - 1) };
}

/** The last knot at or before `x`, and the one after it. */
function around(knots: readonly Knot[], x: number): readonly [Knot | undefined, Knot | undefined] {
  let [low, high] = [0, knots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((knots[middle]?.x ?? Infinity) <= x) low = middle + 1;
    else high = middle;
  }
  return [knots[low - 1], knots[low]];
}
