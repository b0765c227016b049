/** Compares versions on the rows that their evaluations kept; refuses where these are not the same rows with the same labels. */

import {
  compareMetrics,
  compareSlices,
  type ComparedRows,
  type ComparedValue,
} from '../../../lib/comparison/compare-versions';
import type { Comparison } from '../../../lib/comparison/comparison-answer';
import { findSlices } from '../../../lib/evaluation/slices';
import { BinaryProblem } from '../../../lib/metrics/binary-problem';
import { CONFUSION_METRICS } from '../../../lib/metrics/confusion-metrics';
import type { DuckdbSession } from '../../duckdb/query';
import type { ComparisonAnswer, ComparisonRequest } from './comparison-message';
import { findDisagreements } from './find-disagreements';
import { openCompared } from './open-compared';

/** Slices of an answer. */
const MAX_SLICES = 200;
/** Points of a curve. */
const CURVE_POINTS = 201;

/** Answers. `store` is the artifact store, absolute. Throws `artifact-missing` where an evaluation has no predictions. */
export async function answerComparison(
  session: DuckdbSession,
  store: string,
  { folders, task, metric, minRows }: ComparisonRequest,
): Promise<ComparisonAnswer> {
  const opened = await openCompared(session, store, { folders, task });
  if ('reason' in opened) return { comparable: false, reason: opened.reason };
  const { rows, features } = opened;
  const metrics = compareMetrics(rows);
  const chosen = metrics.find(({ name }) => name === metric)?.name ?? metrics[0]?.name ?? '';
  const slices = findSlices({
    specs: [...features.keys()].map((feature) => ({ featureKeys: [feature], featureValues: {} })),
    features,
    rows: rows.labels.length,
  });
  const compared = compareSlices(rows, slices, { metric: chosen, minRows });
  const comparison: Comparison = {
    task,
    rows: rows.labels.length,
    metrics: metrics.map(({ name, better, values }) => ({ name, better, values: values.map(portableValue) })),
    slices: {
      metric: chosen,
      total: compared.length,
      list: compared.slice(0, MAX_SLICES).map(({ slice, rows: count, values }) => ({
        slice: slice.map(([feature, value]) => [feature, value] as [string, string | number]),
        rows: count,
        values: values.map(portableValue),
      })),
    },
    curves: task === 'binary' ? rows.scores.map((scores) => curveOf(rows, scores)) : [],
    disagreement: await findDisagreements(session, opened),
  };
  return { comparable: true, comparison };
}

function curveOf({ labels, weights }: ComparedRows, predictions: Float64Array): Comparison['curves'][number] {
  const weighed = weights ?? new Float64Array(labels.length).fill(1);
  const problem = new BinaryProblem({ labels, predictions, weights: weighed });
  const wanted = Array.from({ length: CURVE_POINTS }, (_, index) => index / (CURVE_POINTS - 1));
  const { at } = problem.byHistogram(wanted);
  return at
    .map((counts, index) => ({
      threshold: wanted[index] ?? 0,
      recall: portable(CONFUSION_METRICS.Recall(counts)),
      fallOut: portable(CONFUSION_METRICS.FPR(counts)),
      precision: portable(CONFUSION_METRICS.Precision(counts)),
    }))
    .toReversed();
}

function portableValue({ value, ...rest }: ComparedValue): Comparison['metrics'][number]['values'][number] {
  return { ...rest, value: portable(value) };
}

/** JSON has no NaN and no infinities. */
export function portable(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
