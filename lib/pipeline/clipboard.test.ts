import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { copyNodes, pasteNodes, readClipboard, type Clipboard } from './clipboard';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

const document: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'Trips',
  parameters: { limit: { type: 'integer', default: 5 }, other: { type: 'string' } },
  nodes: {
    rows: { component: 'CsvExampleGen', params: { inputBase: 'trips.csv' } },
    figures: {
      component: 'StatisticsGen',
      inputs: { examples: 'rows.examples' },
      params: { statsOptions: { numTopValues: { $param: 'limit' } } },
    },
    schema: { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } },
  },
  layout: { rows: { x: 0, y: 0 }, figures: { x: 200, y: 40 }, schema: { x: 400, y: 0 } },
};

const copied = (ids: readonly string[]): Clipboard => {
  const clipboard = readClipboard(copyNodes(document, 'pipe_1', ids));
  if (clipboard === undefined) throw new Error('what was copied cannot be read');
  return clipboard;
};

describe('the clipboard', () => {
  it('pastes under fresh ids and keeps wires among what was copied', () => {
    const { document: pasted, ids } = pasteNodes(document, copied(['figures', 'schema']), {
      pipelineId: 'pipe_1',
      catalog: COMPONENTS,
    });
    expect(ids).toEqual(['figures2', 'schema2']);
    expect(pasted.nodes['schema2']?.inputs).toEqual({ statistics: 'figures2.statistics' });
    const { x = 0, y = 0 } = pasted.layout?.['figures2'] ?? {};
    expect(pasted.layout?.['schema2']).toEqual({ x: x + 200, y: y - 40 });
  });

  it('keeps wires from outside in the same pipeline while their source is there', () => {
    const here = pasteNodes(document, copied(['figures']), { pipelineId: 'pipe_1', catalog: COMPONENTS });
    expect(here.document.nodes['figures2']?.inputs).toEqual({ examples: 'rows.examples' });
    const { rows: _rows, ...without } = document.nodes;
    const gone = pasteNodes({ ...document, nodes: without }, copied(['figures']), {
      pipelineId: 'pipe_1',
      catalog: COMPONENTS,
    });
    expect(gone.document.nodes['figures2']?.inputs).toBeUndefined();
  });

  it('leaves inputs from outside open in another pipeline, even where a node has the same name', () => {
    const there = pasteNodes(document, copied(['figures']), { pipelineId: 'pipe_2', catalog: COMPONENTS });
    expect(there.document.nodes['figures2']?.inputs).toBeUndefined();
  });

  it('brings along the pipeline parameters that are used and not there', () => {
    expect(Object.keys(copied(['figures']).parameters ?? {})).toEqual(['limit']);
    const empty: Pipeline = { format: PIPELINE_FORMAT, name: 'Empty', nodes: {} };
    const pasted = pasteNodes(empty, copied(['figures']), {
      pipelineId: 'pipe_2',
      at: { x: 7, y: 8 },
      catalog: COMPONENTS,
    });
    expect(pasted.document.parameters).toEqual({ limit: { type: 'integer', default: 5 } });
    expect(pasted.document.layout?.['figures']).toEqual({ x: 7, y: 8 });
  });

  it('counts on from a name that ends in a number', () => {
    const once = pasteNodes(document, copied(['figures']), { pipelineId: 'pipe_1', catalog: COMPONENTS }).document;
    const again = readClipboard(copyNodes(once, 'pipe_1', ['figures2']));
    expect(
      again === undefined ? [] : pasteNodes(once, again, { pipelineId: 'pipe_1', catalog: COMPONENTS }).ids,
    ).toEqual(['figures3']);
  });

  it('lays out a file that names no places', () => {
    const { layout: _layout, ...file } = document;
    const clipboard = readClipboard(JSON.stringify(file));
    if (clipboard === undefined) throw new Error('the file cannot be read');
    const empty: Pipeline = { format: PIPELINE_FORMAT, name: 'Empty', nodes: {} };
    const pasted = pasteNodes(empty, clipboard, { pipelineId: 'pipe_2', catalog: COMPONENTS });
    const places = Object.values(pasted.document.layout ?? {}).map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(3);
  });

  it('takes a pipeline file for what it holds, and nothing else for anything', () => {
    expect(Object.keys(readClipboard(JSON.stringify(document))?.nodes ?? {})).toEqual(['rows', 'figures', 'schema']);
    for (const text of ['', 'hello', '{', '{}', '[1]', '{"format":"sluice.clipboard/2"}'])
      expect(readClipboard(text)).toBeUndefined();
  });
});
