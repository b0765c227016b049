/** Which metrics a table of versions shows, and what they are called on screens. */

import type { ModelVersion } from './model';

/** By how much they tell at a glance; those not named follow in the order of the alphabet. */
const FIRST = [
  'auc',
  'binary_accuracy',
  'accuracy',
  'categorical_accuracy',
  'sparse_categorical_accuracy',
  'macro f1_score',
  'mean_squared_error',
  'root_mean_squared_error',
  'mean_absolute_error',
  'calibration',
  'auc_precision_recall',
  'precision',
  'recall',
];

/** Counts say how large the evaluation was, not how good the model is. */
const COUNTS: ReadonlySet<string> = new Set(['example_count', 'weighted_example_count']);

/** The metrics of versions, most telling first, without counts. */
export function metricColumns(versions: readonly Pick<ModelVersion, 'metrics'>[]): readonly string[] {
  const names = [...new Set(versions.flatMap(({ metrics }) => Object.keys(metrics)))].filter(
    (name) => !COUNTS.has(name),
  );
  const rank = (name: string) => {
    const at = FIRST.indexOf(name);
    return at < 0 ? FIRST.length : at;
  };
  return names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

const WORDS: { readonly [metric: string]: string } = {
  auc: 'AUC',
  auc_precision_recall: 'PR-AUC',
  f1_score: 'F1',
  binary_accuracy: 'Accuracy',
  categorical_accuracy: 'Accuracy',
  sparse_categorical_accuracy: 'Accuracy',
  mean_squared_error: 'MSE',
  root_mean_squared_error: 'RMSE',
  mean_absolute_error: 'MAE',
  mean_absolute_percentage_error: 'MAPE',
  binary_crossentropy: 'Log loss',
};

/** A metric's name as screens write it: `AUC`, `Mean label`, `Macro F1`. */
export function metricLabel(name: string): string {
  const known = WORDS[name];
  if (known !== undefined) return known;
  const average = /^(macro|micro|weighted macro) (.*)$/.exec(name);
  if (average?.[1] !== undefined && average[2] !== undefined)
    return `${sentence(average[1])} ${lower(metricLabel(average[2]))}`;
  return sentence(name.replaceAll('_', ' '));
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function lower(text: string): string {
  return /^[A-Z]{2}|\d/.test(text) ? text : `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
