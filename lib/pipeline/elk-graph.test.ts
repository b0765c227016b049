import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { boxesOf } from './arrange-nodes';
import { placesFromElk, toElkGraph } from './elk-graph';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

const document: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'Trips',
  nodes: {
    rows: { component: 'CsvExampleGen' },
    figures: { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } },
    schema: { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } },
    check: { component: 'ExampleValidator', inputs: { statistics: 'figures.statistics', schema: 'schema.schema' } },
  },
  layout: { rows: { x: 400, y: 320 }, figures: { x: 0, y: 160 }, schema: { x: 80, y: 480 }, check: { x: 16, y: 16 } },
};

describe('the graph for the layout kernel', () => {
  it('has a wire once for each pair of nodes, and only among those that are laid out', () => {
    const graph = toElkGraph(document, COMPONENTS, ['figures', 'schema', 'check']);
    expect(graph.children.map(({ id }) => id)).toEqual(['check', 'figures', 'schema']);
    expect(graph.edges.map(({ sources, targets }) => [...sources, ...targets])).toEqual([
      ['figures', 'schema'],
      ['figures', 'check'],
      ['schema', 'check'],
    ]);
  });

  it('keeps the corner of what was laid out, and lands on the grid', () => {
    const before = boxesOf(document, COMPONENTS, ['figures', 'schema']);
    const places = placesFromElk(
      [
        { id: 'figures', x: 12, y: 12 },
        { id: 'schema', x: 236.4, y: 31 },
      ],
      before,
    );
    expect(places.get('figures')).toEqual({ x: 0, y: 160 });
    expect(places.get('schema')).toEqual({ x: 224, y: 176 });
  });
});
