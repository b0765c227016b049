/**
 * What may take a wire that is being drawn: asked of every port while it is dragged, and once more when it is let go.
 * The type decides first, then whether the pipeline would go round in a circle.
 */

import type { Catalog } from '../catalog/index';
import { cardOf, type CardPort, type PortSide } from './card-geometry';
import { findWireFault, type Wire } from './connect';
import { graphOf, withAncestors, withDescendants, type Graph } from './graph';
import { inputSources, type NodeId, type Pipeline, type PortRef } from './pipeline';
import { specOf } from './spec-of';

/** One end of a wire: a port with its side. */
export type WireEnd = PortRef & { readonly side: PortSide };

/** A document and the components that it is made of. */
export type WiringContext = { readonly pipeline: Pipeline; readonly catalog: Catalog };

/** Judges the other end of one wire that is being drawn. */
export type WireJudge = {
  /** Why this port may not take the wire; undefined when it may. */
  readonly refuse: (end: WireEnd) => string | undefined;
  /** The ports of a node that may take the wire and suit it best: one where it is plain, several where a person must say. */
  readonly choose: (node: NodeId) => readonly CardPort[];
  /** Why a node as a whole may not take the wire; undefined when one of its ports may. */
  readonly refuseNode: (node: NodeId) => string | undefined;
};

/** The wire between two ends, of which one is an output and one an input; undefined where both are the same. */
export function wireBetween(a: WireEnd, b: WireEnd): Wire | undefined {
  if (a.side === b.side) return undefined;
  const [output, input] = a.side === 'output' ? [a, b] : [b, a];
  return { from: { node: output.node, port: output.port }, to: { node: input.node, port: input.port } };
}

/** A judge of the wire that begins at `from`. `without` is a wire that it takes the place of. */
export function judgeWire(
  { pipeline, catalog }: WiringContext,
  from: WireEnd,
  { without }: { readonly without?: Wire | undefined } = {},
): WireJudge {
  const graph = graphWithout({ pipeline, catalog }, without);
  const circle = from.side === 'output' ? withAncestors(graph, [from.node]) : withDescendants(graph, [from.node]);
  const cards = new Map<NodeId, readonly CardPort[]>();
  const portsOf = (id: NodeId): readonly CardPort[] => {
    const known = cards.get(id);
    if (known !== undefined) return known;
    const node = Object.hasOwn(pipeline.nodes, id) ? pipeline.nodes[id] : undefined;
    const card = node === undefined ? undefined : cardOf({ node, spec: specOf(catalog, node.component) });
    const ports = (from.side === 'output' ? card?.inputs : card?.outputs) ?? [];
    cards.set(id, ports);
    return ports;
  };
  const ownType = typeOf({ pipeline, catalog }, from);

  const refuse = (end: WireEnd): string | undefined => {
    if (end.node === from.node && end.port === from.port && end.side === from.side) return undefined;
    const wire = wireBetween(from, end);
    if (wire === undefined) return `both ends are ${from.side}s`;
    const [needs, gets] =
      from.side === 'output'
        ? [typeOf({ pipeline, catalog }, end), ownType]
        : [ownType, typeOf({ pipeline, catalog }, end)];
    if (needs !== undefined && gets !== undefined && needs !== gets)
      return `needs ${shortType(needs)}, this is ${shortType(gets)}`;
    const fault = findWireFault({ pipeline, catalog }, wire);
    if (fault !== undefined) return fault.message;
    if (needs === undefined) return `${wire.to.node} has no such input`;
    if (circle.has(end.node)) return circleWords(graph, wire);
    return undefined;
  };
  const endAt = (node: NodeId, port: CardPort): WireEnd => ({ node, port: port.name, side: port.side });
  const choose = (id: NodeId): readonly CardPort[] => {
    const fitting = portsOf(id).filter((port) => port.type !== undefined && refuse(endAt(id, port)) === undefined);
    const rank = (port: CardPort) => (from.side === 'output' ? rankOf(pipeline, id, port) : 0);
    const best = Math.min(...fitting.map(rank));
    return fitting.filter((port) => rank(port) === best);
  };
  const refuseNode = (id: NodeId): string | undefined => {
    if (id === from.node) return 'a node cannot feed itself';
    const ports = portsOf(id);
    if (ports.length === 0) return from.side === 'output' ? 'takes nothing' : 'gives nothing';
    const reasons = ports.map((port) => refuse(endAt(id, port)));
    if (reasons.includes(undefined)) return undefined;
    const kinds = [...new Set(ports.map(({ type }) => shortType(type ?? 'nothing known')))];
    const isType = reasons.every((reason) => reason?.startsWith('needs '));
    if (!isType) return reasons.find((reason) => reason?.startsWith('needs ') !== true);
    return from.side === 'output'
      ? `needs ${kinds.join(' or ')}, this is ${shortType(ownType ?? '')}`
      : `gives ${kinds.join(' and ')}, this needs ${shortType(ownType ?? '')}`;
  };
  return { refuse, choose, refuseNode };
}

