import { describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT, type Pipeline } from './pipeline';
import { inferSchemaAgain, readSchemaFile, schemaFileOf } from './schema-source';

const PIPELINE: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'taxi',
  nodes: {
    examples: { component: 'CsvExampleGen', params: { inputBase: 'data' } },
    statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
    schema: {
      component: 'SchemaGen',
      inputs: { statistics: 'statistics.statistics' },
      params: { inferFeatureShape: false },
      execution: { retries: 2 },
    },
    validator: {
      component: 'ExampleValidator',
      inputs: { statistics: 'statistics.statistics', schema: 'schema.schema' },
    },
  },
};

describe('where a pipeline takes its schema from', () => {
  const curated = readSchemaFile(PIPELINE, 'schema', '/data/v1/schema.pbtxt');

  it('is a file once it is curated; the id, the policy and the wires to others stay', () => {
    expect(curated.nodes).toEqual({
      ...PIPELINE.nodes,
      schema: {
        component: 'ImportSchemaGen',
        params: { schemaFile: '/data/v1/schema.pbtxt' },
        execution: { retries: 2 },
      },
    });
    expect(schemaFileOf(curated, 'schema')).toBe('/data/v1/schema.pbtxt');
    expect(schemaFileOf(PIPELINE, 'schema')).toBeUndefined();
  });

  it('is inferred again as before', () => {
    const before = PIPELINE.nodes['schema'];
    if (before === undefined) throw new Error('the pipeline has the node');
    expect(inferSchemaAgain(curated, 'schema', before)).toEqual(PIPELINE);
  });

  it('changes nothing of a node that is none of its components', () => {
    expect(readSchemaFile(PIPELINE, 'examples', 'a')).toBe(PIPELINE);
    expect(readSchemaFile(PIPELINE, 'gone', 'a')).toBe(PIPELINE);
  });

  it('is not known where a parameter of the pipeline names the file', () => {
    const pipeline: Pipeline = {
      ...PIPELINE,
      nodes: { schema: { component: 'ImportSchemaGen', params: { schemaFile: { $param: 'file' } } } },
    };
    expect(schemaFileOf(pipeline, 'schema')).toBeUndefined();
  });
});
