import { describe, expect, it } from 'vitest';

import { affectedNodes } from './affected-nodes';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

const PIPELINE: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'taxi',
  nodes: {
    examples: { component: 'CsvExampleGen' },
    statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
    schema: { component: 'SchemaGen', inputs: { statistics: 'statistics.statistics' } },
    check: { component: 'ExampleValidator', inputs: { statistics: 'statistics.statistics', schema: 'schema.schema' } },
    other: { component: 'ExampleValidator', inputs: { statistics: 'statistics.statistics', schema: 'schema.schema' } },
    transform: { component: 'Transform', inputs: { examples: 'examples.examples', schema: 'schema.schema' } },
    trainer: { component: 'Trainer', inputs: { examples: 'transform.examples' } },
    apart: { component: 'CsvExampleGen' },
  },
};

describe('nodes that a finding reaches', () => {
  it('take the data that were checked, directly or not', () => {
    expect(affectedNodes(PIPELINE, 'check', (component) => component === 'ExampleValidator')).toEqual([
      'transform',
      'trainer',
    ]);
  });

  it('are none where nothing else takes the data', () => {
    expect(affectedNodes(PIPELINE, 'apart', () => false)).toEqual([]);
  });
});
