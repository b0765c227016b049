/** What names a figure of an evaluation: TFMA's MetricKey. */

import type { PlannedMetric } from './metric-plan';

/** How figures of single classes were made one. */
export type Aggregation = 'micro' | 'macro' | 'weighted_macro';

/** See the module. */
export type MetricKey = {
  readonly name: string;
  /** Empty where there is one model. */
  readonly modelName: string;
  /** The class that it is about, one against the rest. */
  readonly classId?: number | undefined;
  readonly aggregation?: Aggregation | undefined;
  readonly exampleWeighted: boolean;
  /** True for candidate minus baseline. */
  readonly isDiff: boolean;
};

/** How the key of a figure names its average. What is no yes-or-no question is weighted by class, but TFMA names no average. */
export function aggregationOf({
  scope,
  metric,
}: Pick<PlannedMetric, 'scope' | 'metric'>): Pick<MetricKey, 'aggregation'> {
  if (scope.type === 'plain' || scope.type === 'class') return {};
  return scope.type === 'micro' && metric.from !== 'problem' ? {} : { aggregation: scope.type };
}

/** Equal for equal keys. */
export function keyText({ name, modelName, classId, aggregation, exampleWeighted, isDiff }: MetricKey): string {
  return JSON.stringify([name, modelName, classId ?? null, aggregation ?? null, exampleWeighted, isDiff]);
}
