/** What an evaluation says of itself in few words: its figure that matters most, how that changed, and the verdict. */

import * as z from 'zod';

import type { MetricsEntry } from './evaluation-files';
import { formatChange, formatMetric } from './metric-words';

/** Properties of a `ModelEvaluation`. */
export const zEvaluationSummary = z.object({
  /** TFMA's name of the figure. */
  headlineMetric: z.string().optional(),
  headlineValue: z.number().optional(),
  /** Candidate minus baseline, where there is one. */
  headlineChange: z.number().optional(),
  /** Absent where nothing was asked of the model. */
  isBlessed: z.boolean().optional(),
});
/** See {@link zEvaluationSummary}. */
export type EvaluationSummary = z.infer<typeof zEvaluationSummary>;

/** Figures in the order in which one of them speaks for a model; of others the first that is no count. */
const SPEAKING = [
  'auc',
  'sparse_categorical_accuracy',
  'categorical_accuracy',
  'accuracy',
  'binary_accuracy',
  'root_mean_squared_error',
  'mean_squared_error',
  'mean_absolute_error',
];
const COUNTS = new Set(['example_count', 'weighted_example_count']);

const WORDS: { readonly [metric: string]: string } = {
  auc: 'AUC',
  sparse_categorical_accuracy: 'Accuracy',
  categorical_accuracy: 'Accuracy',
  accuracy: 'Accuracy',
  binary_accuracy: 'Accuracy',
  root_mean_squared_error: 'RMSE',
  mean_squared_error: 'MSE',
  mean_absolute_error: 'MAE',
};

/** The properties of {@link zEvaluationSummary}: the figure over all rows that speaks for the candidate. `isBlessed` is undefined where there was no threshold. */
export function evaluationSummary(
  entries: readonly MetricsEntry[],
  isBlessed: boolean | undefined,
): Record<string, string | number | boolean> {
  const overall = entries.filter(
    ({ slice, model, subKey, weighted }) =>
      slice.length === 0 && model === 'candidate' && subKey === undefined && weighted !== false,
  );
  const found = new Map<string, number>();
  const changes = new Map<string, number>();
  for (const { isDiff, aggregation, metrics } of overall)
    for (const [name, value] of Object.entries(metrics)) {
      const into = isDiff === true ? changes : found;
      if (typeof value === 'number' && (aggregation === undefined || !into.has(name))) into.set(name, value);
    }
  const name = SPEAKING.find((each) => found.has(each)) ?? [...found.keys()].find((each) => !COUNTS.has(each));
  const value = name === undefined ? undefined : found.get(name);
  const change = name === undefined ? undefined : changes.get(name);
  return {
    ...(name !== undefined && { headlineMetric: name }),
    ...(value !== undefined && { headlineValue: value }),
    ...(change !== undefined && { headlineChange: change }),
    ...(isBlessed !== undefined && { isBlessed }),
  };
}

/** The summary as a node's card says it: `AUC 0.912 (+0.004) · blessed`. Undefined where there is nothing to say. */
export function summaryWords({
  headlineMetric: name,
  headlineValue: value,
  headlineChange: change,
  isBlessed,
}: EvaluationSummary): string | undefined {
  const figure =
    name === undefined || value === undefined
      ? undefined
      : `${WORDS[name] ?? name.replaceAll('_', ' ')} ${formatMetric(value)}`;
  const changed = change === undefined ? '' : ` (${formatChange(change)})`;
  const verdict = isBlessed === undefined ? undefined : isBlessed ? 'blessed' : 'not blessed';
  const parts = [figure === undefined ? undefined : `${figure}${changed}`, verdict].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? undefined : parts.join(' · ');
}
