/** What names a figure of an evaluation: TFMA's MetricKey. */

import type { MetricClass } from '../metrics/metric-class';
import type { MetricScope, PlannedMetric } from './metric-plan';

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

/** What a key is made of, without the model. */
export type Keyable = Pick<PlannedMetric, 'name' | 'isWeighted'> & {
  readonly scope: MetricScope;
  readonly metric: Pick<MetricClass, 'from'>;
};

/** The key of a planned figure or plot for one model. */
export function keyOf({ name, scope, metric, isWeighted }: Keyable, modelName: string): Omit<MetricKey, 'isDiff'> {
  return {
    name,
    modelName,
    ...(scope.type === 'class' && { classId: scope.classId }),
    ...aggregationOf(scope, metric),
    exampleWeighted: isWeighted,
  };
}

/** What is no yes-or-no question is weighted by class, but TFMA names no average. */
function aggregationOf(scope: MetricScope, metric: Pick<MetricClass, 'from'>): Pick<MetricKey, 'aggregation'> {
  if (scope.type === 'plain' || scope.type === 'class') return {};
  return scope.type === 'micro' && metric.from !== 'problem' ? {} : { aggregation: scope.type };
}

/** Equal for equal keys. */
export function keyText({ name, modelName, classId, aggregation, exampleWeighted, isDiff }: MetricKey): string {
  return JSON.stringify([name, modelName, classId ?? null, aggregation ?? null, exampleWeighted, isDiff]);
}
