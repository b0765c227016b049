import { describe, expect, it } from 'vitest';

import { layoutGraph, type Layout, type LayoutNode } from './layout';
import { wirePath } from './wire-path';

const SIZES = { cardWidth: 100, cardHeight: 40, columnGap: 40, rowGap: 10 };
const TAXI: readonly LayoutNode[] = [
  { id: 'examples', upstream: [] },
  { id: 'statistics', upstream: ['examples'] },
  { id: 'schema', upstream: ['statistics'] },
  { id: 'validator', upstream: ['statistics', 'schema'] },
  { id: 'transform', upstream: ['examples', 'schema'] },
  { id: 'trainer', upstream: ['transform', 'transform', 'schema'] },
  { id: 'evaluator', upstream: ['examples', 'trainer'] },
  { id: 'pusher', upstream: ['trainer', 'evaluator'] },
];

const at = (layout: Layout, id: string) => layout.nodes.find((node) => node.id === id);

describe('layoutGraph', () => {
  it('puts every node right of what it takes from', () => {
    const layout = layoutGraph(TAXI, SIZES);
    for (const { id, upstream } of TAXI) {
      for (const from of upstream) {
        expect(at(layout, id)?.x).toBeGreaterThanOrEqual((at(layout, from)?.x ?? Infinity) + SIZES.cardWidth);
      }
    }
  });

  it('stands a source just before what it feeds', () => {
    const layout = layoutGraph(
      [
        ...TAXI.filter(({ id }) => id !== 'evaluator'),
        { id: 'baseline', upstream: [] },
        { id: 'evaluator', upstream: ['trainer', 'baseline'] },
      ],
      SIZES,
    );
    expect(at(layout, 'baseline')?.column).toBe(at(layout, 'trainer')?.column);
    expect(at(layout, 'examples')?.column).toBe(0);
  });

  it('lets no two cards touch and nothing leave the drawing', () => {
    const layout = layoutGraph(TAXI, SIZES);
    for (const a of layout.nodes) {
      expect(a.x + SIZES.cardWidth).toBeLessThanOrEqual(layout.width);
      expect(a.y).toBeGreaterThanOrEqual(0);
      expect(a.y + SIZES.cardHeight).toBeLessThanOrEqual(layout.height);
      for (const b of layout.nodes) {
        if (a !== b && a.column === b.column) {
          expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(SIZES.cardHeight + SIZES.rowGap);
        }
      }
    }
  });

  it('leads no wire through a card', () => {
    const layout = layoutGraph(TAXI, SIZES);
    for (const wire of layout.wires) {
      for (const [x, y] of wire.points.slice(1, -1)) {
        for (const node of layout.nodes) {
          const inside = x > node.x && x < node.x + SIZES.cardWidth && y > node.y && y < node.y + SIZES.cardHeight;
          expect(inside, `${wire.from} → ${wire.to} through ${node.id}`).toBe(false);
        }
      }
    }
  });

  it('draws orthogonal wires, one per pair of nodes', () => {
    const layout = layoutGraph(TAXI, SIZES);
    expect(layout.wires.map(({ from, to }) => `${from}-${to}`)).toHaveLength(12);
    for (const { points } of layout.wires) {
      points.slice(1).forEach(([x, y], index) => {
        const [px, py] = points[index] ?? [Number.NaN, Number.NaN];
        expect(x === px || y === py).toBe(true);
      });
    }
  });

  it('keeps a chain on one line', () => {
    const layout = layoutGraph(
      [
        { id: 'a', upstream: [] },
        { id: 'b', upstream: ['a'] },
        { id: 'c', upstream: ['b'] },
      ],
      SIZES,
    );
    expect(layout).toMatchObject({ width: 380, height: 40 });
  });

  it('ends on a cycle and on a source that is not there', () => {
    const layout = layoutGraph(
      [
        { id: 'a', upstream: ['b', 'nowhere'] },
        { id: 'b', upstream: ['a'] },
      ],
      SIZES,
    );
    expect(layout.nodes).toHaveLength(2);
  });

  it('lays 1,000 nodes out', () => {
    const nodes = Array.from({ length: 1_000 }, (_, n) => ({
      id: `n${n}`,
      upstream: n < 40 ? [] : [`n${n - 40}`, `n${n - 39}`],
    }));
    expect(layoutGraph(nodes, SIZES).nodes).toHaveLength(1_000);
  });
});

describe('wirePath', () => {
  it('rounds its corners, less where there is no room', () => {
    expect(
      wirePath(
        [
          [0, 0],
          [20, 0],
          [20, 8],
        ],
        8,
      ),
    ).toBe('M0 0L16 0Q20 0 20 4L20 8');
  });
});
