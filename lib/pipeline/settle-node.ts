/** One node's part of a plan: its decision, and the sentence that says why. */

import type { KeyParts, SourceDigests } from './cache-key';
import { explainKeyDifference, explainResolved } from './key-difference';
import { conditionWords, decidingSources, faultWords, findInputFault, type InputFault } from './judge-inputs';
import { inputSources, type NodeId } from './pipeline';
import type { KnownExecution, PlannedNode, Planning, SourceTrouble } from './plan';
import { specOf } from './spec-of';

/** Digests of a node's outputs in order, by port. */
export type DigestsByPort = { readonly [port: string]: readonly string[] };

/** Where it begins that a node is not up to date, and why, as the end of a sentence. */
type RootCause = { readonly node: NodeId; readonly text: string };

/** A planned node, with what later nodes need to know of its outputs. */
export type Settled = PlannedNode & {
  /** What this run takes; undefined when it is made anew, or nobody takes it. */
  readonly taken: DigestsByPort | undefined;
  /** What an up-to-date node has; undefined when only executing it would tell. */
  readonly present: DigestsByPort | undefined;
  readonly root: RootCause | undefined;
};

/** What the node's key is, where it is known, and what was published under it. */
export type Lookup = {
  readonly parts: KeyParts | undefined;
  readonly key: string | undefined;
  readonly match: KnownExecution | undefined;
};

/** Settles one node; all that it takes outputs of are settled. */
export function settleNode(planning: Planning, id: NodeId, lookup: Lookup): Settled {
  return planning.selected.has(id) ? settleSelected(planning, id, lookup) : settleOutside(planning, id, lookup);
}

function settleSelected(planning: Planning, id: NodeId, lookup: Lookup): Settled {
  const { settled, graph, sources, reuse } = planning;
  const base = baseOf(planning, id, lookup);
  const upstream = (graph.upstream.get(id) ?? []).flatMap((source) => settled.get(source) ?? []);
  const blocked = (reason: string, path?: string): Settled => {
    const place = path === undefined ? {} : { path };
    return { ...base, ...place, decision: 'blocked', reason, taken: undefined, present: undefined, root: undefined };
  };
  const skipped = (text: string): Settled => {
    const reason = `${id} is skipped because ${text}.`;
    return { ...base, decision: 'skip', reason, taken: undefined, present: undefined, root: { node: id, text } };
  };
  const executes = ({ text, root }: Cause): Settled => {
    const reason = `${id} runs${conditionOf(planning, id)} because ${text}.`;
    return { ...base, decision: 'execute', reason, taken: undefined, present: undefined, root };
  };
  const files = sources.get(id);
  if (files !== undefined && isTrouble(files)) return blocked(files.message, files.path);
  const stuck = upstream.find((source) => source.decision === 'blocked');
  if (stuck !== undefined)
    return blocked(stuck.selected ? `${id} waits for ${stuck.node}, which cannot run.` : stuck.reason);
  const shut = upstream.find((source) => source.decision === 'skip');
  if (shut !== undefined) return skipped(`${shut.node} is`);
  const fault = findFault(planning, id);
  if (fault !== undefined) return skipped(fault);
  if (!reuse) return executes(own(id, 'this run reuses nothing'));
  const moving = upstream.find((source) => source.decision === 'execute');
  if (moving !== undefined) return executes(becauseOf(planning, id, moving));
  if (lookup.match === undefined) return executes(own(id, whyNoMatch(planning, id, lookup)));
  if (lookup.match.damage !== undefined) return executes(own(id, describeDamage(lookup.match)));
  return reused({ ...base, decision: 'reuse', reason: reuseReason(planning, lookup.match) }, lookup.match, undefined);
}

/** Why a node is skipped, where what it is given is known and says so: the end of a sentence. */
function findFault({ pipeline, catalog, settled }: Planning, id: NodeId): string | undefined {
  const node = pipeline.nodes[id];
  const spec = node === undefined ? undefined : specOf(catalog, node.component);
  if (node === undefined || spec === undefined) return undefined;
  const fault = findInputFault(spec, node, (source) => {
    const from = settled.get(source.node)?.from;
    return from === undefined ? undefined : (from.outputs[source.port] ?? []);
  });
  if (fault === undefined) return undefined;
  return `${faultWords(fault)} in run ${settled.get(fault.because.node)?.from?.runNumber ?? ''}`;
}

/** ` if evaluator blesses the model,`: what only the run will tell. */
function conditionOf({ pipeline, catalog, settled }: Planning, id: NodeId): string {
  const isOpen = ({ because }: InputFault) => settled.get(because.node)?.decision === 'execute';
  const open = decidingSources(pipeline, catalog, id).filter(isOpen);
  return open.length === 0 ? '' : ` if ${[...new Set(open.map(conditionWords))].join(' and ')},`;
}

