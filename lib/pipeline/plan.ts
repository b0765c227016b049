/**
 * Pipeline + what is known of earlier executions → what a run will do with each node, and why. The engine obeys it, so
 * what the plan says is what happens: a node downstream of one that executes executes too, even where the new outputs
 * turn out equal to the old ones.
 */

import type { Catalog } from '../catalog/index';
import type { PlanDecision } from '../run/run';
import type { NodeOutputs } from '../run/run-event';
import { cacheKeyOf, keyPartsOf, type KeyParts, type SourceDigests } from './cache-key';
import { displayOrder, graphOf, withAncestors, type Graph } from './graph';
import { inputSources, type NodeId, type Pipeline, type PortRef } from './pipeline';
import { resolveParams } from './resolve-params';
import { candidatesOf, latestBlessed, type BlessedModel, type Candidates } from './resolve-model';
import { isTrouble, settleNode, type Settled } from './settle-node';
import { specOf } from './spec-of';

/** A published execution, with what is left of its outputs. */
export type KnownExecution = {
  readonly id: string;
  readonly runId: string;
  readonly runNumber: number;
  readonly pipelineId: string;
  /** Name of the pipeline it ran in. */
  readonly pipeline: string;
  readonly cacheKey: string;
  /** Undefined where it was written by a version of Sluice whose keys this one cannot read. */
  readonly key: KeyParts | undefined;
  readonly outputs: NodeOutputs;
  /** The first output whose files are not as they were published; such an execution is never reused. */
  readonly damage?: { readonly port: string; readonly what: 'missing' | 'changed' };
};

/** Why a node's source files cannot be read, and the parameter that points to them. */
export type SourceTrouble = { readonly message: string; readonly path: string };

/** What {@link planRun} starts from. None of `blockingProblems` may be left; what is not selected may be broken. */
export type PlanInput = {
  readonly pipeline: Pipeline;
  readonly catalog: Catalog;
  readonly pipelineId: string;
  /** From `selectNodes`. */
  readonly selected: ReadonlySet<NodeId>;
  /** False executes every selected node. */
  readonly reuse: boolean;
  /** Source files by node, for at least the nodes of {@link nodesInPlan}; absent means the node reads none. */
  readonly sources: ReadonlyMap<NodeId, SourceDigests | SourceTrouble>;
  /** Each node's newest published execution in this pipeline. */
  readonly latest: ReadonlyMap<NodeId, KnownExecution>;
  /**
   * The newest models that runs of this pipeline blessed and whose files are there, newest first. Two with different digests
   * are enough: a Resolver passes over one at most. Default: none.
   */
  readonly blessed?: readonly BlessedModel[];
};

/** What a run will do with one node. */
export type PlannedNode = {
  readonly node: NodeId;
  readonly component: string;
  readonly decision: PlanDecision;
  readonly reason: string;
  /** Nodes whose outputs it waits for in this run, each once, in document order. */
  readonly upstream: readonly NodeId[];
  /** False for a node outside the selection, whether its outputs are taken or not. */
  readonly selected: boolean;
  /** True where what it takes decides whether it runs: a gate, or an input that may come out empty. */
  readonly conditional: boolean;
  /** Its key, where every input is known before the run. */
  readonly key?: string;
  /** For `reuse`: whose outputs are taken. */
  readonly from?: KnownExecution;
  /** For `blocked`: the place in the document, where there is one. */
  readonly path?: string;
};

/** The plan of a run: every node, in an order in which they can run; nodes of a circle, which are not selected, come last. */
export type Plan = { readonly nodes: readonly PlannedNode[] };

/** The keys that a plan asks for; the answer holds for each the newest whole execution, else the newest damaged one. */
export type PlanQuestion = readonly string[];
/** See {@link PlanQuestion}. Keys that nothing was published under are left out. */
export type PlanAnswer = ReadonlyMap<string, KnownExecution>;

/** A plan in the making: what was given, and what is settled of the nodes so far. */
export type Planning = PlanInput & {
  readonly graph: Graph;
  /** What each Resolver waits for. */
  readonly candidates: Candidates;
  /** Nodes outside the selection that a selected one takes outputs of. */
  readonly needed: ReadonlySet<NodeId>;
  readonly settled: ReadonlyMap<NodeId, Settled>;
};

/**
 * Plans a run. A generator, so that it stays pure: it yields the keys it wants looked up, one level of the graph at a
 * time, and is given the executions found. Most plans ask nothing: the newest execution of each node is given already.
 */
