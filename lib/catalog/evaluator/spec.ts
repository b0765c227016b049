/** Evaluator: TFMA's metrics of predictions, slice by slice, and whether they hold the thresholds. */

import * as z from 'zod';

import { zEvalConfig } from '../../evaluation/eval-config';
import { METRIC_CLASSES, metricClassOf } from '../../metrics/metric-class';
import { plotClassOf } from '../../metrics/plots';
import { didYouMean } from '../../text/closest-word';
import { defineComponent } from '../component-spec';

/** Parameters of Evaluator. */
export const zEvaluatorParams = z
  .strictObject({
    evalConfig: zEvalConfig.describe(
      "TFMA's EvalConfig: what is the label and the prediction, which slices, which metrics, which thresholds.",
    ),
    exampleSplits: z.array(z.string().min(1)).min(1).default(['eval']).describe('Splits whose rows are evaluated.'),
  })
  .superRefine(({ evalConfig }, context) => {
    const report = (message: string, path: readonly (string | number)[]) => {
      context.addIssue({ code: 'custom', message, path: ['evalConfig', ...path] });
    };
    for (const [index, { labelKey, name }] of evalConfig.modelSpecs.entries()) {
      if (labelKey === undefined)
        report('is needed: the column that holds what is true', ['modelSpecs', index, 'labelKey']);
      if (evalConfig.modelSpecs.length > 1 && name === '')
        report('is needed where there are two models', ['modelSpecs', index, 'name']);
    }
    const baselines = evalConfig.modelSpecs.filter(({ isBaseline }) => isBaseline).length;
    if (baselines !== evalConfig.modelSpecs.length - 1)
      report('needs one model that is no baseline: of two, the other has isBaseline', ['modelSpecs']);
    if (evalConfig.modelSpecs[0]?.name !== '' && evalConfig.modelSpecs[0]?.name === evalConfig.modelSpecs[1]?.name)
      report('names two models the same', ['modelSpecs', 1, 'name']);
    for (const [at, { metrics }] of evalConfig.metricsSpecs.entries())
      for (const [index, { className }] of metrics.entries())
        if (metricClassOf(className) === undefined && plotClassOf(className) === undefined)
          report(`is no metric that there is.${didYouMean(className, METRIC_CLASSES)}`, [
            'metricsSpecs',
            at,
            'metrics',
            index,
            'className',
          ]);
  });

/** The specification of Evaluator. */
export const evaluatorSpec = defineComponent({
  type: 'Evaluator',
  version: 2,
  title: 'Evaluator',
  summary: 'Measures a model or predictions slice by slice and blesses what holds its thresholds.',
  category: 'Evaluate',
  inputs: {
    examples: {
      type: 'Examples',
      summary: 'Raw rows that hold what is true, and the predictions where no model is wired.',
    },
    model: {
      type: 'Model',
      summary: 'The candidate. Without it, predictionKey names the predictions.',
      optional: true,
    },
    baselineModel: { type: 'Model', summary: 'What the candidate is compared with.', optional: true },
    schema: { type: 'Schema', summary: 'Bounds calibration plots by the domain of the label.', optional: true },
  },
  outputs: {
    evaluation: { type: 'ModelEvaluation', summary: 'Metrics and plots of every slice, the verdict, the predictions.' },
    blessing: { type: 'ModelBlessing', summary: 'BLESSED or NOT_BLESSED; neither where there is no threshold.' },
  },
  params: zEvaluatorParams,
  judge: ({ evalConfig: { modelSpecs } }, wired) =>
    modelSpecs.flatMap(({ predictionKey, isBaseline }, index) => {
      // A baseline that does not come is left out with what asks for it.
      if (isBaseline || wired.has('model') || predictionKey !== undefined) return [];
      const path = ['evalConfig', 'modelSpecs', index, 'predictionKey'];
      return [
        { message: 'Evaluator needs a model at its input "model", or predictionKey: the column of predictions.', path },
      ];
    }),
});