/** A node outside the selection: taken as it is where a selected node needs it, else left alone. */
function settleOutside(planning: Planning, id: NodeId, lookup: Lookup): Settled {
  const base = { ...baseOf(planning, id, lookup), upstream: [] };
  const { match } = lookup;
  const isWhole = match !== undefined && match.damage === undefined;
  if (!planning.needed.has(id)) {
    const skipped = { ...base, decision: 'skip' as const, reason: `${id} is not selected.`, taken: undefined };
    return isWhole
      ? { ...skipped, present: digestsOf(match), root: undefined }
      : { ...skipped, present: undefined, root: whyStale(planning, id, lookup).root };
  }
  if (isWhole) return reused({ ...base, decision: 'reuse', reason: reuseReason(planning, match) }, match, undefined);
  const { text, root } = whyStale(planning, id, lookup);
  const latest = planning.latest.get(id);
  if (latest !== undefined && latest.damage === undefined) {
    const reason = `${id} is not selected: taken as it is from run ${latest.runNumber}, though ${text}.`;
    return reused({ ...base, decision: 'reuse', reason }, latest, root);
  }
  const why = latest === undefined ? 'no run of this pipeline has finished it yet' : describeDamage(latest);
  const reason = `${id} is not selected and there is nothing to take from it, because ${why}. Run it first: --to ${id}.`;
  return { ...base, decision: 'blocked', reason, taken: undefined, present: undefined, root };
}

type Base = Pick<PlannedNode, 'node' | 'component' | 'upstream' | 'selected' | 'conditional'> & {
  readonly key?: string;
};

function baseOf({ pipeline, catalog, graph, selected }: Planning, id: NodeId, { key }: Lookup): Base {
  return {
    node: id,
    component: pipeline.nodes[id]?.component ?? '',
    upstream: graph.upstream.get(id) ?? [],
    selected: selected.has(id),
    conditional: decidingSources(pipeline, catalog, id).length > 0,
    ...(key !== undefined && { key }),
  };
}

/** `stale` says why the outputs taken are not those that an up-to-date node would have. */
function reused(
  node: Base & { readonly decision: 'reuse'; readonly reason: string },
  from: KnownExecution,
  stale: RootCause | undefined,
): Settled {
  const taken = digestsOf(from);
  return { ...node, from, taken, present: stale === undefined ? taken : undefined, root: stale };
}

function reuseReason({ pipelineId }: Planning, from: KnownExecution): string {
  const where = from.pipelineId === pipelineId ? '' : ` of pipeline ${from.pipeline}`;
  return `Reused from run ${from.runNumber}${where}: nothing it depends on changed.`;
}

/** Why a node is not up to date, as the end of a sentence. */
type Cause = { readonly text: string; readonly root: RootCause };

function own(node: NodeId, text: string): Cause {
  return { text, root: { node, text } };
}

function whyNoMatch({ latest, pipeline, catalog }: Planning, id: NodeId, { parts }: Lookup): string {
  const last = latest.get(id);
  if (last === undefined) return 'no run of this pipeline has finished it yet';
  if (last.key === undefined || parts === undefined) return `run ${last.runNumber} cannot be compared with it`;
  const port = specOf(catalog, pipeline.nodes[id]?.component ?? '')?.resolves;
  const resolved = port === undefined ? undefined : explainResolved(last.key.inputs[port], parts.inputs[port]);
  return resolved ?? explainKeyDifference(last.key, parts) ?? describeDamage(last);
}

/** Why a node outside the selection is not up to date. */
function whyStale(planning: Planning, id: NodeId, lookup: Lookup): Cause {
  const { settled, graph, sources } = planning;
  const files = sources.get(id);
  if (files !== undefined && isTrouble(files)) return own(id, `its files cannot be read now (${files.path})`);
  if (lookup.match?.damage !== undefined) return own(id, describeDamage(lookup.match));
  const upstream = (graph.upstream.get(id) ?? []).flatMap((source) => settled.get(source) ?? []);
  const moved = upstream.find((source) => source.present === undefined);
  return moved === undefined ? own(id, whyNoMatch(planning, id, lookup)) : becauseOf(planning, id, moved);
}

/** `examples makes new examples (inputBase's file taxi.csv changed: …)`. */
function becauseOf({ pipeline, candidates }: Planning, id: NodeId, moving: Settled): Cause {
  const node = pipeline.nodes[id];
  const ports = new Set<string>();
  for (const port of Object.keys(node?.inputs ?? {}))
    for (const source of node === undefined ? [] : inputSources(node, port))
      if (source.node === moving.node) ports.add(source.port);
  for (const source of candidates.get(id) ?? []) if (source.node === moving.node) ports.add(source.port);
  const does = moving.decision === 'execute' ? `makes new ${[...ports].join(' and ')}` : 'is not up to date';
  const root = moving.root ?? { node: moving.node, text: moving.reason };
  const where = root.node === moving.node ? '' : `${root.node}: `;
  // Only the root is repeated, so that a chain of a thousand nodes still has reasons of one line.
  return { text: `${moving.node} ${does} (${where}${root.text})`, root };
}

function describeDamage({ damage, runNumber }: KnownExecution): string {
  const how = damage?.what === 'changed' ? 'was changed on disk' : 'is no longer on disk';
  return `its output ${damage?.port ?? ''} of run ${runNumber} ${how}`;
}

function digestsOf(execution: KnownExecution): DigestsByPort {
  return Object.fromEntries(
    Object.entries(execution.outputs).map(([port, artifacts]) => [port, artifacts.map((item) => item.digest)]),
  );
}

/** True where a node's source files could not be read. */
export function isTrouble(files: SourceDigests | SourceTrouble): files is SourceTrouble {
  return typeof files['message'] === 'string';
}
