/**
 * What every threshold does to the scores of a slice, from sums by bucket: counts in constant time, and the curves along
 * all thresholds. Thresholds are multiples of 1 / 10,000; there the counts are exact.
 */

import type { Confusion } from '../metrics/binary-problem';
import { SCORE_BUCKETS, type ScoreSeries } from './evaluation-answers';

/** A point of a curve, both between 0 and 1. */
export type CurvePoint = { readonly x: number; readonly y: number };

/** See the module. */
export type ScoreCurve = {
  /** What is positive and negative in truth, by rows or by weight. */
  readonly positive: number;
  readonly negative: number;
  /** Counts where positive means a score strictly above the threshold, from 0 to 1. */
  readonly at: (threshold: number) => Confusion;
  /** True by false positive rate, from the highest threshold down; empty where nothing is positive, or nothing negative. */
  readonly roc: readonly CurvePoint[];
  /** Precision by recall; empty where nothing is positive. */
  readonly precisionRecall: readonly CurvePoint[];
  /** Sums of `count` equal ranges of scores. */
  readonly bars: (count: number) => readonly ScoreBar[];
};

/** Scores above `above`, up to and with `to`. */
export type ScoreBar = {
  readonly above: number;
  readonly to: number;
  readonly positive: number;
  readonly negative: number;
};

/** Points closer than this are left out of a curve: less than half a pixel of the largest one that is drawn. */
const NEAR = 1 / 1_600;

/** Sums up the buckets once. `isWeighted` takes weights where rows have them. */
export function toScoreCurve(series: ScoreSeries, isWeighted: boolean): ScoreCurve {
  const given = isWeighted ? (series.weighted ?? series) : series;
  const fn = new Float64Array(SCORE_BUCKETS + 2);
  const tn = new Float64Array(SCORE_BUCKETS + 2);
  for (const [index, bucket] of series.buckets.entries()) {
    fn[bucket] = given.positives[index] ?? 0;
    tn[bucket] = given.negatives[index] ?? 0;
  }
  for (let bucket = 1; bucket < fn.length; bucket++) {
    fn[bucket] = (fn[bucket] ?? 0) + (fn[bucket - 1] ?? 0);
    tn[bucket] = (tn[bucket] ?? 0) + (tn[bucket - 1] ?? 0);
  }
  const positive = fn.at(-1) ?? 0;
  const negative = tn.at(-1) ?? 0;
  const atBucket = (bucket: number): Confusion => {
    const missed = fn[bucket] ?? 0;
    const left = tn[bucket] ?? 0;
    return { tp: positive - missed, fp: negative - left, fn: missed, tn: left };
  };
  const descending = series.buckets.toReversed().map((bucket) => atBucket(bucket - 1));
  const nothing: Confusion = { tp: 0, fp: 0, fn: positive, tn: negative };
  return {
    positive,
    negative,
    at: (threshold) => atBucket(bucketOf(threshold)),
    roc:
      positive > 0 && negative > 0
        ? thinned([nothing, ...descending].map(({ tp, fp }) => ({ x: fp / negative, y: tp / positive })))
        : [],
    precisionRecall:
      positive > 0
        ? thinned(descending.flatMap(({ tp, fp }) => (tp + fp > 0 ? [{ x: tp / positive, y: tp / (tp + fp) }] : [])))
        : [],
    bars: (count) => toBars(count, { fn, tn }),
  };
}

/** The nearest threshold whose counts are known exactly. */
export function nearestThreshold(threshold: number): number {
  return bucketOf(threshold) / SCORE_BUCKETS;
}

function bucketOf(threshold: number): number {
  return Math.min(SCORE_BUCKETS, Math.max(0, Math.round(threshold * SCORE_BUCKETS)));
}

function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const kept: CurvePoint[] = [];
  for (const [index, point] of points.entries()) {
    const last = kept.at(-1);
    const isFar = last === undefined || Math.abs(point.x - last.x) + Math.abs(point.y - last.y) >= NEAR;
    if (isFar || index === points.length - 1) kept.push(point);
  }
  return kept;
}

function toBars(count: number, { fn, tn }: { readonly fn: Float64Array; readonly tn: Float64Array }) {
  const edge = (bar: number) => Math.round((bar * SCORE_BUCKETS) / count);
  return Array.from({ length: count }, (_, bar): ScoreBar => {
    // What lies outside 0 to 1 counts at the ends.
    const first = bar === 0 ? -1 : edge(bar);
    const last = bar === count - 1 ? SCORE_BUCKETS + 1 : edge(bar + 1);
    const sum = (below: Float64Array) => (below[last] ?? 0) - (first < 0 ? 0 : (below[first] ?? 0));
    return {
      above: edge(bar) / SCORE_BUCKETS,
      to: edge(bar + 1) / SCORE_BUCKETS,
      positive: sum(fn),
      negative: sum(tn),
    };
  });
}
