/** Finds the boxes near a place without looking at all of them: the canvas is cut into square cells. */

/** A rectangle on the canvas, in pixels at zoom 1. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const CELL = 256;
/** Cells are numbered by column and row in one number; canvases end long before this. */
const ROWS = 1 << 20;

/** Boxes by the cells that they touch. */
export type BoxIndex<T extends Box = Box> = { readonly cells: ReadonlyMap<number, readonly T[]> };

/** Sorts boxes into cells. */
export function indexBoxes<T extends Box>(boxes: Iterable<T>): BoxIndex<T> {
  const cells = new Map<number, T[]>();
  for (const box of boxes) {
    for (const key of cellsOf(box)) {
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, [box]);
      else cell.push(box);
    }
  }
  return { cells };
}

/** Every box that touches an area; one that spans several cells comes once. */
export function boxesIn<T extends Box>({ cells }: BoxIndex<T>, area: Box): readonly T[] {
  const found = new Set<T>();
  for (const key of cellsOf(area)) for (const box of cells.get(key) ?? []) if (touches(box, area)) found.add(box);
  return [...found];
}

/** True when no box touches the area. */
export function isClear({ cells }: BoxIndex, area: Box): boolean {
  for (const key of cellsOf(area)) for (const box of cells.get(key) ?? []) if (touches(box, area)) return false;
  return true;
}

/** The smallest box around some others, or undefined when there are none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

/** A box with so much more to each side. */
export function inflate({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** True when two boxes share an area. */
export function touches(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function cellsOf({ x, y, width, height }: Box): readonly number[] {
  const left = Math.floor(x / CELL);
  const right = Math.floor((x + width) / CELL);
  const top = Math.floor(y / CELL);
  const bottom = Math.floor((y + height) / CELL);
  const keys: number[] = [];
  for (let column = left; column <= right; column++)
    for (let row = top; row <= bottom; row++) keys.push(column * ROWS + row);
  return keys;
}
