/** Finds ground for new cards: as near to the place asked for as no other card lies, so that nothing is ever covered. */

import type { Catalog } from '../catalog/index';
import { boxesOf } from './arrange-nodes';
import { boundsOf, indexBoxes, inflate, isClear, type Box } from './box-index';
import { CARD_WIDTH, cardOf } from './card-geometry';
import type { CanvasPoint, NewNode } from './commands';
import type { Pipeline } from './pipeline';
import { GRID, snapToGrid } from './place-nodes';
import { specOf } from './spec-of';

/** Between a new card and the cards around it. */
const GAP = GRID;
/** Near by every line of the grid is tried, further away every fourth. */
const NEAR = 30 * GRID;
const FAR = 200 * GRID;
const FAR_STEP = 4 * GRID;

/**
 * By how much new cards must move, all together, so that none lies on a card of the pipeline: the shortest way, down before
 * up and right before left. Where all is full for a long way they go below everything. Multiples of the grid.
 */
export function shiftToFree(pipeline: Pipeline, catalog: Catalog, cards: readonly Box[]): CanvasPoint {
  const others = boxesOf(pipeline, catalog);
  const taken = indexBoxes(others);
  const wanted = cards.map((card) => inflate(card, GAP));
  const isFree = ({ x, y }: CanvasPoint) =>
    wanted.every((card) => isClear(taken, { ...card, x: card.x + x, y: card.y + y }));
  const shift = shifts().find(isFree);
  if (shift !== undefined) return shift;
  const block = boundsOf(wanted);
  const ground = boundsOf(others);
  if (block === undefined || ground === undefined) return { x: 0, y: 0 };
  return { x: 0, y: snapToGrid(ground.y + ground.height + GRID - block.y) };
}

/** The same nodes where they cover no card of the pipeline; their places among one another stay. */
export function onFreeGround(pipeline: Pipeline, catalog: Catalog, nodes: readonly NewNode[]): readonly NewNode[] {
  const cards = nodes.map(({ node, at }) => {
    const { height } = cardOf({ node, spec: specOf(catalog, node.component) });
    return { x: at.x, y: at.y, width: CARD_WIDTH, height };
  });
  const by = shiftToFree(pipeline, catalog, cards);
  return nodes.map((one) => ({ ...one, at: { x: one.at.x + by.x, y: one.at.y + by.y } }));
}

let known: readonly CanvasPoint[] | undefined;

/** Every shift that is tried, the shortest first. */
function shifts(): readonly CanvasPoint[] {
  known ??= [...around(NEAR, GRID), ...around(FAR, FAR_STEP).filter(({ x, y }) => Math.hypot(x, y) > NEAR)];
  return known;
}

function around(radius: number, step: number): readonly CanvasPoint[] {
  const points: CanvasPoint[] = [];
  for (let x = -radius; x <= radius; x += step)
    for (let y = -radius; y <= radius; y += step) if (Math.hypot(x, y) <= radius) points.push({ x, y });
  return points.sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y) || b.y - a.y || b.x - a.x);
}
