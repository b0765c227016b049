/** Gives every node of a document a place on the canvas; those that have one stay where they are. */

import type { Catalog } from '../catalog/index';
import { CARD_WIDTH, cardOf } from './card-geometry';
import { graphOf } from './graph';
import { layoutGraph } from './layout';
import type { NodeId, Pipeline } from './pipeline';
import { specOf } from './spec-of';

/** Cards lie on a grid of so many pixels. */
export const GRID = 16;

const COLUMN_GAP = 58;
const ROW_GAP = 32;
/** Under what is there already, where a document has places for some of its nodes only. */
const NEW_BLOCK_GAP = 64;

/** To the nearest line of the grid. */
export function snapToGrid(value: number): number {
  // `+ 0` turns −0 into 0: a document is text, and two that look the same must be the same.
  return Math.round(value / GRID) * GRID + 0;
}

/**
 * The document with a place for every node; the same object when none is missing. Without any place the graph is laid out
 * in columns; nodes that have none among others that do are laid out below those.
 */
export function placeNodes(document: Pipeline, catalog: Catalog): Pipeline {
  const { layout = {} } = document;
  const missing = Object.keys(document.nodes).filter((id) => !Object.hasOwn(layout, id));
  if (missing.length === 0) return document;
  const top = bottomOf(document, catalog);
  const placed = new Map(
    layOut(document, catalog, missing).map(({ id, x, y }) => [id, { x: snapToGrid(x), y: snapToGrid(y + top) }]),
  );
  return { ...document, layout: { ...layout, ...Object.fromEntries(placed) } };
}

function layOut(document: Pipeline, catalog: Catalog, ids: readonly NodeId[]) {
  const { upstream } = graphOf(document);
  const nodes = ids.map((id) => ({
    id,
    upstream: upstream.get(id) ?? [],
    height: heightOf(document, catalog, id),
  }));
  return layoutGraph(nodes, { cardWidth: CARD_WIDTH, cardHeight: 0, columnGap: COLUMN_GAP, rowGap: ROW_GAP }).nodes;
}

function bottomOf(document: Pipeline, catalog: Catalog): number {
  const bottoms = Object.entries(document.layout ?? {})
    .filter(([id]) => Object.hasOwn(document.nodes, id))
    .map(([id, place]) => place.y + heightOf(document, catalog, id));
  return bottoms.length === 0 ? 0 : Math.max(...bottoms) + NEW_BLOCK_GAP;
}

function heightOf(document: Pipeline, catalog: Catalog, id: NodeId): number {
  const node = document.nodes[id];
  return node === undefined ? 0 : cardOf({ node, spec: specOf(catalog, node.component) }).height;
}
