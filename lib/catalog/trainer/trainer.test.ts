import { describe, expect, it } from 'vitest';

import { validatePipeline } from '../../pipeline/validate';
import { COMPONENTS } from '../index';

const features = {
  z: { op: 'scaleToZScore', column: 'fare' },
  b: { op: 'bucketize', column: 'fare', numBuckets: 4 },
  v: { op: 'computeAndApplyVocabulary', column: 'company' },
  y: { op: 'label', column: 'tip' },
};

function problemsOf(params: object): readonly string[] {
  const document = {
    format: 'sluice.pipeline/1' as const,
    name: 'p',
    nodes: {
      transform: { component: 'Transform', params: { features } },
      trainer: {
        component: 'Trainer',
        inputs: { examples: 'transform.transformedExamples', transformGraph: 'transform.transformGraph' },
        params: { template: 'wide-and-deep', task: 'binary', label: 'y', ...params },
      },
    },
  };
  return validatePipeline(document, COMPONENTS)
    .filter(({ node }) => node === 'trainer')
    .map(({ message }) => message);
}

describe('the parameters of Trainer', () => {
  it('let into wide what counts from zero, and nothing else', () => {
    expect(problemsOf({ deep: ['z'], wide: ['b', 'v'] })).toEqual([]);
    expect(problemsOf({ wide: ['b', 'z'] })).toEqual([expect.stringMatching(/^wide\[1\] is made by scaleToZScore/)]);
  });

  it('name features that Transform makes', () => {
    expect(problemsOf({ deep: ['zz'] })).toEqual([expect.stringMatching(/^deep\[0\] is no feature of transform/)]);
    expect(problemsOf({ deep: ['z'], label: 'tip' })).toEqual([expect.stringMatching(/^label is no feature/)]);
  });

  it('need a feature, and never the label as one', () => {
    expect(problemsOf({})).toEqual([expect.stringMatching(/^deep is empty/)]);
    expect(problemsOf({ deep: ['y'] })).toEqual([expect.stringMatching(/is the label/)]);
  });
});
