/** Whether metrics can be taken of what the models predict and of what is true of the rows. */

import type { ModelTask } from '../artifact/model-info';
import { AppError } from '../errors';
import type { EvaluationData } from './evaluate';
import type { MetricPlan } from './metric-plan';

/** The first metric or plot of a plan that asks a yes-or-no question of the predictions. */
function binaryQuestion({ metrics, plots }: MetricPlan): string | undefined {
  const metric = metrics.find((each) => each.metric.from === 'problem');
  if (metric !== undefined) return metric.name;
  return plots.some(({ plot }) => plot.from === 'problem') ? 'A plot of the confusion matrix' : undefined;
}

/** Throws `invalid-input` where a model predicts numbers and a metric asks for yes or no. */
export function requireFittingTask(plan: MetricPlan, task: ModelTask | undefined): void {
  const name = task === 'regression' ? binaryQuestion(plan) : undefined;
  if (name === undefined) return;
  throw new AppError('invalid-input', `${name} is about yes and no, and the model predicts a number.`, {
    nextStep: 'Use metrics of regression, such as MeanSquaredError, MeanAbsoluteError and SquaredPearsonCorrelation.',
    path: 'params.evalConfig.metricsSpecs',
  });
}

/** Throws `invalid-input` where a metric asks for yes or no and a label is no share of yes: TFMA refuses it too. */
export function requireFittingLabels(plan: MetricPlan, { classes, labels }: EvaluationData): void {
  const name = classes === 1 ? binaryQuestion(plan) : undefined;
  if (name === undefined) return;
  let outside = 0;
  for (const label of labels) if (!(label >= 0 && label <= 1)) outside++;
  if (outside === 0) return;
  throw new AppError(
    'invalid-input',
    `${name} is about yes and no, and ${outside === 1 ? '1 row has a label' : `${outside.toLocaleString('en')} rows have labels`} outside 0 to 1.`,
    {
      nextStep:
        'For numbers use metrics of regression, such as MeanSquaredError; for yes and no make the label 0 or 1 in Transform.',
      path: 'params.evalConfig.metricsSpecs',
    },
  );
}
