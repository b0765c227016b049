/** The SVG path of a wire: straight pieces whose corners are rounded. */

type Point = readonly [x: number, y: number];

/** Path data through `points`, each corner with `radius` px, or less where a piece is too short for it. */
export function wirePath(points: readonly Point[], radius: number): string {
  const [first] = points;
  if (first === undefined) return '';
  let path = `M${first[0]} ${first[1]}`;
  for (let i = 1; i < points.length; i++) {
    const before = points[i - 1] ?? first;
    const corner = points[i] ?? first;
    const after = points[i + 1];
    if (after === undefined) return `${path}L${corner[0]} ${corner[1]}`;
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const [ax, ay] = towards(corner, before, r);
    const [bx, by] = towards(corner, after, r);
    path += `L${ax} ${ay}Q${corner[0]} ${corner[1]} ${bx} ${by}`;
  }
  return path;
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.abs(ax - bx) + Math.abs(ay - by);
}

function towards(from: Point, to: Point, length: number): Point {
  const all = distance(from, to);
  if (all === 0) return from;
  return [from[0] + ((to[0] - from[0]) / all) * length, from[1] + ((to[1] - from[1]) / all) * length];
}

/** The longest straight piece of a wire, the first of several: there is room for a mark on it. */
export function longestPiece(points: readonly Point[]): readonly [Point, Point] {
  let best: readonly [Point, Point] = [points[0] ?? [0, 0], points[0] ?? [0, 0]];
  for (let i = 1; i < points.length; i++) {
    const piece = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]] as const;
    if (distance(...piece) > distance(...best)) best = piece;
  }
  return best;
}
