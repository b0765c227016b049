/** The paths of wires between cards: orthogonal, from the right side of one card to the left side of another. */

/** A corner or an end of a path. */
export type RoutePoint = readonly [x: number, y: number];

/** A path between two ports, the ends included. */
export type Route = readonly RoutePoint[];

/** How far a wire goes straight before it turns. */
const STUB = 14;

/** The path of one wire that heeds nothing but its ends: for a wire that is being dragged. */
export function routeFreely(start: RoutePoint, end: RoutePoint): Route {
  const [sx, sy] = start;
  const [ex, ey] = end;
  if (ex - sx >= 2 * STUB) {
    if (sy === ey) return [start, end];
    const turn = (sx + ex) / 2;
    return [start, [turn, sy], [turn, ey], end];
  }
  const channel = (sy + ey) / 2;
  return [start, [sx + STUB, sy], [sx + STUB, channel], [ex - STUB, channel], [ex - STUB, ey], end];
}
