/**
 * What the editor says of each node: problems of the document, the plan of the next run and the newest run, joined so that
 * the worst wins. One badge per node.
 */

import { formatQuantity } from '../format/number';
import type { NodeId, Pipeline } from '../pipeline/pipeline';
import type { Problem } from '../pipeline/problem';
import type { NodeSnapshot, RunSnapshot } from './fold-run';
import { gateBehind, type GateState } from './gate-state';
import { isFinalRunState, type NodeState, type PlanDecision } from './run';
import { nodeHeadline, nodeMark, nodeStateWords } from './run-words';

/** The look of a node: that of its state in the newest run, or what only the editor knows. */
export type StatusMark = NodeState | 'warning' | 'draft' | 'invalid' | 'stale';

/** What is shown of one node. */
export type NodeStatus = {
  readonly mark: StatusMark;
  /** The mark in words: `1 input missing`, `Running 62 %`. */
  readonly words: string;
  /** What came out, what it waits for, or what is wrong. One line. */
  readonly headline: string;
  /** From 0 to 1 while it runs and tells. */
  readonly share?: number;
  /** What its blessing says to the gates behind it; absent where it gave none. */
  readonly gate?: GateState;
  /** What the next run will do with it, and why: for a tooltip. */
  readonly hint?: string;
};

/** What the next run would do with a node. */
export type NodePlan = {
  readonly node: NodeId;
  readonly decision: PlanDecision;
  readonly reason: string;
  /** For `reuse`: the run whose outputs are taken. */
  readonly fromRunNumber?: number | undefined;
  /** For `execute`: how long it took before, in ms. */
  readonly expectedMs?: number | undefined;
};

/** What statuses are derived from. Plan and run are undefined while they are not known, or where there is none. */
export type StatusSources = {
  readonly document: Pipeline;
  readonly problems: readonly Problem[];
  readonly plan: readonly NodePlan[] | undefined;
  readonly run: RunSnapshot | undefined;
};

/** Statuses of all nodes. A status that says the same as `before` is the same object, so that nobody draws it again. */
export function deriveStatuses(
  { document, problems, plan, run }: StatusSources,
  before: ReadonlyMap<NodeId, NodeStatus> = new Map(),
): ReadonlyMap<NodeId, NodeStatus> {
  const errors = new Map<NodeId, Problem[]>();
  for (const item of problems) {
    if (item.severity !== 'error' || item.node === undefined) continue;
    const known = errors.get(item.node);
    if (known === undefined) errors.set(item.node, [item]);
    else known.push(item);
  }
  const plans = new Map(plan?.map((item) => [item.node, item]));
  const isLive = run !== undefined && !isFinalRunState(run.state);
  const statuses = new Map<NodeId, NodeStatus>();
  for (const [id, { component }] of Object.entries(document.nodes)) {
    const node = run !== undefined && Object.hasOwn(run.nodes, id) ? run.nodes[id] : undefined;
    const status = statusOf({ component, errors: errors.get(id) ?? [], plan: plans.get(id), node, isLive });
    const known = before.get(id);
    statuses.set(id, known !== undefined && isSame(known, status) ? known : status);
  }
  return statuses;
}

type NodeSources = {
  readonly component: string;
  readonly errors: readonly Problem[];
  readonly plan: NodePlan | undefined;
  readonly node: NodeSnapshot | undefined;
  readonly isLive: boolean;
};

function statusOf(sources: NodeSources): NodeStatus {
  const { component, errors, plan, isLive } = sources;
  const ran = ranStatus(sources);
  if (ran?.mark === 'failed') return ran;
  const [first] = errors;
  if (first !== undefined) return { mark: 'invalid', words: errorWords(errors), headline: first.message };
  if (isLive && ran !== undefined) return ran;
  if (plan?.decision === 'blocked') return { mark: 'invalid', words: 'Cannot run', headline: plan.reason };
  const hint = plan === undefined ? {} : { hint: plan.reason };
  if (ran?.mark === 'warning') return { ...ran, ...hint };
  if (plan?.decision === 'execute') {
    if (ran === undefined) return { mark: 'draft', words: 'Not run yet', headline: component, ...hint };
    if (ran.mark === 'complete' || ran.mark === 'cached')
      return { mark: 'stale', words: 'Out of date', headline: plan.reason, ...hint };
  }
  if (ran !== undefined) return { ...ran, ...hint };
  if (plan?.decision === 'reuse') {
    const words = plan.fromRunNumber === undefined ? 'Will be reused' : `Will reuse run ${plan.fromRunNumber}`;
    return { mark: 'cached', words, headline: words, ...hint };
  }
  return { mark: 'draft', words: 'Not run yet', headline: component, ...hint };
}

/** What the newest run says of a node; undefined where it was not part of it. */
function ranStatus({ node }: NodeSources): NodeStatus | undefined {
  if (node === undefined || node.stateReason === 'not-selected') return undefined;
  const gate = gateBehind(node);
  return {
    ...(gate !== undefined && { gate }),
    mark: nodeMark(node),
    words: nodeStateWords(node),
    headline: nodeHeadline(node),
    ...(node.state === 'running' && node.share !== undefined && { share: node.share }),
  };
}

function errorWords(errors: readonly Problem[]): string {
  const missing = errors.filter(({ code }) => code === 'missing-input').length;
  return missing === errors.length
    ? `${formatQuantity(missing, 'input')} missing`
    : formatQuantity(errors.length, 'problem');
}

function isSame(a: NodeStatus, b: NodeStatus): boolean {
  return (
    a.mark === b.mark &&
    a.words === b.words &&
    a.headline === b.headline &&
    a.share === b.share &&
    a.hint === b.hint &&
    a.gate?.words === b.gate?.words
  );
}
