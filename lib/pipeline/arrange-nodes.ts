/** Puts cards in line or at equal distances. Places are on the grid already or stay where they are. */

import type { Catalog } from '../catalog/index';
import { CARD_WIDTH, cardOf } from './card-geometry';
import type { CanvasPoint } from './commands';
import type { NodeId, Pipeline } from './pipeline';
import { placeNodes } from './place-nodes';
import { specOf } from './spec-of';

/** What is put in line: an edge of the cards, or their middles on a vertical line (`centre`) or a horizontal one (`middle`). */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/** Where cards go. */
export type Places = ReadonlyMap<NodeId, CanvasPoint>;

/** A card as it lies on the canvas, in pixels at zoom 1. */
export type Box = CanvasPoint & { readonly id: NodeId; readonly width: number; readonly height: number };

/** The cards of these nodes, of all by default, in document order. */
export function boxesOf(pipeline: Pipeline, catalog: Catalog, ids?: Iterable<NodeId>): readonly Box[] {
  const chosen = ids === undefined ? undefined : new Set(ids);
  const { layout = {} } = placeNodes(pipeline, catalog);
  return Object.entries(pipeline.nodes).flatMap(([id, node]) => {
    const place = layout[id];
    if (place === undefined || chosen?.has(id) === false) return [];
    const { height } = cardOf({ node, spec: specOf(catalog, node.component) });
    return [{ id, x: place.x, y: place.y, width: CARD_WIDTH, height }];
  });
}

/** Puts cards in line with the outermost of them, or with the middle of them all. */
export function alignBoxes(boxes: readonly Box[], alignment: Alignment): Places {
  const left = Math.min(...boxes.map(({ x }) => x));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const top = Math.min(...boxes.map(({ y }) => y));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const place = ({ x, y, width, height }: Box): CanvasPoint => {
    switch (alignment) {
      case 'left':
        return { x: left, y };
      case 'right':
        return { x: right - width, y };
      case 'centre':
        return { x: Math.round((left + right - width) / 2), y };
      case 'top':
        return { x, y: top };
      case 'bottom':
        return { x, y: bottom - height };
      case 'middle':
        return { x, y: Math.round((top + bottom - height) / 2) };
    }
  };
  return new Map(boxes.map((box) => [box.id, place(box)]));
}

/** Leaves the first and the last card where they are and makes the gaps between all of them equal. */
export function distributeBoxes(boxes: readonly Box[], direction: 'across' | 'down'): Places {
  const isAcross = direction === 'across';
  const start = (box: Box) => (isAcross ? box.x : box.y);
  const size = (box: Box) => (isAcross ? box.width : box.height);
  const sorted = boxes.toSorted((a, b) => start(a) - start(b));
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || sorted.length < 3) return new Map();
  const used = sorted.reduce((sum, box) => sum + size(box), 0);
  const gap = (start(last) + size(last) - start(first) - used) / (sorted.length - 1);
  let at = start(first);
  return new Map(
    sorted.map((box) => {
      const place = isAcross ? { x: Math.round(at), y: box.y } : { x: box.x, y: Math.round(at) };
      at += size(box) + gap;
      return [box.id, place];
    }),
  );
}
