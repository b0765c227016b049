import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { fixesOf } from './fix-problem';
import type { Pipeline, PipelineNode } from './pipeline';
import { parameterUses, renamePipelineParameter } from './pipeline-parameters';
import { setRunTimeLimit } from './run-time-limit';
import { sourceChoices } from './source-choices';
import { validatePipeline } from './validate';

const EXAMPLES: PipelineNode = { component: 'CsvExampleGen', params: { inputBase: 'a.csv' } };
const STATISTICS: PipelineNode = { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } };

function pipelineOf(nodes: Pipeline['nodes'], more: Partial<Pipeline> = {}): Pipeline {
  return { format: 'sluice.pipeline/1', name: 'p', nodes, ...more };
}

function fix(pipeline: Pipeline) {
  const [problem] = validatePipeline(pipeline, COMPONENTS);
  if (problem === undefined) throw new Error('there is no problem');
  return fixesOf({ pipeline, catalog: COMPONENTS, arriving: () => undefined }, problem);
}

describe('a fix', () => {
  it.each<[string, Pipeline, string]>([
    [
      'the only output that fits',
      pipelineOf({ examples: EXAMPLES, statistics: { component: 'StatisticsGen' } }),
      'Wire examples.examples',
    ],
    [
      'a mistyped parameter',
      pipelineOf({ examples: { ...EXAMPLES, params: { inputBase: 'a.csv', emptyCell: 'missing' } } }),
      'Rename to "emptyCells"',
    ],
    [
      'a parameter that is like none',
      pipelineOf({ examples: { ...EXAMPLES, params: { inputBase: 'a.csv', zzz: 1 } } }),
      'Remove "zzz"',
    ],
    [
      'a mistyped parameter inside a structure',
      pipelineOf({ examples: EXAMPLES, s: { ...STATISTICS, params: { statsOptions: { numTopValue: 3 } } } }),
      'Rename to "numTopValues"',
    ],
    [
      'a mistyped input',
      pipelineOf({ examples: EXAMPLES, s: { component: 'StatisticsGen', inputs: { example: 'examples.examples' } } }),
      'Rename to "examples"',
    ],
    [
      'a source that is spelt otherwise',
      pipelineOf({ examples: EXAMPLES, s: { ...STATISTICS, inputs: { examples: 'exmples.examples' } } }),
      'Wire examples.examples instead',
    ],
    [
      'an output that is spelt otherwise',
      pipelineOf({ examples: EXAMPLES, s: { ...STATISTICS, inputs: { examples: 'examples.example' } } }),
      'Wire examples.examples instead',
    ],
    [
      'a mistyped component',
      pipelineOf({ examples: { ...EXAMPLES, component: 'CsvExampelGen' } }),
      'Make it CsvExampleGen',
    ],
    [
      'a pipeline parameter that nobody uses',
      pipelineOf({ examples: EXAMPLES }, { parameters: { a: { type: 'string' } } }),
      'Remove "a"',
    ],
  ])('mends %s', (_what, pipeline, label) => {
    const [first] = fix(pipeline);
    expect(first?.label).toBe(label);
    const after = first?.apply(pipeline) ?? pipeline;
    expect(validatePipeline(after, COMPONENTS)).toEqual([]);
  });

  it('mends a mistyped pipeline parameter', () => {
    const params = { inputBase: { $param: 'flie' } };
    const pipeline = pipelineOf(
      { examples: { ...EXAMPLES, params } },
      { parameters: { file: { type: 'string', default: 'a.csv' } } },
    );
    const problem = validatePipeline(pipeline, COMPONENTS).find(({ code }) => code === 'unknown-pipeline-parameter');
    if (problem === undefined) throw new Error('there is no problem');
    const [first] = fixesOf({ pipeline, catalog: COMPONENTS, arriving: () => undefined }, problem);
    expect(first?.label).toBe('Use "file"');
    expect(validatePipeline(first?.apply(pipeline) ?? pipeline, COMPONENTS)).toEqual([]);
  });

  it('is not offered where two outputs fit', () => {
    expect(fix(pipelineOf({ a: EXAMPLES, b: EXAMPLES, s: { component: 'StatisticsGen' } }))).toEqual([]);
  });
});

describe('sources of an input', () => {
  it('come with the reason of those that may not be taken', () => {
    const pipeline = pipelineOf({
      examples: EXAMPLES,
      statistics: STATISTICS,
      schema: { component: 'SchemaGen', inputs: { statistics: 'statistics.statistics' } },
    });
    expect(sourceChoices({ pipeline, catalog: COMPONENTS }, { node: 'statistics', port: 'schema' })).toEqual([
      { from: { node: 'examples', port: 'examples' }, refusal: 'is Examples' },
      { from: { node: 'schema', port: 'schema' }, refusal: 'would make a circle' },
    ]);
    expect(sourceChoices({ pipeline, catalog: COMPONENTS }, { node: 'schema', port: 'statistics' })[0]).toEqual({
      from: { node: 'statistics', port: 'statistics' },
      refusal: undefined,
    });
  });
});

describe('pipeline parameters', () => {
  const pipeline = pipelineOf(
    {
      a: { component: 'CsvExampleGen', params: { inputBase: { $param: 'file' } } },
      b: { component: 'X', params: { list: [1, { $param: 'file' }] } },
    },
    { parameters: { file: { type: 'string', default: 'a.csv' }, other: { type: 'json' } } },
  );

  it('know where they are used', () => {
    expect(parameterUses(pipeline).get('file')).toEqual([
      { node: 'a', path: ['inputBase'] },
      { node: 'b', path: ['list', 1] },
    ]);
    expect(parameterUses(pipeline).get('other')).toBeUndefined();
  });

  it('take their references along when they are renamed, and keep their place', () => {
    const renamed = renamePipelineParameter(pipeline, 'file', 'path');
    expect(Object.keys(renamed.parameters ?? {})).toEqual(['path', 'other']);
    expect(parameterUses(renamed).get('path')).toHaveLength(2);
    expect(parameterUses(renamed).get('file')).toBeUndefined();
    expect(renamePipelineParameter(pipeline, 'nobody', 'x')).toBe(pipeline);
    expect(() => renamePipelineParameter(pipeline, 'file', 'other')).toThrow('is there already');
  });
});

it('sets and removes the time limit of a run', () => {
  const pipeline = pipelineOf({});
  const limited = setRunTimeLimit(pipeline, 1_000);
  expect(limited.execution).toEqual({ timeoutMs: 1_000 });
  expect(setRunTimeLimit(limited, 1_000)).toBe(limited);
  expect(setRunTimeLimit(limited, undefined)).toEqual(pipeline);
});
