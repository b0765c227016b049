import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { columnProblems, columnSourceOf, namedColumns, neededOutputs, type Arriving } from './arriving-columns';
import { fixesOf } from './fix-problem';
import type { Pipeline } from './pipeline';

const PIPELINE: Pipeline = {
  format: 'sluice.pipeline/1',
  name: 'taxi',
  parameters: { weight: { type: 'string', default: 'fare' } },
  nodes: {
    examples: {
      component: 'CsvExampleGen',
      params: { inputBase: 'a.csv', outputConfig: { splitConfig: { splits: [], partitionFeatureName: 'companny' } } },
    },
    statistics: {
      component: 'StatisticsGen',
      inputs: { examples: 'examples.examples' },
      params: { statsOptions: { weightFeature: { $param: 'weight' }, featureAllowlist: ['fare', 'milse'] } },
    },
    schema: { component: 'SchemaGen', inputs: { statistics: 'statistics.statistics' } },
    lonely: { component: 'StatisticsGen', params: { statsOptions: { weightFeature: 'fare' } } },
  },
};
const CONTEXT = { pipeline: PIPELINE, catalog: COMPONENTS };
const KNOWN: Arriving = {
  state: 'known',
  columns: ['fare', 'miles', 'company'].map((name) => ({ name, kind: 'FLOAT' })),
  splits: ['train', 'eval'],
  seenIn: 'a.csv',
  isCurrent: true,
};

describe('the columns of an input', () => {
  it('are those of the output that decides them, however many nodes describe it on the way', () => {
    const expected = { found: true, output: { node: 'examples', port: 'examples' } };
    expect(columnSourceOf(CONTEXT, 'statistics', { input: 'examples' })).toEqual(expected);
    expect(columnSourceOf(CONTEXT, 'schema', { input: 'statistics' })).toEqual(expected);
  });

  it('are those of the own files where a parameter asks for the source', () => {
    expect(columnSourceOf(CONTEXT, 'examples', 'source')).toEqual({
      found: true,
      output: { node: 'examples', port: '' },
    });
  });

  it('are not known where a wire is missing, leads nowhere, or round in a circle, and say why', () => {
    expect(columnSourceOf(CONTEXT, 'lonely', { input: 'examples' })).toMatchObject({ found: false });
    const circle: Pipeline = {
      ...PIPELINE,
      nodes: {
        a: { component: 'SchemaGen', inputs: { statistics: 'b.schema' } },
        b: { component: 'SchemaGen', inputs: { statistics: 'a.schema' } },
      },
    };
    expect(columnSourceOf({ ...CONTEXT, pipeline: circle }, 'a', { input: 'statistics' })).toEqual({
      found: false,
      reason: 'The wires go round in a circle.',
    });
    const gone: Pipeline = { ...PIPELINE, nodes: { a: { component: 'SchemaGen', inputs: { statistics: 'x.y' } } } };
    expect(columnSourceOf({ ...CONTEXT, pipeline: gone }, 'a', { input: 'statistics' })).toMatchObject({
      found: false,
    });
  });
});

describe('columns that parameters name', () => {
  it('are found in structures and lists, and behind pipeline parameters', () => {
    expect(namedColumns(PIPELINE, COMPONENTS.StatisticsGen, 'statistics')).toEqual([
      { name: 'fare', origin: { input: 'examples' }, path: ['statsOptions', 'featureAllowlist', 0] },
      { name: 'milse', origin: { input: 'examples' }, path: ['statsOptions', 'featureAllowlist', 1] },
      { name: 'fare', origin: { input: 'examples' }, path: ['statsOptions', 'weightFeature'] },
    ]);
  });

  it('do not count where the node makes such a feature itself', () => {
    const feature = (column: string) => ({ op: 'scaleToZScore', column });
    const params = { features: { fare_z: feature('fare'), twice: feature('fare_z') } };
    const pipeline: Pipeline = {
      ...PIPELINE,
      nodes: { ...PIPELINE.nodes, transform: { component: 'Transform', params } },
    };
    expect(namedColumns(pipeline, COMPONENTS.Transform, 'transform').map(({ name }) => name)).toEqual(['fare']);
  });

  it('are asked of each output once', () => {
    expect(neededOutputs(PIPELINE, COMPONENTS)).toEqual([{ node: 'examples', port: 'examples' }]);
  });

  it('that do not arrive are warnings with the nearest right name', () => {
    const problems = columnProblems(PIPELINE, COMPONENTS, () => KNOWN);
    expect(problems.map(({ code, severity, path }) => ({ code, severity, path }))).toEqual([
      {
        code: 'missing-column',
        severity: 'warning',
        path: 'nodes.examples.params.outputConfig.splitConfig.partitionFeatureName',
      },
      { code: 'missing-column', severity: 'warning', path: 'nodes.statistics.params.statsOptions.featureAllowlist[1]' },
    ]);
    expect(problems[1]?.message).toBe(
      'The column "milse" does not arrive at "examples" (seen in a.csv). Did you mean "miles"?',
    );
    const [fix] = fixesOf(
      { ...CONTEXT, arriving: () => KNOWN },
      problems[1] ?? { code: 'cycle', message: '', severity: 'error' },
    );
    expect(fix?.label).toBe('Use "miles"');
    expect(columnProblems(fix?.apply(PIPELINE) ?? PIPELINE, COMPONENTS, () => KNOWN)).toHaveLength(1);
  });

  it('are not judged where it is not known what arrives', () => {
    expect(columnProblems(PIPELINE, COMPONENTS, () => ({ state: 'asking' }))).toEqual([]);
    expect(columnProblems(PIPELINE, COMPONENTS, () => undefined)).toEqual([]);
  });
});