export function* planRun(input: PlanInput): Generator<PlanQuestion, Plan, PlanAnswer> {
  const graph = graphOf(input.pipeline, input.catalog);
  const candidates = candidatesOf(input.pipeline, input.catalog);
  const order = displayOrder(graph);
  const looked = nodesInPlan(graph, input.selected);
  const settled = new Map<NodeId, Settled>();
  const planning: Planning = { ...input, graph, candidates, needed: neededFrom(graph, input.selected), settled };
  for (const level of levelsOf(graph, order)) {
    const keys = new Map<NodeId, { readonly parts: KeyParts; readonly key: string }>();
    for (const id of level) {
      const parts = looked.has(id) ? keyPartsNow(planning, id) : undefined;
      if (parts !== undefined) keys.set(id, { parts, key: cacheKeyOf(parts) });
    }
    const found = new Map<string, KnownExecution>();
    const wanted = new Set<string>();
    for (const [id, { key }] of keys) {
      const latest = input.latest.get(id);
      if (latest?.cacheKey === key && latest.damage === undefined) found.set(key, latest);
      else wanted.add(key);
    }
    for (const key of found.keys()) wanted.delete(key);
    if (wanted.size > 0) for (const [key, execution] of yield [...wanted]) found.set(key, execution);
    for (const id of level) {
      const { parts, key } = keys.get(id) ?? {};
      const match = key === undefined ? undefined : found.get(key);
      settled.set(id, settleNode(planning, id, { parts, key, match }));
    }
  }
  return { nodes: order.flatMap((id) => settled.get(id) ?? []).map(toPlannedNode) };
}

/** The nodes whose key matters: the selected ones, those whose outputs they take, and what these depend on. */
export function nodesInPlan(graph: Graph, selected: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  return new Set([...selected, ...withAncestors(graph, neededFrom(graph, selected))]);
}

/** Nodes outside the selection that a selected one takes outputs of. */
function neededFrom(graph: Graph, selected: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  const needed = new Set<NodeId>();
  for (const id of selected)
    for (const source of graph.upstream.get(id) ?? []) if (!selected.has(source)) needed.add(source);
  return needed;
}

/** Nodes by their distance from the beginning: all that a level needs is in the levels before it. */
function levelsOf(graph: Graph, order: readonly NodeId[]): readonly (readonly NodeId[])[] {
  const depths = new Map<NodeId, number>();
  const levels: NodeId[][] = [];
  for (const id of order) {
    const depth = Math.max(-1, ...(graph.upstream.get(id) ?? []).map((source) => depths.get(source) ?? 0)) + 1;
    depths.set(id, depth);
    (levels[depth] ??= []).push(id);
  }
  return levels;
}

/** The key parts of a node as it is now, or undefined while something it depends on is not known. */
function keyPartsNow(planning: Planning, id: NodeId): KeyParts | undefined {
  const { pipeline, catalog, sources } = planning;
  const node = pipeline.nodes[id];
  const spec = node === undefined ? undefined : specOf(catalog, node.component);
  const files = sources.get(id) ?? {};
  if (node === undefined || spec === undefined || isTrouble(files)) return undefined;
  const inputs: Record<string, string[]> = {};
  for (const port of Object.keys(spec.inputs)) {
    const digests = digestsNow(planning, id, inputSources(node, port));
    if (digests === undefined) return undefined;
    inputs[port] = digests;
  }
  if (spec.resolves !== undefined) {
    const candidates = digestsNow(planning, id, planning.candidates.get(id) ?? []);
    if (candidates === undefined) return undefined;
    const model = latestBlessed(planning.blessed ?? [], candidates);
    inputs[spec.resolves] = model === undefined ? [] : [model.digest];
  }
  return keyPartsOf(spec, {
    params: resolveParams(pipeline, id).params,
    inputs,
    sources: files,
    pipeline: pipeline.name,
  });
}

/** Digests of what a node takes from these outputs, or undefined while that is not known. */
function digestsNow({ selected, settled }: Planning, id: NodeId, sources: readonly PortRef[]): string[] | undefined {
  const digests: string[] = [];
  for (const source of sources) {
    const from = settled.get(source.node);
    const outputs = selected.has(id) ? from?.taken : from?.present;
    if (outputs === undefined) return undefined;
    digests.push(...(outputs[source.port] ?? []));
  }
  return digests;
}

function toPlannedNode({ taken: _taken, present: _present, root: _root, ...node }: Settled): PlannedNode {
  return node;
}
