/** Where a dragged card comes to rest: in line with another one near it, or on the grid. */

import type { Box } from './box-index';
import { GRID } from './place-nodes';

/** A line that shows with what a card is in line. */
export type Guide = {
  readonly axis: 'x' | 'y';
  /** Place of the line on its axis. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
};

/** By how much the card is moved, with the lines that say why. */
export type Snap = { readonly dx: number; readonly dy: number; readonly guides: readonly Guide[] };

/** What is snapped, to what, and how near it must be (pixels at zoom 1). */
export type SnapTask = { readonly moving: Box; readonly others: readonly Box[]; readonly reach: number };

/** Snaps a card that was moved by (dx, dy). Each axis on its own: other cards first, then the grid. */
export function snapMove({ moving, others, reach }: SnapTask, dx: number, dy: number): Snap {
  const box = { ...moving, x: moving.x + dx, y: moving.y + dy };
  const x = alignOn({ box, others, reach }, 'x');
  const y = alignOn({ box, others, reach }, 'y');
  const toX = x?.place ?? Math.round(box.x / GRID) * GRID;
  const toY = y?.place ?? Math.round(box.y / GRID) * GRID;
  const rest = { ...box, x: toX, y: toY };
  return {
    dx: toX - moving.x,
    dy: toY - moving.y,
    guides: [x, y].flatMap((found) => (found === undefined ? [] : [guideOf(found, rest)])),
  };
}

type Alignment = { readonly axis: 'x' | 'y'; readonly place: number; readonly at: number; readonly other: Box };

function alignOn(
  { box, others, reach }: { readonly box: Box; readonly others: readonly Box[]; readonly reach: number },
  axis: 'x' | 'y',
): Alignment | undefined {
  const size = axis === 'x' ? box.width : box.height;
  let best: (Alignment & { readonly distance: number }) | undefined;
  for (const other of others) {
    const start = other[axis];
    const otherSize = axis === 'x' ? other.width : other.height;
    for (const share of [0, 0.5, 1]) {
      const at = start + otherSize * share;
      const place = at - size * share;
      const distance = Math.abs(place - box[axis]);
      if (distance <= reach && (best === undefined || distance < best.distance))
        best = { axis, place, at, other, distance };
    }
  }
  return best;
}

function guideOf({ axis, at, other }: Alignment, box: Box): Guide {
  const across = axis === 'x' ? 'y' : 'x';
  const length = (of: Box) => (axis === 'x' ? of.height : of.width);
  return {
    axis,
    at,
    from: Math.min(box[across], other[across]),
    to: Math.max(box[across] + length(box), other[across] + length(other)),
  };
}
