import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { addComponent } from './add-component';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

const document: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'Trips',
  nodes: {
    rows: { component: 'CsvExampleGen' },
    figures: { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } },
    schema: { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } },
  },
  layout: { rows: { x: 0, y: 0 }, figures: { x: 224, y: 0 }, schema: { x: 448, y: 0 } },
};
const at = { x: 10, y: 10 };

describe('addComponent', () => {
  it('wires every required input that one output fits', () => {
    const added = addComponent(document, COMPONENTS, { component: 'ExampleValidator', at, wires: true });
    expect(added.id).toBe('exampleValidator');
    expect(added.document.nodes['exampleValidator']?.inputs).toEqual({
      statistics: 'figures.statistics',
      schema: 'schema.schema',
    });
  });

  it('leaves an input open where two outputs fit, except for the wire that was drawn', () => {
    const two = { ...document, nodes: { ...document.nodes, more: { component: 'StatisticsGen' } } };
    const from = { node: 'more', port: 'statistics', side: 'output' as const };
    const open = addComponent(two, COMPONENTS, { component: 'SchemaGen', at, wires: true });
    expect(open.document.nodes[open.id]?.inputs).toBeUndefined();
    const drawn = addComponent(two, COMPONENTS, { component: 'SchemaGen', at, wires: true, from, port: 'statistics' });
    expect(drawn.document.nodes[drawn.id]?.inputs).toEqual({ statistics: 'more.statistics' });
  });

  it('feeds an input whose wire was drawn backwards', () => {
    const from = { node: 'figures', port: 'schema', side: 'input' as const };
    const added = addComponent(document, COMPONENTS, {
      component: 'ImportSchemaGen',
      at,
      wires: true,
      from,
      port: 'schema',
    });
    expect(added.document.nodes['figures']?.inputs).toMatchObject({ schema: 'importSchemaGen.schema' });
  });

  it('puts the card on the grid and on free ground', () => {
    const added = addComponent(document, COMPONENTS, { component: 'SchemaGen', at, wires: false });
    const place = added.document.layout?.[added.id];
    expect(place?.x).toBe(16);
    expect(place?.y).toBeGreaterThan(80);
  });
});