/** What a person calls an artifact type: `ExampleStatistics` is Statistics. */
export function shortType(type: string): string {
  return type === 'ExampleStatistics' ? 'Statistics' : type === 'ExampleAnomalies' ? 'Anomalies' : type;
}

/** A free required input is best, then a free optional one, then one that takes many, and last one that would lose its wire. */
function rankOf(pipeline: Pipeline, id: NodeId, port: CardPort): number {
  const node = Object.hasOwn(pipeline.nodes, id) ? pipeline.nodes[id] : undefined;
  const isFree = node === undefined || inputSources(node, port.name).length === 0;
  if (isFree) return port.isOptional ? 1 : 0;
  return port.takesMany ? 2 : 3;
}

function typeOf({ pipeline, catalog }: WiringContext, end: WireEnd): string | undefined {
  const node = Object.hasOwn(pipeline.nodes, end.node) ? pipeline.nodes[end.node] : undefined;
  const spec = node === undefined ? undefined : specOf(catalog, node.component);
  const ports = end.side === 'output' ? spec?.outputs : spec?.inputs;
  return ports !== undefined && Object.hasOwn(ports, end.port) ? ports[end.port]?.type : undefined;
}

function graphWithout({ pipeline, catalog }: WiringContext, wire: Wire | undefined): Graph {
  if (wire === undefined) return graphOf(pipeline, catalog);
  const target = pipeline.nodes[wire.to.node];
  if (target === undefined) return graphOf(pipeline, catalog);
  const left = inputSources(target, wire.to.port).filter(
    ({ node, port }) => node !== wire.from.node || port !== wire.from.port,
  );
  const inputs = { ...target.inputs, [wire.to.port]: left.map(({ node, port }) => `${node}.${port}`) };
  return graphOf({ ...pipeline, nodes: { ...pipeline.nodes, [wire.to.node]: { ...target, inputs } } }, catalog);
}

const MAX_CIRCLE = 6;

/** Says which way the circle goes: the target's way to the source, and the new wire back. */
function circleWords(graph: Graph, { from, to }: Wire): string {
  if (from.node === to.node) return 'a node cannot feed itself';
  const way = pathBetween(graph, to.node, from.node);
  const shown = way.length <= MAX_CIRCLE ? way : [...way.slice(0, MAX_CIRCLE - 2), '…', ...way.slice(-1)];
  return `would go round in a circle: ${[...shown, to.node].join(' → ')}`;
}

/** A shortest way downstream from one node to another, both included. */
function pathBetween({ downstream }: Graph, from: NodeId, to: NodeId): readonly NodeId[] {
  const cameFrom = new Map<NodeId, NodeId | undefined>([[from, undefined]]);
  for (const id of cameFrom.keys()) {
    if (id === to) break;
    for (const next of downstream.get(id) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, id);
  }
  const path: NodeId[] = [];
  for (let at: NodeId | undefined = to; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
