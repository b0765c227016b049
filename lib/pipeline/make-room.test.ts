import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { boxesOf } from './arrange-nodes';
import { touches } from './box-index';
import { makeRoom } from './make-room';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

const chain = (x: number): Pipeline => ({
  format: PIPELINE_FORMAT,
  name: 'chain',
  nodes: {
    rows: { component: 'CsvExampleGen' },
    transform: { component: 'Transform', inputs: { examples: 'rows.examples' } },
    figures: { component: 'StatisticsGen', inputs: { examples: 'transform.transformedExamples' } },
    schema: { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } },
    aside: { component: 'CsvExampleGen' },
  },
  layout: {
    rows: { x: 0, y: 0 },
    transform: { x, y: 0 },
    figures: { x: 224, y: 0 },
    schema: { x: 448, y: 0 },
    aside: { x: 224, y: 320 },
  },
});

describe('room for a card in a wire', () => {
  it.each([80, 112, 160, 224])('is made beside its source, before what it feeds, dropped at %i', (x) => {
    const made = makeRoom(chain(x), COMPONENTS, 'transform');
    const cards = boxesOf(made, COMPONENTS);
    for (const card of cards)
      for (const other of cards) if (card.id !== other.id) expect(touches(card, other)).toBe(false);
    expect((made.layout?.['schema']?.x ?? 0) - (made.layout?.['figures']?.x ?? 0)).toBe(224);
    expect(made.layout?.['rows']).toEqual({ x: 0, y: 0 });
    expect(made.layout?.['aside']).toEqual({ x: 224, y: 320 });
  });

  it('moves nothing where there is room', () => {
    const wide = {
      ...chain(224),
      layout: { ...chain(224).layout, figures: { x: 640, y: 0 }, schema: { x: 864, y: 0 } },
    };
    expect(makeRoom(wide, COMPONENTS, 'transform')).toBe(wide);
  });
});
