/** Versions against the first of them, on the same rows: every metric with its difference, and the slices in which one lost. */

import { BinaryProblem } from '../metrics/binary-problem';
import { metricClassOf } from '../metrics/metric-class';
import type { ModelTask } from '../artifact/model-info';
import type { Slice, SliceKey } from '../evaluation/slices';
import { comparedMetrics, gain, type ComparedMetric, type ScoredRows } from './compared-metric';
import { pairedIntervals, type Interval } from './paired-bootstrap';

/** The rows that all versions were evaluated on. */
export type ComparedRows = {
  readonly task: ModelTask;
  readonly labels: Float64Array;
  readonly classes: number;
  readonly weights: Float64Array | undefined;
  /** Scores by version, the one that the others are held against first. */
  readonly scores: readonly Float64Array[];
};

/** A version's figure, and how it differs from the first version's. */
export type ComparedValue = {
  readonly value: number;
  /** Absent for the first version, and where a figure is not defined. */
  readonly difference?: number;
  /** Holds the difference in 95 of 100 resamplings. */
  readonly interval?: Interval;
  /** `better` and `worse` only where the interval leaves no doubt; absent where neither way is better. */
  readonly verdict?: 'better' | 'worse' | 'undecided';
};

/** A metric of every version. */
export type MetricComparison = Pick<ComparedMetric, 'name' | 'className' | 'better'> & {
  readonly values: readonly ComparedValue[];
};

/** A slice, by the metric that was asked for. */
export type SliceComparison = {
  readonly slice: SliceKey;
  readonly rows: number;
  readonly values: readonly ComparedValue[];
};

const SEED = 20_061_123;
/** Resamplings: as many as make a steady interval, fewer where there are so many rows that chance plays a small part. */
const MOST_REPLICAS = 200;
const LEAST_REPLICAS = 50;
/** Rows that may be gone through, over all resamplings and versions: a second or two. */
const ROW_VISITS = 40_000_000;

function replicasFor(rows: number): number {
  return Math.max(LEAST_REPLICAS, Math.min(MOST_REPLICAS, Math.floor(ROW_VISITS / Math.max(1, rows))));
}

/** Every metric of the task, the deciding one first. */
export function compareMetrics(rows: ComparedRows): readonly MetricComparison[] {
  const metrics = comparedMetrics(rows.task);
  const versions = scoredRows(rows);
  const intervals = pairedIntervals({
    metrics,
    versions,
    weights: rows.weights,
    seed: SEED,
    replicas: replicasFor(rows.labels.length * versions.length),
  });
  return metrics.map((metric, index) => ({
    name: metric.name,
    className: metric.className,
    better: metric.better,
    values: withDifferences(
      metric,
      versions.map((version) => valueOf(metric, version, { weights: rows.weights })),
      intervals[index] ?? [],
    ),
  }));
}

/**
 * One metric in every slice, the slice that lost most first: by the worst version, among equals by name. Slices with fewer
 * rows than `minRows` are left out.
 */
export function compareSlices(
  rows: ComparedRows,
  slices: readonly Slice[],
  { metric: name, minRows = 1 }: { readonly metric: string; readonly minRows?: number | undefined },
): readonly SliceComparison[] {
  const metrics = comparedMetrics(rows.task);
  const metric = metrics.find((each) => each.name === name) ?? metrics[0];
  const versions = scoredRows(rows);
  const wanted = slices.filter((slice) => slice.rows.length >= minRows);
  const replicas = replicasFor(wanted.reduce((sum, slice) => sum + slice.rows.length, 0) * versions.length);
  return wanted
    .map((slice) => {
      const [intervals = []] = pairedIntervals({
        metrics: [metric],
        versions,
        weights: rows.weights,
        rows: slice.rows,
        seed: SEED,
        replicas,
      });
      const values = versions.map((version) => valueOf(metric, version, { weights: rows.weights, rows: slice.rows }));
      return { slice: slice.key, rows: slice.rows.length, values: withDifferences(metric, values, intervals) };
    })
    .toSorted((a, b) => worstGain(metric, a) - worstGain(metric, b));
}

function scoredRows({ labels, classes, scores }: ComparedRows): readonly ScoredRows[] {
  return scores.map((of) => ({ labels, scores: of, classes }));
}

function worstGain(metric: ComparedMetric, { values }: SliceComparison): number {
  const [first, ...others] = values;
  const gains = others.map(({ value }) => gain(metric, value, first?.value ?? Number.NaN)).filter(Number.isFinite);
  return gains.length === 0 ? Infinity : Math.min(...gains);
}

function withDifferences(
  metric: ComparedMetric,
  values: readonly number[],
  intervals: readonly (Interval | undefined)[],
): readonly ComparedValue[] {
  const [reference = Number.NaN] = values;
  return values.map((value, version): ComparedValue => {
    const difference = value - reference;
    if (version === 0 || !Number.isFinite(difference)) return { value };
    const interval = intervals[version - 1];
    if (interval === undefined) return { value, difference };
    const verdict = verdictOf(metric, { value, reference, interval });
    return { value, difference, interval, ...(verdict !== undefined && { verdict }) };
  });
}

function verdictOf(
  metric: ComparedMetric,
  { value, reference, interval }: { readonly value: number; readonly reference: number; readonly interval: Interval },
): ComparedValue['verdict'] {
  if (metric.better === 'none') return undefined;
  if (interval.lower <= 0 && interval.upper >= 0) return 'undecided';
  return gain(metric, value, reference) > 0 ? 'better' : 'worse';
}

/** A figure as TFMA has it. */
function valueOf(
  { className }: ComparedMetric,
  { labels, scores, classes }: ScoredRows,
  { weights, rows }: { readonly weights: Float64Array | undefined; readonly rows?: Int32Array },
): number {
  const metric = metricClassOf(className);
  if (metric === undefined || metric.from === 'count') throw new Error(`${className} is no metric of predictions`);
  const pick = (values: Float64Array) =>
    rows === undefined ? values : Float64Array.from(rows, (row) => values[row] ?? 0);
  const picked = pick(labels);
  const weighed = weights === undefined ? new Float64Array(picked.length).fill(1) : pick(weights);
  const value =
    metric.from === 'classes'
      ? metric.compute({ labels: picked, scores: pickScores(scores, classes, rows), weights: weighed, classes }, {})
      : metric.compute(new BinaryProblem({ labels: picked, predictions: pick(scores), weights: weighed }), {});
  return typeof value === 'number' ? value : Number.NaN;
}

function pickScores(scores: Float64Array, classes: number, rows: Int32Array | undefined): Float64Array {
  if (rows === undefined) return scores;
  const picked = new Float64Array(rows.length * classes);
  for (const [at, row] of rows.entries()) picked.set(scores.subarray(row * classes, (row + 1) * classes), at * classes);
  return picked;
}
