/** Makes room for a card that was put into a wire: what comes after it moves aside. */

import type { Catalog } from '../catalog/index';
import { boxesOf } from './arrange-nodes';
import { inflate, touches } from './box-index';
import { moveNodes } from './commands';
import { graphOf, withDescendants } from './graph';
import type { NodeId, Pipeline } from './pipeline';
import { GRID, snapToGrid } from './place-nodes';

/** Between a card and the next one along a wire. */
const COLUMN_GAP = 58;

/**
 * The document with a node to the right of what feeds it, and with everything that it feeds, directly or not, moved to the
 * right as far as it takes. Cards that do not touch it stay where they are.
 */
export function makeRoom(pipeline: Pipeline, catalog: Catalog, id: NodeId): Pipeline {
  const graph = graphOf(pipeline);
  const boxes = boxesOf(pipeline, catalog);
  const own = boxes.find((box) => box.id === id);
  if (own === undefined) return pipeline;
  const sources = new Set(graph.upstream.get(id) ?? []);
  const covered = boxes.filter((box) => sources.has(box.id) && touches(inflate(own, GRID), box));
  const x = Math.max(own.x, ...covered.map((box) => snapToGrid(box.x + box.width + COLUMN_GAP)));
  const card = { ...own, x };
  const after = withDescendants(graph, [id]);
  const inTheWay = boxes.filter((box) => box.id !== id && after.has(box.id) && touches(inflate(card, GRID), box));
  const by = Math.max(0, ...inTheWay.map((box) => snapToGrid(card.x + card.width + COLUMN_GAP - box.x)));
  if (by === 0) return x === own.x ? pipeline : moveNodes(pipeline, new Map([[id, { x, y: own.y }]]));
  const moved = boxes.filter((box) => box.id !== id && after.has(box.id) && box.x >= own.x - own.width);
  return moveNodes(
    pipeline,
    new Map([[id, { x, y: own.y }], ...moved.map((box) => [box.id, { x: box.x + by, y: box.y }] as const)]),
  );
}
