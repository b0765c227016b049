/**
 * The only file that knows the shapes of React Flow: the scene of a document becomes its nodes and edges. Nothing goes
 * back this way; what a person does becomes commands in `gestures` and `canvas-keys`. React Flow draws cards and wires
 * and owns the viewport.
 */

import { Position, type Edge, type Node } from '@xyflow/react';

import type { Route } from '../../../lib/pipeline/route-wires';
import { portPoint, type SceneNode, type SceneWire } from '../../../lib/pipeline/scene';
import { shownRoute, type CanvasState, type Drag } from './canvas-store';

/** A card as React Flow holds it. */
export type FlowNode = Node<{ readonly scene: SceneNode }, 'pipeline'>;
/** A wire as React Flow holds it. */
export type FlowEdge = Edge<{ readonly wire: SceneWire; readonly route: Route }, 'pipeline'>;

/** What of a scene is handed to React Flow. */
export type FlowPart = Pick<CanvasState, 'scene' | 'routing' | 'drag' | 'shownNodes' | 'shownWires'>;

/** Cards and wires as React Flow takes them. */
export type Flow = { readonly nodes: FlowNode[]; readonly edges: FlowEdge[] };

/** What is shown, for React Flow. What did not change is the same object, so that only the rest is drawn again. */
export function toFlow(part: FlowPart): Flow {
  const { scene, drag, shownNodes, shownWires } = part;
  // React Flow draws a wire only between cards that it holds, in view or not.
  const held = new Set(shownNodes);
  const edges: FlowEdge[] = [];
  for (const key of shownWires) {
    const wire = scene.wires.get(key);
    if (wire === undefined) continue;
    held.add(wire.from.node);
    held.add(wire.to.node);
    edges.push(toFlowEdge(wire, shownRoute(part, wire)));
  }
  for (const id of drag?.ids ?? []) held.add(id);
  const nodes: FlowNode[] = [];
  for (const id of held) {
    const node = scene.nodes.get(id);
    if (node !== undefined) nodes.push(drag?.ids.has(id) === true ? moved(toFlowNode(node), drag) : toFlowNode(node));
  }
  return { nodes, edges };
}

const flowNodes = new WeakMap<SceneNode, FlowNode>();

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

function moved(node: FlowNode, { dx, dy }: Drag): FlowNode {
  return { ...node, position: { x: node.position.x + dx, y: node.position.y + dy } };
}

const flowEdges = new WeakMap<Route, FlowEdge>();

function toFlowEdge(wire: SceneWire, route: Route): FlowEdge {
  const known = flowEdges.get(route);
  if (known?.data?.wire === wire) return known;
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
  return made;
}
