/**
 * The only file that knows the shapes of React Flow: the scene of a document becomes its nodes and edges. Nothing goes
 * back this way; what a person does becomes commands in `gestures` and `canvas-keys`. React Flow draws cards and wires
 * and owns the viewport.
 */

import { Position, type Edge, type Node } from '@xyflow/react';

import type { NodeId } from '../../../lib/pipeline/pipeline';
import type { Route } from '../../../lib/pipeline/route-wires';
import { portPoint, type Scene, type SceneNode, type SceneWire } from '../../../lib/pipeline/scene';

/** A card as React Flow holds it. */
export type FlowNode = Node<{ readonly scene: SceneNode }, 'pipeline'>;
/** A wire as React Flow holds it. */
export type FlowEdge = Edge<{ readonly wire: SceneWire; readonly route: Route }, 'pipeline'>;

/** What of a scene is handed to React Flow. */
export type FlowPart = {
  readonly scene: Scene;
  readonly routes: ReadonlyMap<string, Route>;
  /** Ids of the cards to draw. */
  readonly shown: Iterable<NodeId>;
};

const flowNodes = new WeakMap<SceneNode, FlowNode>();

/** Cards for React Flow; the same card gives the same object, so that only what changed is drawn again. */
export function toFlowNodes({ scene, shown }: FlowPart): FlowNode[] {
  return [...shown].flatMap((id) => {
    const node = scene.nodes.get(id);
    return node === undefined ? [] : [toFlowNode(node)];
  });
}

function toFlowNode(node: SceneNode): FlowNode {
  const known = flowNodes.get(node);
  if (known !== undefined) return known;
  const { id, x, y, width, height, card } = node;
  const made: FlowNode = {
    id,
    type: 'pipeline',
    position: { x, y },
    width,
    height,
    // Sizes and handles are known beforehand: React Flow measures nothing and can draw a wire to a card that it does not.
    measured: { width, height },
    handles: [...card.inputs, ...card.outputs].map((port) => ({
      id: port.name,
      type: port.side === 'input' ? ('target' as const) : ('source' as const),
      position: port.side === 'input' ? Position.Left : Position.Right,
      x: portPoint(node, port)[0] - x,
      y: port.y,
      width: 0,
      height: 0,
    })),
    data: { scene: node },
  };
  flowNodes.set(node, made);
  return made;
}

const flowEdges = new WeakMap<Route, FlowEdge>();

/** Wires for React Flow: those of which both ends are among its cards. */
export function toFlowEdges({ scene, routes, shown }: FlowPart): FlowEdge[] {
  const ids = new Set(shown);
  const edges: FlowEdge[] = [];
  for (const wire of scene.wires) {
    const route = routes.get(wire.key);
    if (route === undefined || !ids.has(wire.from.node) || !ids.has(wire.to.node)) continue;
    const known = flowEdges.get(route);
    if (known?.data?.wire === wire) {
      edges.push(known);
      continue;
    }
    const made: FlowEdge = {
      id: wire.key,
      type: 'pipeline',
      source: wire.from.node,
      sourceHandle: wire.from.port,
      target: wire.to.node,
      targetHandle: wire.to.port,
      data: { wire, route },
    };
    flowEdges.set(route, made);
    edges.push(made);
  }
  return edges;
}
