/** The graph of a document: who feeds whom, in which order they can run, and where they go round in a circle. */

import type { Catalog } from '../catalog/index';
import { inputSources, type NodeId, type Pipeline } from './pipeline';
import { candidatesOf, type Candidates } from './resolve-model';

/** Direct neighbours of every node, without duplicates and in document order. Sources that do not exist are left out. */
export type Graph = {
  readonly nodes: readonly NodeId[];
  readonly upstream: ReadonlyMap<NodeId, readonly NodeId[]>;
  readonly downstream: ReadonlyMap<NodeId, readonly NodeId[]>;
};

const graphs = new WeakMap<Pipeline['nodes'], Graph>();

/**
 * The graph of a pipeline, in time linear in nodes and edges, worked out once for the same nodes. With a catalog it is the
 * graph in which the nodes run: a Resolver waits for its candidate, although no wire says so.
 */
export function graphOf(pipeline: Pipeline, catalog?: Catalog): Graph {
  const known = graphs.get(pipeline.nodes);
  const graph = known ?? findGraph(pipeline);
  if (known === undefined) graphs.set(pipeline.nodes, graph);
  return catalog === undefined ? graph : withCandidates(graph, candidatesOf(pipeline, catalog));
}

function withCandidates(graph: Graph, all: Candidates): Graph {
  const steps = [...all].flatMap(([id, candidates]) => candidates.map(({ node }) => [node, id] as const));
  const added = steps.filter(
    ([from, to]) => graph.upstream.has(from) && graph.upstream.get(to)?.includes(from) !== true,
  );
  if (added.length === 0) return graph;
  const upstream = new Map(graph.upstream);
  const downstream = new Map(graph.downstream);
  for (const [from, to] of new Map(added.map((step) => [step.join(' '), step])).values()) {
    upstream.set(to, [...(upstream.get(to) ?? []), from]);
    downstream.set(from, [...(downstream.get(from) ?? []), to]);
  }
  return { nodes: graph.nodes, upstream, downstream };
}

function findGraph(pipeline: Pipeline): Graph {
  const nodes = Object.keys(pipeline.nodes);
  const upstream = new Map<NodeId, NodeId[]>(nodes.map((id) => [id, []]));
  const downstream = new Map<NodeId, NodeId[]>(nodes.map((id) => [id, []]));
  for (const [id, node] of Object.entries(pipeline.nodes)) {
    const sources = new Set<NodeId>();
    for (const port of Object.keys(node.inputs ?? {}))
      for (const source of inputSources(node, port)) sources.add(source.node);
    for (const source of sources) {
      if (!upstream.has(source)) continue;
      upstream.get(id)?.push(source);
      downstream.get(source)?.push(id);
    }
  }
  return { nodes, upstream, downstream };
}

/**
 * Nodes so that every node comes after all it depends on; of several that could come next, the first in document order.
 * Nodes on a cycle, and those that depend on one, are in `unordered`; it is empty for a graph that can run.
 */
export function runOrder(graph: Graph): { readonly order: readonly NodeId[]; readonly unordered: readonly NodeId[] } {
  const missing = new Map(graph.nodes.map((id) => [id, graph.upstream.get(id)?.length ?? 0]));
  const order = graph.nodes.filter((id) => missing.get(id) === 0);
  // Iterating over an array that grows is defined: the new entries are visited too.
  for (const id of order) {
    for (const next of graph.downstream.get(id) ?? []) {
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  const ordered = new Set(order);
  return { order, unordered: graph.nodes.filter((id) => !ordered.has(id)) };
}

/** Every node once: in run order, and after them those that can never run. */
export function displayOrder(graph: Graph): readonly NodeId[] {
  const { order, unordered } = runOrder(graph);
  return unordered.length === 0 ? order : [...order, ...unordered];
}

/**
 * One cycle as the nodes along it, each feeding the next, the first one repeated at the end (`a → b → a`), or undefined.
 * It begins at the cycle's first node in document order.
 */
export function findCycle(graph: Graph): readonly NodeId[] | undefined {
  const { unordered } = runOrder(graph);
  const stuck = new Set(unordered);
  const start = unordered[0];
  if (start === undefined) return undefined;
  // Every stuck node has a stuck node upstream, so walking upstream must come back to a node already seen.
  const seen = new Map<NodeId, number>();
  const walk: NodeId[] = [];
  let at: NodeId | undefined = start;
  while (at !== undefined && !seen.has(at)) {
    seen.set(at, walk.length);
    walk.push(at);
    at = graph.upstream.get(at)?.find((id) => stuck.has(id));
  }
  if (at === undefined) return undefined;
  const cycle = walk.slice(seen.get(at)).reverse();
  const position = new Map(graph.nodes.map((id, index) => [id, index]));
  const first = cycle.reduce((a, b) => ((position.get(a) ?? 0) <= (position.get(b) ?? 0) ? a : b));
  const turn = cycle.indexOf(first);
  return [...cycle.slice(turn), ...cycle.slice(0, turn), first];
}

/** Everything that the given nodes depend on, directly or not, and the nodes themselves. */
export function withAncestors(graph: Graph, ids: Iterable<NodeId>): ReadonlySet<NodeId> {
  return reach(graph.upstream, ids);
}

/** Everything that depends on the given nodes, directly or not, and the nodes themselves. */
export function withDescendants(graph: Graph, ids: Iterable<NodeId>): ReadonlySet<NodeId> {
  return reach(graph.downstream, ids);
}

function reach(neighbours: ReadonlyMap<NodeId, readonly NodeId[]>, ids: Iterable<NodeId>): ReadonlySet<NodeId> {
  const found = new Set(ids);
  for (const id of found) for (const next of neighbours.get(id) ?? []) found.add(next);
  return found;
}
