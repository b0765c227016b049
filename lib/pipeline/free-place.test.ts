import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { boxesOf } from './arrange-nodes';
import { touches } from './box-index';
import { copyNodes, pasteNodes, readClipboard } from './clipboard';
import { shiftToFree } from './free-place';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

const at = (x: number, y: number) => ({ x, y, width: 166, height: 98 });

/** Cards in rows and columns, so near to one another that none fits between. */
function grid(columns: number, rows: number): Pipeline {
  const cells = Array.from({ length: columns * rows }, (_, cell) => ({
    id: `n${cell}`,
    place: { x: (cell % columns) * 192, y: Math.floor(cell / columns) * 112 },
  }));
  return {
    format: PIPELINE_FORMAT,
    name: 'grid',
    nodes: Object.fromEntries(cells.map(({ id }) => [id, { component: 'StatisticsGen' }])),
    layout: Object.fromEntries(cells.map(({ id, place }) => [id, place])),
  };
}

describe('free ground', () => {
  it('is where it was asked for while nothing lies there', () => {
    expect(shiftToFree(grid(1, 1), COMPONENTS, [at(400, 0)])).toEqual({ x: 0, y: 0 });
  });

  it('is beside the card that lies there, the shortest way', () => {
    const shift = shiftToFree(grid(1, 1), COMPONENTS, [at(16, 16)]);
    expect(shift.x).toBe(0);
    expect(shift.y).toBeGreaterThan(0);
    expect(shift.y).toBeLessThanOrEqual(128);
  });

  it('is the same for all that comes together', () => {
    const shift = shiftToFree(grid(3, 2), COMPONENTS, [at(0, 0), at(192, 0), at(384, 112)]);
    const moved = [at(0, 0), at(192, 0), at(384, 112)].map((box) => ({
      ...box,
      x: box.x + shift.x,
      y: box.y + shift.y,
    }));
    for (const card of boxesOf(grid(3, 2), COMPONENTS)) for (const box of moved) expect(touches(card, box)).toBe(false);
  });

  it('is below everything where all is full for a long way', () => {
    const pipeline = grid(40, 70);
    const middle = at(20 * 192, 35 * 112);
    const shift = shiftToFree(pipeline, COMPONENTS, [middle]);
    expect(middle.y + shift.y).toBeGreaterThan(70 * 112 - 16);
  });
});

it('what is pasted or duplicated covers nothing', () => {
  const pipeline = grid(6, 4);
  const clipboard = readClipboard(copyNodes(pipeline, 'pipe_1', ['n0', 'n1', 'n7']));
  if (clipboard === undefined) throw new Error('nothing was copied');
  for (const place of [undefined, { x: 200, y: 120 }, { x: 5000, y: 0 }]) {
    const { document, ids } = pasteNodes(pipeline, clipboard, { pipelineId: 'pipe_1', at: place, catalog: COMPONENTS });
    const cards = boxesOf(document, COMPONENTS);
    for (const card of cards)
      for (const other of cards)
        if (card.id !== other.id && ids.includes(card.id)) expect(touches(card, other)).toBe(false);
    const [first, second] = boxesOf(document, COMPONENTS, ids);
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBe(192);
  }
});
