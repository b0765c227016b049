import { describe, expect, it } from 'vitest';

import { arrivingFeatures } from './arriving-features';
import { zPipeline } from './pipeline';

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
