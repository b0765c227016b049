/** What a run's time hung on: the chain of nodes each of which set the start of the next, and the room of the others. */

import type { RunSnapshot } from './fold-run';
import type { RunTimes } from './run-times';

/** See the module. */
export type CriticalPath = {
  /** From the first to the last. */
  readonly nodes: readonly string[];
  /** How much later a node could have ended before anything after it would have had to wait, in ms. Above 0 only. */
  readonly slackMs: ReadonlyMap<string, number>;
};

/**
 * The critical path: back from the node that ended last, always to the input that came last (the critical path method
 * of Kelley and Walker 1959, on measured times). Skipped nodes are not part of it. Empty before anything ended or began.
 */
export function criticalPath(run: RunSnapshot, times: RunTimes): CriticalPath {
  const ends = new Map<string, number>();
  for (const { node, endMs } of times.nodes) {
    const state = run.nodes[node]?.state;
    if (endMs !== undefined && state !== 'skipped') ends.set(node, endMs);
  }
  const latest = (ids: Iterable<string>): string | undefined => {
    let found: string | undefined;
    for (const id of ids) {
      const end = ends.get(id);
      if (end !== undefined && (found === undefined || end > (ends.get(found) ?? 0))) found = id;
    }
    return found;
  };
  const path = new Set<string>();
  let at = latest(ends.keys());
  while (at !== undefined && !path.has(at)) {
    path.add(at);
    at = latest(run.nodes[at]?.upstream ?? []);
  }
  return { nodes: [...path].toReversed(), slackMs: slacks(run, ends, path) };
}

function slacks(
  run: RunSnapshot,
  ends: ReadonlyMap<string, number>,
  path: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const slack = new Map<string, number>();
  for (const { upstream, state } of Object.values(run.nodes)) {
    const readyAt = Math.max(...upstream.map((id) => ends.get(id) ?? Infinity));
    if (state === 'skipped' || !Number.isFinite(readyAt)) continue;
    for (const id of upstream) {
      const room = readyAt - (ends.get(id) ?? readyAt);
      slack.set(id, Math.min(room, slack.get(id) ?? Infinity));
    }
  }
  for (const [id, room] of slack) if (room <= 0 || path.has(id)) slack.delete(id);
  return slack;
}
