import { describe, expect, it } from 'vitest';

import { LOOP_COMPONENTS } from '../../server/testing/components/loop-specs';
import { resolverSpec } from '../catalog/resolver/spec';
import { judgeWire } from './accept-wire';
import { graphOf } from './graph';
import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from './pipeline';
import { candidatesOf, latestBlessed } from './resolve-model';
import { validatePipeline } from './validate';

const CATALOG = { ...LOOP_COMPONENTS, Resolver: resolverSpec };
const pipelineOf = (nodes: Record<string, PipelineNode>): Pipeline => ({ format: PIPELINE_FORMAT, name: 'p', nodes });
const train = (baseModel?: string): PipelineNode => ({
  component: 'OwnTrain',
  ...(baseModel !== undefined && { inputs: { baseModel } }),
});
const judge = (model: string, baselineModel: string): PipelineNode => ({
  component: 'OwnJudge',
  inputs: { model, baselineModel },
});

describe('a Resolver', () => {
  it('waits for the model that its consumers take beside it, which makes no wire', () => {
    const pipeline = pipelineOf({
      baseline: { component: 'Resolver' },
      trainer: train(),
      evaluator: judge('trainer.model', 'baseline.model'),
      second: judge('trainer.model', 'baseline.model'),
    });
    expect(validatePipeline(pipeline, CATALOG)).toEqual([]);
    expect([...candidatesOf(pipeline, CATALOG)]).toEqual([['baseline', [{ node: 'trainer', port: 'model' }]]]);
    expect(graphOf(pipeline, CATALOG).upstream.get('baseline')).toEqual(['trainer']);
    expect(graphOf(pipeline).upstream.get('baseline')).toEqual([]);
  });

  it('waits for nothing where it feeds nobody, or somebody who takes no other model, or another Resolver only', () => {
    const pipeline = pipelineOf({
      alone: { component: 'Resolver' },
      base: { component: 'Resolver' },
      trainer: train('base.model'),
      one: { component: 'Resolver' },
      other: { component: 'Resolver' },
      evaluator: judge('one.model', 'other.model'),
    });
    expect(validatePipeline(pipeline, CATALOG)).toEqual([]);
    expect([...candidatesOf(pipeline, CATALOG).values()].flat()).toEqual([]);
  });

  it('is refused where what it finds is compared with several models', () => {
    const pipeline = pipelineOf({
      baseline: { component: 'Resolver' },
      a: train(),
      b: train('a.model'),
      first: judge('a.model', 'baseline.model'),
      second: judge('b.model', 'baseline.model'),
    });
    expect(validatePipeline(pipeline, CATALOG)).toEqual([
      {
        code: 'several-candidates',
        message:
          'What baseline finds is compared with several models: "a.model" and "b.model". Give each a Resolver of its own.',
        severity: 'error',
        node: 'baseline',
        path: 'nodes.baseline',
      },
    ]);
  });

  it('is refused where the model that it waits for waits for it, also while the wire is drawn', () => {
    const nodes = {
      baseline: { component: 'Resolver' },
      trainer: train(),
      evaluator: judge('trainer.model', 'baseline.model'),
    };
    const judged = judgeWire(
      { pipeline: pipelineOf(nodes), catalog: CATALOG },
      { node: 'baseline', port: 'model', side: 'output' },
    );
    expect(judged.refuse({ node: 'trainer', port: 'baseModel', side: 'input' })).toBe(
      'would go round in a circle: trainer → baseline → trainer',
    );
    const problems = validatePipeline(pipelineOf({ ...nodes, trainer: train('baseline.model') }), CATALOG);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'cycle',
        'These nodes wait for each other in a circle: baseline → trainer → baseline. Unwire one of them. baseline waits for the model that is compared with its own.',
      ],
    ]);
  });

  it('takes the newest model that is not its candidate', () => {
    const models = [
      { id: 'm3', digest: 'c' },
      { id: 'm2', digest: 'b' },
    ];
    expect(latestBlessed(models, [])?.id).toBe('m3');
    expect(latestBlessed(models, ['c'])?.id).toBe('m2');
    expect(latestBlessed(models, ['b'])?.id).toBe('m3');
    expect(latestBlessed([{ id: 'm1', digest: 'a' }], ['a'])).toBeUndefined();
  });
});
