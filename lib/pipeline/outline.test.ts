import { describe, expect, it } from 'vitest';

import { outlineOf } from './outline';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

const document = (nodes: Pipeline['nodes']): Pipeline => ({ format: PIPELINE_FORMAT, name: 'Trips', nodes });
const lines = (nodes: Pipeline['nodes']) =>
  outlineOf(document(nodes)).map(
    ({ id, level, alsoFrom }) => `${'-'.repeat(level)}${id}${alsoFrom.map((from) => ` <${from}`).join('')}`,
  );

describe('outlineOf', () => {
  it('puts a node below the last one that feeds it and names the others', () => {
    expect(
      lines({
        check: { component: 'ExampleValidator', inputs: { statistics: 'figures.statistics', schema: 'schema.schema' } },
        rows: { component: 'CsvExampleGen' },
        figures: { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } },
        schema: { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } },
        other: { component: 'CsvExampleGen' },
      }),
    ).toEqual(['-rows', '--figures', '---schema', '----check <figures', '-other']);
  });

  it('lists the nodes of a circle at the end', () => {
    expect(
      lines({
        a: { component: 'X', inputs: { in: 'b.out' } },
        b: { component: 'X', inputs: { in: 'a.out' } },
        c: { component: 'X' },
      }),
    ).toEqual(['-c', '-a <b', '-b <a']);
  });
});
