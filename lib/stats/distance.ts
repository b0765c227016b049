/** How far two distributions of one feature are apart, from 0 (the same) to 1 (nothing in common), as TFDV measures it. */

import type { FeatureStatistics, Histogram, HistogramBucket } from '../artifact/statistics';

/**
 * The distance that TFDV's comparators measure between two features: Jensen–Shannon divergence of the STANDARD
 * histograms of numbers, L∞ of the ranked values of texts. Undefined where either side has no values or the kinds differ.
 */
export function comparatorDistance(left: FeatureStatistics, right: FeatureStatistics): number | undefined {
  if (left.numStats !== undefined && right.numStats !== undefined)
    return jensenShannon(standard(left), standard(right));
  if (left.stringStats !== undefined && right.stringStats !== undefined) return lInfinity(ranks(left), ranks(right));
  return undefined;
}

/**
 * Jensen–Shannon divergence to base 2 of counts over the same bars, from 0 (the same) to 1 (nothing in common); Lin,
 * Divergence measures based on the Shannon entropy, 1991. Undefined where a side is empty.
 */
export function divergenceOfBars(left: readonly number[], right: readonly number[]): number | undefined {
  const [leftTotal, rightTotal] = [sum(left), sum(right)];
  if (leftTotal <= 0 || rightTotal <= 0) return undefined;
  const divergence = left.reduce(
    (all, count, bar) => all + divergenceOf(count / leftTotal, (right[bar] ?? 0) / rightTotal),
    0,
  );
  return Math.min(1, Math.max(0, divergence));
}

function standard(feature: FeatureStatistics): Histogram | undefined {
  return feature.numStats?.histograms.find(({ type }) => type === 'STANDARD');
}

function ranks(feature: FeatureStatistics): ReadonlyMap<string, number> {
  const buckets = feature.stringStats?.rankHistogram?.buckets ?? [];
  return new Map(buckets.map(({ label, sampleCount }) => [label, sampleCount]));
}

/** The largest difference of a value's share, max |p − q|; TFDV's `infinity_norm`. Undefined where a side is empty. */
export function lInfinity(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number | undefined {
  const [leftTotal, rightTotal] = [sum(left.values()), sum(right.values())];
  if (leftTotal <= 0 || rightTotal <= 0) return undefined;
  let largest = 0;
  for (const label of new Set([...left.keys(), ...right.keys()])) {
    const difference = Math.abs((left.get(label) ?? 0) / leftTotal - (right.get(label) ?? 0) / rightTotal);
    largest = Math.max(largest, difference);
  }
  return largest;
}

/**
 * Approximate Jensen–Shannon divergence to base 2 of two histograms: both are cut at the edges of both, each bucket's mass
 * spread evenly over its pieces; a bucket without width is a point that only meets points of its value; what lies at
 * infinity, and NaN, meets nothing. Undefined where a side is empty.
 */
export function jensenShannon(left: Histogram | undefined, right: Histogram | undefined): number | undefined {
  const sides = [left, right].map((histogram) =>
    (histogram?.buckets ?? []).filter(({ sampleCount }) => sampleCount > 0),
  );
  const totals = [left, right].map(
    (histogram, side) => sum((sides[side] ?? []).map(({ sampleCount }) => sampleCount)) + (histogram?.numNan ?? 0),
  );
  const [leftTotal = 0, rightTotal = 0] = totals;
  if (leftTotal <= 0 || rightTotal <= 0) return undefined;
  const finite = sides.map((buckets) => buckets.filter(isFinite));
  const edges = [...new Set(finite.flat().flatMap(({ lowValue, highValue }) => [lowValue, highValue]))].sort(
    (a, b) => a - b,
  );
  const [p = new Map<string, number>(), q = new Map<string, number>()] = finite.map((buckets) =>
    pieces(buckets, edges),
  );
  let divergence = 0;
  for (const piece of new Set([...p.keys(), ...q.keys()]))
    divergence += divergenceOf((p.get(piece) ?? 0) / leftTotal, (q.get(piece) ?? 0) / rightTotal);
  // What meets nothing counts in full: half of its share, ½·p·log₂ 2.
  const alone = [
    [totals[0], p],
    [totals[1], q],
  ] as const;
  for (const [all = 0, met] of alone) divergence += (all - sum(met.values())) / all / 2;
  return Math.min(1, Math.max(0, divergence));
}

function isFinite({ lowValue, highValue }: HistogramBucket): boolean {
  return Number.isFinite(lowValue) && Number.isFinite(highValue);
}

/** Mass by piece between neighbouring edges, and by point for buckets without width. */
function pieces(buckets: readonly HistogramBucket[], edges: readonly number[]): Map<string, number> {
  const mass = new Map<string, number>();
  const add = (piece: string, count: number) => mass.set(piece, (mass.get(piece) ?? 0) + count);
  for (const { lowValue, highValue, sampleCount } of buckets) {
    if (lowValue === highValue) {
      add(`at ${lowValue}`, sampleCount);
      continue;
    }
    const width = highValue - lowValue;
    for (let at = edges.indexOf(lowValue); at + 1 < edges.length && (edges[at] ?? highValue) < highValue; at++) {
      const piece = (edges[at + 1] ?? 0) - (edges[at] ?? 0);
      add(`from ${at}`, Number.isFinite(width) ? (sampleCount * piece) / width : 0);
    }
  }
  return mass;
}

function divergenceOf(p: number, q: number): number {
  const middle = (p + q) / 2;
  const part = (share: number) => (share > 0 ? (share / 2) * Math.log2(share / middle) : 0);
  return part(p) + part(q);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
