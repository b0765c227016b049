/**
 * Intervals for the difference between two versions on the same rows: the Poisson bootstrap (Hanley and MacGibbon 2006), in
 * which every row counts as often in both, so that what is hard for both does not blur their difference.
 */

import { Random } from '../random';
import type { ComparedMetric, ScoredRows } from './compared-metric';

/** A difference and the interval that holds it in 95 of 100 resamplings. */
export type Interval = { readonly lower: number; readonly upper: number };

/** What {@link pairedIntervals} needs. */
export type PairedRequest = {
  readonly metrics: readonly ComparedMetric[];
  /** The versions, with the same rows in the same order; differences are to the first. */
  readonly versions: readonly ScoredRows[];
  /** Absent: every row weighs 1. */
  readonly weights: Float64Array | undefined;
  /** Rows that count; absent: all. */
  readonly rows?: Int32Array | undefined;
  readonly seed: number;
  /** Resamplings. Default 200. */
  readonly replicas?: number | undefined;
};

const REPLICAS = 200;
const CONFIDENCE = 0.95;
/** Buckets of scores between 0 and 1, as TFMA's AUC has them. */
const BUCKETS = 10_000;
/** P(X ≤ k) of the Poisson distribution with mean 1, times 2^32: beyond the last one, the row counts one time more. */
const POISSON = cumulativePoisson();

/**
 * For each metric and each version but the first: the interval of its difference to the first. Undefined where a metric is
 * not defined on the rows, or in hardly any resampling (no positive row, for example).
 */
export function pairedIntervals(request: PairedRequest): readonly (readonly (Interval | undefined)[])[] {
  const { metrics, versions, weights, seed, replicas = REPLICAS } = request;
  const rows = request.rows ?? Int32Array.from({ length: versions[0]?.labels.length ?? 0 }, (_, row) => row);
  const meters = versions.map((version) => metrics.map((metric) => meterOf(metric, version, rows)));
  const differences = metrics.map(() => versions.slice(1).map((): number[] => []));
  const random = Random.of(seed);
  const counts = new Float64Array(rows.length);
  for (let replica = 0; replica < replicas; replica++) {
    for (let at = 0; at < rows.length; at++)
      counts[at] = poisson(random) * (weights === undefined ? 1 : (weights[rows[at] ?? 0] ?? 0));
    for (const [index] of metrics.entries()) {
      const [first = Number.NaN, ...others] = meters.map((of) => of[index]?.(counts) ?? Number.NaN);
      for (const [version, value] of others.entries()) {
        const difference = value - first;
        if (Number.isFinite(difference)) differences[index]?.[version]?.push(difference);
      }
    }
  }
  return differences.map((ofMetric) => ofMetric.map((values) => intervalOf(values, replicas)));
}

function intervalOf(values: number[], replicas: number): Interval | undefined {
  // With many resamplings undefined, the rest says little about all.
  if (values.length < replicas / 2 || values.length < 2) return undefined;
  values.sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (values.length - 1);
    const low = Math.floor(place);
    const [a = 0, b = a] = [values[low], values[low + 1]];
    return a + (b - a) * (place - low);
  };
  return { lower: at((1 - CONFIDENCE) / 2), upper: at((1 + CONFIDENCE) / 2) };
}

type Meter = (counts: Float64Array) => number;

function meterOf({ resample }: ComparedMetric, version: ScoredRows, rows: Int32Array): Meter {
  if (resample === 'area-under-roc') return areaMeter(version, rows);
  const terms = resample.terms(version).map((values) => Float64Array.from(rows, (row) => values[row] ?? 0));
  return (counts) => {
    const sums = terms.map((values) => {
      let sum = 0;
      for (let at = 0; at < values.length; at++) {
        const count = counts[at] ?? 0;
        // An infinite loss of a row that does not count is no loss.
        if (count > 0) sum += count * (values[at] ?? 0);
      }
      return sum;
    });
    return resample.of(sums, total(counts));
  };
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** The chance that a positive row scores above a negative one, ties half, over buckets of scores. */
function areaMeter({ labels, scores }: ScoredRows, rows: Int32Array): Meter {
  const bucket = Uint16Array.from(rows, (row) => bucketOf(scores[row] ?? 0));
  const positive = Float64Array.from(rows, (row) => labels[row] ?? 0);
  const above = new Float64Array(BUCKETS + 2);
  const below = new Float64Array(BUCKETS + 2);
  return (counts) => {
    above.fill(0);
    below.fill(0);
    for (let at = 0; at < counts.length; at++) {
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      const place = bucket[at] ?? 0;
      const share = count * (positive[at] ?? 0);
      above[place] = (above[place] ?? 0) + share;
      below[place] = (below[place] ?? 0) + count - share;
    }
    let positives = 0;
    let negatives = 0;
    let area = 0;
    for (let place = 0; place < BUCKETS + 2; place++) {
      const won = above[place] ?? 0;
      area += won * (negatives + (below[place] ?? 0) / 2);
      positives += won;
      negatives += below[place] ?? 0;
    }
    return positives > 0 && negatives > 0 ? area / (positives * negatives) : Number.NaN;
  };
}

function bucketOf(score: number): number {
  if (score < 0) return 0;
  return score >= 1 ? BUCKETS + 1 : Math.floor(score * BUCKETS + 1);
}

function poisson(random: Random): number {
  const drawn = random.uint32();
  let count = 0;
  while (count < POISSON.length && drawn >= (POISSON[count] ?? 0)) count++;
  return count;
}

function cumulativePoisson(): Float64Array {
  const most = 12;
  const cumulative = new Float64Array(most);
  let chance = Math.exp(-1);
  let sum = 0;
  for (let count = 0; count < most; count++) {
    sum += chance;
    cumulative[count] = sum * 4_294_967_296;
    chance /= count + 1;
  }
  return cumulative;
}
