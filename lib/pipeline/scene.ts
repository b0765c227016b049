/**
 * What of a document lies where on the canvas: cards with their ports, wires with their ends. Worked out from the document
 * and the catalog alone. Cards and wires that did not change keep their identity from scene to scene.
 */

import type { Catalog } from '../catalog/index';
import type { Box } from './box-index';
import { CARD_WIDTH, cardOf, type Card, type CardPort, type CardSource, type PortSide } from './card-geometry';
import { wireKey, type Wire } from './connect';
import { inputSources, type NodeId, type Pipeline, type PipelineNode } from './pipeline';
import { specOf } from './spec-of';

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
  /** True where it ends in a gate. */
  readonly isGated: boolean;
  /** The output that it begins in: wires of one output may lie on each other. */
  readonly bed: string;
  readonly start: readonly [x: number, y: number];
  readonly end: readonly [x: number, y: number];
};

/** The drawing of a document. Wires of sources that do not exist are left out. */
export type Scene = {
  readonly nodes: ReadonlyMap<NodeId, SceneNode>;
  readonly wires: ReadonlyMap<string, SceneWire>;
};

/** A scene of nothing. */
export const EMPTY_SCENE: Scene = { nodes: new Map(), wires: new Map() };

/** The scene of a document whose nodes all have a place (see `place-nodes`); one without lies at 0, 0. */
export function sceneOf(document: Pipeline, catalog: Catalog, before: Scene = EMPTY_SCENE): Scene {
  const entries = Object.entries(document.nodes);
  const wired = undeclaredOutputs(document, catalog);
  const nodes = new Map<NodeId, SceneNode>();
  for (const [id, node] of entries) {
    const source = { node, spec: specOf(catalog, node.component), wiredOutputs: wired.get(id) };
    nodes.set(id, toSceneNode({ id, source, place: placeOf(document, id) }, before.nodes.get(id)));
  }
  const wires = new Map<string, SceneWire>();
  for (const [id, node] of entries) {
    for (const named of wiresOf(id, node)) {
      const wire = toSceneWire(named, nodes, before);
      if (wire !== undefined) wires.set(wire.key, wire);
    }
  }
  return { nodes, wires };
}

/** A port of a placed card, or undefined. */
export function findPort(node: SceneNode, side: PortSide, name: string): CardPort | undefined {
  return (side === 'input' ? node.card.inputs : node.card.outputs).find((port) => port.name === name);
}

/** Where a wire meets a port. */
export function portPoint(node: SceneNode, port: CardPort): readonly [x: number, y: number] {
  return [port.side === 'input' ? node.x : node.x + node.width, node.y + port.y];
}

type NamedWire = Wire & { readonly key: string };
type Wires = { readonly id: NodeId; readonly wires: readonly NamedWire[] };

const wiresByNode = new WeakMap<PipelineNode, Wires>();

/** The wires into a node, taken apart once per node. */
function wiresOf(id: NodeId, node: PipelineNode): readonly NamedWire[] {
  const known = wiresByNode.get(node);
  if (known?.id === id) return known.wires;
  const wires = Object.keys(node.inputs ?? {}).flatMap((port) =>
    inputSources(node, port).map((from) => {
      const wire = { from, to: { node: id, port } };
      return { ...wire, key: wireKey(wire) };
    }),
  );
  wiresByNode.set(node, { id, wires });
  return wires;
}

/** Outputs that wires name and the component does not have. */
function undeclaredOutputs(document: Pipeline, catalog: Catalog): ReadonlyMap<NodeId, ReadonlySet<string>> {
  const found = new Map<NodeId, Set<string>>();
  for (const [id, node] of Object.entries(document.nodes)) {
    for (const { from } of wiresOf(id, node)) {
      const source = Object.hasOwn(document.nodes, from.node) ? document.nodes[from.node] : undefined;
      if (source === undefined) continue;
      if (Object.hasOwn(specOf(catalog, source.component)?.outputs ?? {}, from.port)) continue;
      const ports = found.get(from.node);
      if (ports === undefined) found.set(from.node, new Set([from.port]));
      else ports.add(from.port);
    }
  }
  return found;
}

type Placed = {
  readonly id: NodeId;
  readonly source: CardSource;
  readonly place: { readonly x: number; readonly y: number };
};

function toSceneNode({ id, source, place }: Placed, before: SceneNode | undefined): SceneNode {
  const { node, wiredOutputs } = source;
  const isSameCard =
    before?.node === node &&
    (wiredOutputs === undefined || [...wiredOutputs].every((name) => findPort(before, 'output', name)));
  if (isSameCard && before.x === place.x && before.y === place.y) return before;
  const card = isSameCard ? before.card : cardOf(source);
  return { id, node, card, ...place, width: CARD_WIDTH, height: card.height };
}

function placeOf(document: Pipeline, id: NodeId): { readonly x: number; readonly y: number } {
  const { layout } = document;
  const place = layout !== undefined && Object.hasOwn(layout, id) ? layout[id] : undefined;
  return { x: place?.x ?? 0, y: place?.y ?? 0 };
}

function toSceneWire(wire: NamedWire, nodes: ReadonlyMap<NodeId, SceneNode>, before: Scene): SceneWire | undefined {
  const source = nodes.get(wire.from.node);
  const target = nodes.get(wire.to.node);
  if (source === undefined || target === undefined) return undefined;
  const known = before.wires.get(wire.key);
  const isStill = before.nodes.get(source.id) === source && before.nodes.get(target.id) === target;
  if (known !== undefined && isStill) return known;
  const output = findPort(source, 'output', wire.from.port);
  const input = findPort(target, 'input', wire.to.port);
  if (output === undefined || input === undefined) return undefined;
  const type = output.type ?? input.type;
  const start = portPoint(source, output);
  const end = portPoint(target, input);
  // A card that is another one at the same place, with other parameters perhaps, leaves its wires as they are.
  if (known !== undefined && known.type === type && isSamePoint(known.start, start) && isSamePoint(known.end, end))
    return known;
  return { ...wire, type, isGated: input.isGate, bed: `${wire.from.node}.${wire.from.port}`, start, end };
}

function isSamePoint(a: SceneWire['start'], b: SceneWire['start']): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
