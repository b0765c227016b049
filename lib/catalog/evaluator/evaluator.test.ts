import { describe, expect, it } from 'vitest';

import { validatePipeline } from '../../pipeline/validate';
import { zPipeline } from '../../pipeline/pipeline';
import { COMPONENTS } from '../index';

const METRICS = [{ metrics: [{ className: 'AUC' }] }];

function problemsOf(evalConfig: object, inputs: object = {}) {
  const pipeline = zPipeline.parse({
    format: 'sluice.pipeline/1',
    name: 'p',
    nodes: {
      examples: { component: 'CsvExampleGen', params: { inputBase: 'a.csv' } },
      pushed: { component: 'Pusher', inputs: {} },
      evaluator: {
        component: 'Evaluator',
        inputs: { examples: 'examples.examples', ...inputs },
        params: { evalConfig },
      },
    },
  });
  return validatePipeline(pipeline, COMPONENTS)
    .filter(({ node, path = '' }) => node === 'evaluator' && path.includes('params'))
    .map(({ message, path }) => [path, message] as const);
}

describe('the parameters of Evaluator', () => {
  it('need a model or the column of the predictions', () => {
    const config = { modelSpecs: [{ labelKey: 'label' }], metricsSpecs: METRICS };
    expect(problemsOf(config)).toEqual([
      [
        'nodes.evaluator.params.evalConfig.modelSpecs[0].predictionKey',
        'Evaluator needs a model at its input "model", or predictionKey: the column of predictions.',
      ],
    ]);
    expect(problemsOf(config, { model: 'trainer.model' })).toEqual([]);
    expect(problemsOf({ ...config, modelSpecs: [{ labelKey: 'label', predictionKey: 'score' }] })).toEqual([]);
  });

  it.each([
    {
      name: 'two models without names',
      config: {
        modelSpecs: [
          { labelKey: 'l', predictionKey: 'a' },
          { labelKey: 'l', predictionKey: 'b', isBaseline: true },
        ],
      },
      says: /is needed where there are two models/,
    },
    {
      name: 'two baselines',
      config: {
        modelSpecs: [
          { name: 'a', labelKey: 'l', predictionKey: 'a', isBaseline: true },
          { name: 'b', labelKey: 'l', predictionKey: 'b', isBaseline: true },
        ],
      },
      says: /needs one model that is no baseline/,
    },
    {
      name: 'a metric that there is not',
      config: {
        modelSpecs: [{ labelKey: 'l', predictionKey: 'a' }],
        metricsSpecs: [{ metrics: [{ className: 'Auc' }] }],
      },
      says: /is no metric that there is\. Did you mean "AUC"/,
    },
    {
      name: 'a threshold of some slices that names none',
      config: {
        modelSpecs: [{ labelKey: 'l', predictionKey: 'a' }],
        metricsSpecs: [{ metrics: [{ className: 'AUC', perSliceThresholds: [{ slicingSpecs: [], threshold: {} }] }] }],
      },
      says: /Add at least one slicing spec/,
    },
    {
      name: 'no label',
      config: { modelSpecs: [{ predictionKey: 'a' }] },
      says: /is needed: the column that holds what is true/,
    },
  ])('are refused with $name', ({ config, says }) => {
    expect(
      problemsOf(config)
        .map(([, message]) => message)
        .join('\n'),
    ).toMatch(says);
  });
});
