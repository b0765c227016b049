/**
 * What of a document lies where on the canvas: cards with their ports, wires with their ends. Worked out from the document
 * and the catalog alone. A card whose node and place did not change keeps its identity from scene to scene.
 */

import type { Catalog } from '../catalog/index';
import { CARD_WIDTH, cardOf, type Card, type CardPort, type PortSide } from './card-geometry';
import { wiresOf } from './commands';
import { wireKey, type Wire } from './connect';
import type { NodeId, Pipeline, PipelineNode } from './pipeline';
import { specOf } from './spec-of';

/** A rectangle on the canvas, in pixels at zoom 1. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A card at its place. */
export type SceneNode = Box & {
  readonly id: NodeId;
  readonly node: PipelineNode;
  readonly card: Card;
};

/** A wire with the type of what travels on it and the places of its ends. */
export type SceneWire = Wire & {
  readonly key: string;
  /** The artifact type of the output; undefined where it is not known. */
  readonly type: string | undefined;
  readonly start: readonly [x: number, y: number];
  readonly end: readonly [x: number, y: number];
};

/** The drawing of a document. Wires of sources that do not exist are left out. */
export type Scene = {
  readonly nodes: ReadonlyMap<NodeId, SceneNode>;
  readonly wires: readonly SceneWire[];
  readonly wireByKey: ReadonlyMap<string, SceneWire>;
};

const EMPTY: Scene = { nodes: new Map(), wires: [], wireByKey: new Map() };

/** The scene of a document whose nodes all have a place (see `place-nodes`); one without lies at 0, 0. */
export function sceneOf(document: Pipeline, catalog: Catalog, before: Scene = EMPTY): Scene {
  const wires = wiresOf(document);
  const wiredOutputs = new Map<NodeId, Set<string>>();
  for (const { from } of wires) {
    const ports = wiredOutputs.get(from.node);
    if (ports === undefined) wiredOutputs.set(from.node, new Set([from.port]));
    else ports.add(from.port);
  }
  const nodes = new Map<NodeId, SceneNode>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const spec = specOf(catalog, node.component);
    const extra = [...(wiredOutputs.get(id) ?? [])].filter((port) => !Object.hasOwn(spec?.outputs ?? {}, port));
    const place = placeOf(document, id);
    const old = before.nodes.get(id);
    const isSameCard = old?.node === node && extra.every((port) => findPort(old, 'output', port) !== undefined);
    if (isSameCard && old.x === place.x && old.y === place.y) {
      nodes.set(id, old);
      continue;
    }
    const card = isSameCard ? old.card : cardOf({ node, spec, wiredOutputs: extra });
    nodes.set(id, { id, node, card, ...place, width: CARD_WIDTH, height: card.height });
  }
  const drawn = wires.flatMap((wire) => toSceneWire(wire, nodes) ?? []);
  return { nodes, wires: drawn, wireByKey: new Map(drawn.map((wire) => [wire.key, wire])) };
}

/** A port of a placed card, or undefined. */
export function findPort(node: SceneNode, side: PortSide, name: string): CardPort | undefined {
  return (side === 'input' ? node.card.inputs : node.card.outputs).find((port) => port.name === name);
}

/** Where a wire meets a port. */
export function portPoint(node: SceneNode, port: CardPort): readonly [x: number, y: number] {
  return [port.side === 'input' ? node.x : node.x + node.width, node.y + port.y];
}

function placeOf(document: Pipeline, id: NodeId): { readonly x: number; readonly y: number } {
  const { layout } = document;
  const place = layout !== undefined && Object.hasOwn(layout, id) ? layout[id] : undefined;
  return { x: place?.x ?? 0, y: place?.y ?? 0 };
}

function toSceneWire(wire: Wire, nodes: ReadonlyMap<NodeId, SceneNode>): SceneWire | undefined {
  const source = nodes.get(wire.from.node);
  const target = nodes.get(wire.to.node);
  if (source === undefined || target === undefined) return undefined;
  const output = findPort(source, 'output', wire.from.port);
  const input = findPort(target, 'input', wire.to.port);
  if (output === undefined || input === undefined) return undefined;
  return {
    ...wire,
    key: wireKey(wire),
    type: output.type ?? input.type,
    start: portPoint(source, output),
    end: portPoint(target, input),
  };
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

/** True when two boxes share a point. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
