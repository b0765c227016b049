import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { columnProblems, type Arriving } from './arriving-columns';
import { arrivingFeatures } from './arriving-features';
import { zPipeline } from './pipeline';
import { validatePipeline } from './validate';

const pipeline = zPipeline.parse({
  format: 'sluice.pipeline/1',
  name: 'p',
  nodes: {
    examples: { component: 'CsvExampleGen', params: { inputBase: 'a.csv' } },
    transform: {
      component: 'Transform',
      inputs: { examples: 'examples.examples' },
      params: { features: { fare_z: { op: 'scaleToZScore', column: 'fare' }, tip: { op: 'label', column: 'tip' } } },
    },
    trainer: { component: 'Trainer', inputs: { transformGraph: 'transform.transformGraph' } },
    evaluator: { component: 'Evaluator', inputs: { examples: 'examples.examples', model: 'trainer.model' } },
    alone: { component: 'Evaluator', inputs: { examples: 'examples.examples' } },
  },
});

describe('features that come with a model', () => {
  it('are those of the Transform that it was trained on', () => {
    expect(arrivingFeatures(pipeline, 'evaluator', 'model')).toEqual(['fare_z', 'tip']);
  });

  it('are none where no model is wired', () => {
    expect(arrivingFeatures(pipeline, 'alone', 'model')).toEqual([]);
  });
});

describe('features that Trainer names', () => {
  const document = zPipeline.parse({
    ...pipeline,
    nodes: {
      ...pipeline.nodes,
      trainer: {
        component: 'Trainer',
        inputs: { examples: 'transform.transformedExamples', transformGraph: 'transform.transformGraph' },
        params: { template: 'dense', task: 'binary', label: 'tip', features: ['fare_zz'] },
      },
    },
  });
  const known: Arriving = {
    state: 'known',
    columns: [{ name: 'old', kind: 'FLOAT' }],
    splits: ['train', 'eval'],
    seenIn: 'run 1',
    isCurrent: false,
  };

  it('are those of its Transform, before anything has run', () => {
    expect(arrivingFeatures(document, 'trainer', 'transformGraph')).toEqual(['fare_z', 'tip']);
  });

  it('are reported once where there is none of that name, whatever an older run brought', () => {
    const problems = [...validatePipeline(document, COMPONENTS), ...columnProblems(document, COMPONENTS, () => known)];
    const ofTrainer = problems.filter(({ node }) => node === 'trainer').map(({ message }) => message);
    expect(ofTrainer).toEqual([expect.stringMatching(/^features\[0\] is no feature of transform.*fare_z/)]);
  });
});
