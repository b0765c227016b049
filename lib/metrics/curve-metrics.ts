/** Metrics along the whole curve of thresholds: areas under it, and the best value under a constraint. TFMA's rules. */

import { gridThresholds, type BinaryProblem, type Confusion } from './binary-problem';
import { CONFUSION_METRICS } from './confusion-metrics';

/** Thresholds of a curve unless said otherwise. */
export const DEFAULT_THRESHOLDS = 10_000;

/** How the area between two points is taken: `interpolation` (the default), the lower or the higher of both. */
export type SummationMethod = 'interpolation' | 'minoring' | 'majoring';

/** Which area. */
export type AreaOptions = {
  readonly curve: 'ROC' | 'PR';
  /** Points of the grid. Default {@link DEFAULT_THRESHOLDS}. */
  readonly numThresholds?: number | undefined;
  readonly method?: SummationMethod | undefined;
};

/** The area under the ROC or the precision–recall curve, on a grid: predictions closer than 1e-4 share a point. */
export function areaUnderCurve(problem: BinaryProblem, options: AreaOptions): number {
  const { curve, numThresholds = DEFAULT_THRESHOLDS, method = 'interpolation' } = options;
  const { at } = problem.byHistogram(gridThresholds(numThresholds));
  if (curve === 'PR' && method === 'interpolation') return interpolatedPrecisionRecall(at);
  const { Recall: recall, FPR: fallOut, Precision: precision } = CONFUSION_METRICS;
  const x = at.map(curve === 'ROC' ? fallOut : recall);
  // TFMA takes precision as 0 where nothing is predicted positive any more.
  const y = at.map(curve === 'ROC' ? recall : (counts) => (counts.tp + counts.fp > 0 ? precision(counts) : 0));
  let area = 0;
  for (let index = 0; index + 1 < at.length; index++) {
    const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [x[index], x[index + 1], y[index], y[index + 1]];
    const height = method === 'minoring' ? Math.min(y0, y1) : method === 'majoring' ? Math.max(y0, y1) : (y0 + y1) / 2;
    area += (x0 - x1) * height;
  }
  return area;
}

/** Davis and Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006. */
function interpolatedPrecisionRecall(at: readonly Confusion[]): number {
  let area = 0;
  for (let index = 0; index + 1 < at.length; index++) {
    const [here, next] = [at[index], at[index + 1]];
    if (here === undefined || next === undefined) continue;
    const predicted = here.tp + here.fp;
    const predictedNext = next.tp + next.fp;
    const gained = here.tp - next.tp;
    const slope = predicted - predictedNext > 0 ? gained / (predicted - predictedNext) : 0;
    const intercept = next.tp - slope * predictedNext;
    const ratio = predicted > 0 && predictedNext > 0 ? predicted / predictedNext : 1;
    const term = (slope * (gained + intercept * Math.log(ratio))) / (next.tp + next.fn);
    if (!Number.isNaN(term)) area += term;
  }
  return area;
}

/** The greatest target among thresholds whose other quantity passes a bound; 0 where none does. NaN is passed over. */
export type ConstrainedOptions = {
  readonly target: (counts: Confusion, threshold: number) => number;
  readonly constrained: (counts: Confusion) => number;
  readonly bound: number;
  /** `atLeast` unless said otherwise. */
  readonly side?: 'atLeast' | 'atMost';
  readonly numThresholds?: number | undefined;
};

/** See {@link ConstrainedOptions}. */
export function bestUnderConstraint(problem: BinaryProblem, options: ConstrainedOptions): number {
  const { target, constrained, bound, side = 'atLeast', numThresholds = DEFAULT_THRESHOLDS } = options;
  const { thresholds, at } = problem.byHistogram(gridThresholds(numThresholds));
  let best = 0;
  for (const [index, counts] of at.entries()) {
    const value = constrained(counts);
    const isFeasible = side === 'atLeast' ? value >= bound : value <= bound;
    if (!isFeasible) continue;
    const reached = target(counts, thresholds[index] ?? 0);
    if (reached > best) best = reached;
  }
  return best;
}
