/** TFDV's two histograms of numbers, both made of quantile boundaries alone (spec of `quantiles_util` in TFDV 1.21). */

import type { Histogram, HistogramBucket } from '../artifact/statistics';
import type { Quantiles } from './quantiles';

/**
 * The weight of each bucket between neighbouring boundaries: the difference of their cumulative counts, except that a run
 * of buckets with the same upper bound shares its total equally, and that what lies on the very first boundary is shared
 * equally among the leading buckets that are the same as the first.
 */
export function bucketWeights({ boundaries, cumulative }: Quantiles): readonly number[] {
  const at = (index: number) => cumulative[index] ?? 0;
  const weights: number[] = [];
  for (let start = 0; start < boundaries.length - 1;) {
    let end = start + 1;
    while (end < boundaries.length - 1 && boundaries[end + 1] === boundaries[start + 1]) end++;
    const share = (at(end) - at(start)) / (end - start);
    while (weights.length < end) weights.push(share);
    start = end;
  }
  let leading = 0;
  while (leading < weights.length && boundaries[leading] === boundaries[0] && boundaries[leading + 1] === boundaries[1])
    leading++;
  return weights.map((weight, index) => (index < leading ? weight + at(0) / leading : weight));
}

/** One bucket between each pair of neighbouring boundaries. */
export function quantilesHistogram(quantiles: Quantiles, numNan = 0): Histogram {
  return { type: 'QUANTILES', numNan, numUndefined: 0, name: '', buckets: quantileBuckets(quantiles) };
}

/** What {@link standardHistogram} needs to know beside the quantiles. */
export type StandardHistogramOptions = {
  readonly numBuckets: number;
  /** Smallest and largest finite value; undefined when there is none. */
  readonly finite: { readonly min: number; readonly max: number } | undefined;
  /** How many values are +∞, or their weight. */
  readonly positiveInfinities: number;
  readonly numNan?: number;
  /** Buckets of a FLOAT feature have single-precision edges, as in TFDV. Default false. */
  readonly isSinglePrecision?: boolean;
};

/**
 * Equal-width buckets over the finite values, filled by spreading every quantile bucket evenly over its own span; hence
 * counts are not whole. A bucket without width counts once, where it lies, an edge belonging to the bucket on its left.
 * Infinities get a bucket of their own at either end. No buckets when the range overflows a double.
 */
export function standardHistogram(quantiles: Quantiles, options: StandardHistogramOptions): Histogram {
  const head = { type: 'STANDARD', numNan: options.numNan ?? 0, numUndefined: 0, name: '' } as const;
  const total = quantiles.cumulative.at(-1) ?? 0;
  const [low, high] = [quantiles.boundaries[0], quantiles.boundaries.at(-1)];
  if (low === undefined || high === undefined) return { ...head, buckets: [] };
  if (options.finite === undefined)
    return { ...head, buckets: [{ lowValue: low, highValue: high, sampleCount: total }] };
  const edges = equalWidthEdges(options.finite, options);
  if (!edges.every(Number.isFinite)) return { ...head, buckets: [] };
  const { finiteQuantiles, negativeInfinities } = withoutInfinities(quantiles, options);
  const buckets = spread(quantileBuckets(finiteQuantiles), edges);
  const infinite = (value: number, sampleCount: number): HistogramBucket[] =>
    sampleCount > 0 ? [{ lowValue: value, highValue: value, sampleCount }] : [];
  return {
    ...head,
    buckets: [
      ...infinite(Number.NEGATIVE_INFINITY, negativeInfinities),
      ...buckets,
      ...infinite(Number.POSITIVE_INFINITY, options.positiveInfinities),
    ],
  };
}

function quantileBuckets(quantiles: Quantiles): readonly HistogramBucket[] {
  const { boundaries } = quantiles;
  return bucketWeights(quantiles).map((sampleCount, index) => ({
    lowValue: boundaries[index] ?? 0,
    highValue: boundaries[index + 1] ?? 0,
    sampleCount,
  }));
}

function equalWidthEdges(
  { min, max }: { readonly min: number; readonly max: number },
  { numBuckets, isSinglePrecision }: StandardHistogramOptions,
): readonly number[] {
  if (min === max) return [min, max];
  // A value that lies on an edge falls to its left or right by the last bit, so every step is rounded as upstream.
  const round = isSinglePrecision === true ? Math.fround : (value: number) => value;
  const width = round(round(max - min) / numBuckets);
  return Array.from({ length: numBuckets + 1 }, (_, index) =>
    index === numBuckets ? max : round(round(index * width) + min),
  );
}

function withoutInfinities(quantiles: Quantiles, options: StandardHistogramOptions) {
  const { boundaries, cumulative } = quantiles;
  const start = boundaries.findLastIndex((value) => value === Number.NEGATIVE_INFINITY) + 1;
  const negativeInfinities = start === 0 ? 0 : (cumulative[start - 1] ?? 0);
  const firstPositive = boundaries.indexOf(Number.POSITIVE_INFINITY);
  const end = firstPositive === -1 ? boundaries.length : firstPositive;
  const kept = boundaries.slice(start, end);
  const counts = cumulative.slice(start, end).map((count) => count - negativeInfinities);
  if (options.positiveInfinities > 0) {
    // The last bucket ends in +∞ but may hold finite values: end it at the largest of them.
    kept.push(options.finite?.max ?? 0);
    counts.push((cumulative.at(-1) ?? 0) - negativeInfinities - options.positiveInfinities);
  }
  // A lone finite boundary is a bucket without width.
  if (kept.length === 1) return { finiteQuantiles: twice(kept, counts), negativeInfinities };
  return { finiteQuantiles: { boundaries: kept, cumulative: counts }, negativeInfinities };
}

function twice(boundaries: readonly number[], cumulative: readonly number[]): Quantiles {
  return { boundaries: [...boundaries, ...boundaries], cumulative: [...cumulative, ...cumulative] };
}

function spread(fine: readonly HistogramBucket[], edges: readonly number[]): readonly HistogramBucket[] {
  const buckets: HistogramBucket[] = [];
  let start = 0;
  for (let index = 0; index + 1 < edges.length; index++) {
    const [lowValue, highValue] = [edges[index] ?? 0, edges[index + 1] ?? 0];
    let sampleCount = 0;
    for (let position = start; position < fine.length; position++) {
      const bucket = fine[position];
      if (bucket === undefined || bucket.lowValue > highValue) break;
      if (bucket.highValue < lowValue) start = position;
      sampleCount += bucket.sampleCount * overlap(bucket, { lowValue, highValue, isFirst: index === 0 });
    }
    buckets.push({ lowValue, highValue, sampleCount });
  }
  return buckets;
}

type Interval = { readonly lowValue: number; readonly highValue: number; readonly isFirst: boolean };

/** The share of a fine bucket that lies in an interval, 0 to 1. */
function overlap(bucket: HistogramBucket, interval: Interval): number {
  const width = bucket.highValue - bucket.lowValue;
  if (width === 0) {
    const above = interval.isFirst ? bucket.lowValue >= interval.lowValue : bucket.lowValue > interval.lowValue;
    return above && bucket.highValue <= interval.highValue ? 1 : 0;
  }
  const shared = Math.min(bucket.highValue, interval.highValue) - Math.max(bucket.lowValue, interval.lowValue);
  return Math.max(0, shared) / width;
}
