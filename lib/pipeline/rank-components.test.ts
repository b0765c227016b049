import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';
import { rankComponents, type OpenWire } from './rank-components';

const rows = { component: 'CsvExampleGen' };
const figures = { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } };
const schema = { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } };
const document = (nodes: Pipeline['nodes']): Pipeline => ({ format: PIPELINE_FORMAT, name: 'Trips', nodes });
const ranked = (nodes: Pipeline['nodes'], from?: OpenWire) =>
  rankComponents(document(nodes), COMPONENTS, from).map(({ spec }) => spec.type);

describe('rankComponents', () => {
  it('begins an empty graph with what needs nothing', () => {
    expect(ranked({}).slice(0, 2)).toEqual(['CsvExampleGen', 'ParquetExampleGen']);
  });

  it('follows the tail of data validation', () => {
    expect(ranked({ rows })[0]).toBe('StatisticsGen');
    expect(ranked({ rows, figures })[0]).toBe('SchemaGen');
    expect(ranked({ rows, figures, schema })[0]).toBe('ExampleValidator');
  });

  it('puts what feeds a missing input before everything else', () => {
    const validator = { component: 'ExampleValidator', inputs: { statistics: 'figures.statistics' } };
    expect(['SchemaGen', 'ImportSchemaGen']).toContain(ranked({ rows, figures, validator })[0]);
    expect(ranked({ figures: { component: 'StatisticsGen' } })[0]).toMatch(/ExampleGen$/);
  });

  it('offers only what takes an open wire, and says with which port', () => {
    const from: OpenWire = { node: 'schema', port: 'schema', side: 'output' };
    const offered = rankComponents(document({ rows, figures, schema }), COMPONENTS, from);
    expect(offered[0]).toMatchObject({ spec: { type: 'ExampleValidator' }, port: 'schema' });
    expect(new Set(offered.map(({ spec, port }) => `${spec.type}.${String(port)}`))).toEqual(
      new Set([
        'ExampleValidator.schema',
        'StatisticsGen.schema',
        'Transform.schema',
        'Trainer.schema',
        'Evaluator.schema',
      ]),
    );
    expect(ranked({ figures }, { node: 'figures', port: 'examples', side: 'input' })).toEqual([
      'CsvExampleGen',
      'ParquetExampleGen',
      'Transform',
    ]);
  });

  it('offers every component of the catalog once where no wire is open', () => {
    expect(new Set(ranked({ rows }))).toEqual(new Set(Object.keys(COMPONENTS)));
  });
});
