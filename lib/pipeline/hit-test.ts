/** What lies under a point of the canvas. */

import type { CardPort } from './card-geometry';
import type { CanvasPoint } from './commands';
import type { NodeId } from './pipeline';
import { boxOfRoute, type Route } from './route-wires';
import { portPoint, type Scene, type SceneNode, type SceneWire } from './scene';

/** A port, a card or a wire. */
export type Hit =
  | { readonly type: 'port'; readonly node: NodeId; readonly port: CardPort }
  | { readonly type: 'node'; readonly node: NodeId }
  | { readonly type: 'wire'; readonly wire: SceneWire };

/** Half the width of a port's target of 24 px. */
const PORT_REACH = 12;
/** Rows of ports lie closer than a target is high. */
const PORT_REACH_Y = 9;
const WIRE_REACH = 6;

/** The drawing, and how many pixels of the canvas one pixel of the screen is at least. */
export type HitTask = {
  readonly scene: Scene;
  readonly routes: ReadonlyMap<string, Route>;
  readonly zoom: number;
  /** Ports are drawn, so that they can be hit. */
  readonly hasPorts: boolean;
};

/** The uppermost thing at a point: ports before cards before wires. Undefined on empty ground. */
export function hitTest(task: HitTask, point: CanvasPoint): Hit | undefined {
  const { scene, hasPorts } = task;
  if (hasPorts) {
    const found = findPortAt(scene, point);
    if (found !== undefined) return found;
  }
  const node = findNodeAt(scene, point);
  if (node !== undefined) return { type: 'node', node: node.id };
  const wire = findWireAt(task, point);
  return wire === undefined ? undefined : { type: 'wire', wire };
}

function findPortAt(scene: Scene, { x, y }: CanvasPoint): Hit | undefined {
  let best: { readonly hit: Hit; readonly distance: number } | undefined;
  for (const node of scene.nodes.values()) {
    if (x < node.x - PORT_REACH || x > node.x + node.width + PORT_REACH) continue;
    if (y < node.y || y > node.y + node.height) continue;
    for (const port of [...node.card.inputs, ...node.card.outputs]) {
      const [px, py] = portPoint(node, port);
      if (Math.abs(px - x) > PORT_REACH || Math.abs(py - y) > PORT_REACH_Y) continue;
      const distance = Math.hypot(px - x, py - y);
      if (best === undefined || distance < best.distance)
        best = { hit: { type: 'port', node: node.id, port }, distance };
    }
  }
  return best?.hit;
}

function findNodeAt(scene: Scene, { x, y }: CanvasPoint): SceneNode | undefined {
  let found: SceneNode | undefined;
  for (const node of scene.nodes.values()) {
    // Later cards lie over earlier ones.
    if (x >= node.x && x <= node.x + node.width && y >= node.y && y <= node.y + node.height) found = node;
  }
  return found;
}

/** The wire nearest to a point, if one is within reach. */
export function findWireAt(
  { scene, routes, zoom }: Omit<HitTask, 'hasPorts'>,
  { x, y }: CanvasPoint,
): SceneWire | undefined {
  const reach = WIRE_REACH / zoom;
  let best: { readonly wire: SceneWire; readonly distance: number } | undefined;
  for (const wire of scene.wires.values()) {
    const route = routes.get(wire.key);
    if (route === undefined) continue;
    const box = boxOfRoute(route);
    if (x < box.x - reach || x > box.x + box.width + reach || y < box.y - reach || y > box.y + box.height + reach)
      continue;
    const distance = distanceTo(route, x, y);
    if (distance <= reach && (best === undefined || distance < best.distance)) best = { wire, distance };
  }
  return best?.wire;
}

/** Distance of a point from a path whose pieces are level or upright. */
function distanceTo(route: Route, x: number, y: number): number {
  let least = Infinity;
  for (let at = 1; at < route.length; at++) {
    const [ax, ay] = route[at - 1] ?? [0, 0];
    const [bx, by] = route[at] ?? [0, 0];
    const dx = Math.max(Math.min(ax, bx) - x, 0, x - Math.max(ax, bx));
    const dy = Math.max(Math.min(ay, by) - y, 0, y - Math.max(ay, by));
    least = Math.min(least, Math.hypot(dx, dy));
  }
  return least;
}
