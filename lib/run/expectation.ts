/** What a run will take, from what its nodes took before. */

import type { PlanDecision } from './run';

/** A node as the estimate sees it. */
export type ExpectedNode = {
  readonly decision: PlanDecision;
  readonly upstream: readonly string[];
  readonly expectedMs?: number | undefined;
};

/**
 * The longest way through the nodes that execute, in ms: what a run takes when nothing has to wait for a free process.
 * Reused and skipped nodes take no time. Undefined where nothing executes, and where one that does never ran before.
 */
export function expectedRunMs(nodes: { readonly [node: string]: ExpectedNode }): number | undefined {
  const running = Object.values(nodes).filter(({ decision }) => decision === 'execute');
  if (running.length === 0 || running.some(({ expectedMs }) => expectedMs === undefined)) return undefined;
  const ends = new Map<string, number>();
  const endOf = (id: string): number => {
    const known = ends.get(id);
    if (known !== undefined) return known;
    const node = nodes[id];
    if (node === undefined) return 0;
    ends.set(id, 0);
    const own = node.decision === 'execute' ? (node.expectedMs ?? 0) : 0;
    const end = Math.max(0, ...node.upstream.map(endOf)) + own;
    ends.set(id, end);
    return end;
  };
  return Math.max(...Object.keys(nodes).map(endOf));
}
