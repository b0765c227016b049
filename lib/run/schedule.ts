/** Graph and states → what is ready, what will never be, and whether the run is over. */

import { hasOutputs, isFinalNodeState, type NodeState, type RunState, type StateReason } from './run';

/** A node run as the schedule sees it. */
export type ScheduledNode = {
  readonly id: string;
  /** Nodes whose outputs it takes, each once. */
  readonly upstream: readonly string[];
  readonly state: NodeState;
  /** False for nodes that the run does not touch: their outputs, where needed, are those of an earlier run. */
  readonly selected: boolean;
};

/** A node that will not run, why, and the node that ended badly. */
export type Skip = { readonly id: string; readonly reason: StateReason; readonly because: string };

/** How many selected upstream nodes of a node are not final yet; 0 means that it can be claimed while it is queued. */
export function countWaitingOn(node: ScheduledNode, nodes: ReadonlyMap<string, ScheduledNode>): number {
  return node.upstream.filter((id) => {
    const upstream = nodes.get(id);
    return upstream !== undefined && upstream.selected && !isFinalNodeState(upstream.state);
  }).length;
}

/** Queued nodes with everything they wait for, in the order given. */
export function readyNodes(nodes: readonly ScheduledNode[]): readonly string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return nodes
    .filter((node) => node.selected && node.state === 'queued')
    .filter((node) => node.upstream.every((id) => isSatisfied(byId.get(id))))
    .map((node) => node.id);
}

/** Queued nodes that a bad end upstream, near or far, keeps from ever running: nearest first. */
export function nodesToSkip(nodes: readonly ScheduledNode[]): readonly Skip[] {
  const downstream = new Map<string, ScheduledNode[]>();
  for (const node of nodes) {
    for (const id of node.upstream) downstream.set(id, [...(downstream.get(id) ?? []), node]);
  }
  const skips = new Map<string, Skip>();
  const open = nodes.filter((node) => node.selected && isFinalNodeState(node.state) && !hasOutputs(node.state));
  const causes = open.map((node) => ({ id: node.id, because: node.id, reason: reasonOf(node.state) }));
  for (const cause of causes) {
    for (const node of downstream.get(cause.id) ?? []) {
      if (node.state !== 'queued' || !node.selected || skips.has(node.id)) continue;
      skips.set(node.id, { id: node.id, reason: cause.reason, because: cause.because });
      causes.push({ ...cause, id: node.id });
    }
  }
  return [...skips.values()];
}

/**
 * The state of a run whose nodes are all final, undefined while one is not: `canceled` when a node was canceled,
 * `failed` when one failed, else `complete`.
 */
export function runOutcome(states: readonly NodeState[]): RunState | undefined {
  if (!states.every(isFinalNodeState)) return undefined;
  if (states.includes('canceled')) return 'canceled';
  return states.includes('failed') ? 'failed' : 'complete';
}

function isSatisfied(upstream: ScheduledNode | undefined): boolean {
  return upstream !== undefined && (!upstream.selected || hasOutputs(upstream.state));
}

function reasonOf(state: NodeState): StateReason {
  if (state === 'failed') return 'upstream-failed';
  return state === 'canceled' ? 'upstream-canceled' : 'upstream-skipped';
}
