/** Where the arrow keys lead on a canvas: along the wires to the left and right, among siblings up and down. */

import { graphOf } from './graph';
import type { NodeId, Pipeline } from './pipeline';
import type { Scene, SceneNode } from './scene';

/** One of the four arrow keys. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** The node in that direction, or undefined where there is none. */
export function walkFrom(
  { document, scene }: { readonly document: Pipeline; readonly scene: Scene },
  from: NodeId,
  direction: Direction,
): NodeId | undefined {
  const here = scene.nodes.get(from);
  if (here === undefined) return undefined;
  const { upstream, downstream } = graphOf(document);
  if (direction === 'left' || direction === 'right') {
    const neighbours = (direction === 'left' ? upstream : downstream).get(from) ?? [];
    return nearest(here, cardsOf(scene, neighbours));
  }
  const siblings = new Set<NodeId>();
  const parents = upstream.get(from) ?? [];
  for (const parent of parents) for (const child of downstream.get(parent) ?? []) siblings.add(child);
  if (parents.length === 0) for (const [id, ids] of upstream) if (ids.length === 0) siblings.add(id);
  siblings.delete(from);
  const isThere = (card: SceneNode) => card.id !== from && (direction === 'up' ? card.y < here.y : card.y > here.y);
  // Siblings side by side are reached too; what merely lies above or below comes last.
  return (
    nearest(here, cardsOf(scene, siblings).filter(isThere)) ??
    nearest(
      here,
      [...scene.nodes.values()].filter((card) => isThere(card) && isInColumn(card, here)),
    )
  );
}

/** All nodes in the order in which a reader meets them: by column, then from the top. */
export function readingOrder(scene: Scene): readonly NodeId[] {
  return [...scene.nodes.values()].sort((a, b) => a.x - b.x || a.y - b.y).map(({ id }) => id);
}

function cardsOf(scene: Scene, ids: Iterable<NodeId>): readonly SceneNode[] {
  return [...ids].flatMap((id) => scene.nodes.get(id) ?? []);
}

function nearest(here: SceneNode, cards: readonly SceneNode[]): NodeId | undefined {
  let best: { readonly id: NodeId; readonly distance: number } | undefined;
  for (const { id, x, y } of cards) {
    const distance = Math.hypot(x - here.x, y - here.y);
    if (best === undefined || distance < best.distance) best = { id, distance };
  }
  return best?.id;
}

function isInColumn(a: SceneNode, b: SceneNode): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width;
}
