/** When each node of a run waited and computed: what the time bars draw. */

import type { NodeSnapshot, RunSnapshot } from './fold-run';

/**
 * A piece of a bar, in milliseconds since the run was queued. `start` is what an attempt took before its executor began:
 * known only once it has ended; until then all of it counts as `compute`.
 */
export type TimeSpan = { readonly kind: 'queue' | 'start' | 'compute'; readonly fromMs: number; readonly toMs: number };
/** The bar of one node. Empty for a node that nothing happened to. */
export type NodeTimes = {
  readonly node: string;
  readonly spans: readonly TimeSpan[];
  /** When a node that did not compute was settled (reused, skipped). */
  readonly settledAtMs?: number;
  /** Time from claim to end, over all attempts. */
  readonly computeMs: number;
  /** When it ended, or is now; absent while nothing happened to it. */
  readonly endMs?: number;
};
/** The bars of a run, in the order in which its nodes began. */
export type RunTimes = { readonly nodes: readonly NodeTimes[]; readonly totalMs: number };

/**
 * The times of a run, as of `nowMs` (milliseconds since 1970) for what is not over. A node waits from the moment that the
 * last node it needs has ended (or the run was queued) to its first attempt, and between attempts.
 */
export function runTimes(run: RunSnapshot, nowMs: number): RunTimes {
  const origin = Date.parse(run.queuedAt);
  const at = (iso: string | undefined) => (iso === undefined ? undefined : Math.max(0, Date.parse(iso) - origin));
  const endMs = at(run.finishedAt) ?? Math.max(0, nowMs - origin);
  const nodes = Object.values(run.nodes).map((node) => nodeTimes(node, { run, at, endMs }));
  const begin = ({ spans, settledAtMs }: NodeTimes) =>
    spans.find((span) => span.kind !== 'queue')?.fromMs ?? settledAtMs ?? spans[0]?.fromMs ?? Infinity;
  const depth = depthsOf(run);
  const byDepth = (a: NodeTimes, b: NodeTimes) => (depth.get(a.node) ?? 0) - (depth.get(b.node) ?? 0);
  nodes.sort((a, b) => (begin(a) === begin(b) ? byDepth(a, b) : begin(a) - begin(b)));
  return { nodes, totalMs: endMs };
}

/** How many nodes stand before a node on its longest way: what orders those that were settled in the same moment. */
function depthsOf(run: RunSnapshot): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    depths.set(id, 0);
    const depth = Math.max(0, ...(run.nodes[id]?.upstream ?? []).map((source) => depthOf(source) + 1));
    depths.set(id, depth);
    return depth;
  };
  for (const id of Object.keys(run.nodes)) depthOf(id);
  return depths;
}

/** The time that a node took, in milliseconds: its own figure, else that of its ended attempts. Undefined where none ended. */
export function nodeDuration({ durationMs, attempts }: NodeSnapshot): number | undefined {
  if (durationMs !== undefined) return durationMs;
  const ended = attempts.flatMap((attempt) => attempt.durationMs ?? []);
  return ended.length === 0 || ended.length < attempts.length ? undefined : ended.reduce((sum, ms) => sum + ms, 0);
}

type Clock = {
  readonly run: RunSnapshot;
  readonly at: (iso: string | undefined) => number | undefined;
  readonly endMs: number;
};

function nodeTimes(node: NodeSnapshot, { run, at, endMs }: Clock): NodeTimes {
  const ends = node.upstream.map((id) => at(run.nodes[id]?.endedAt));
  const isReady = ends.every((end) => end !== undefined);
  let cursor = Math.max(0, ...ends.map((end) => end ?? 0));
  const spans: TimeSpan[] = [];
  let computeMs = 0;
  for (const attempt of node.attempts) {
    const fromMs = at(attempt.startedAt) ?? 0;
    const toMs = at(attempt.endedAt) ?? (node.state === 'running' ? endMs : (at(node.endedAt) ?? endMs));
    if (fromMs > cursor) spans.push({ kind: 'queue', fromMs: cursor, toMs: fromMs });
    const beganMs = Math.min(Math.max(fromMs, toMs), fromMs + (attempt.usage?.startMs ?? 0));
    if (beganMs > fromMs) spans.push({ kind: 'start', fromMs, toMs: beganMs });
    spans.push({ kind: 'compute', fromMs: beganMs, toMs: Math.max(beganMs, toMs) });
    computeMs += Math.max(0, toMs - fromMs);
    cursor = toMs;
  }
  if (node.state === 'queued' && isReady && run.finishedAt === undefined && endMs > cursor) {
    spans.push({ kind: 'queue', fromMs: cursor, toMs: endMs });
  }
  const settledAtMs = node.attempts.length === 0 ? at(node.endedAt) : undefined;
  const endedMs = node.attempts.length > 0 ? spans.at(-1)?.toMs : settledAtMs;
  return {
    node: node.node,
    spans,
    computeMs,
    ...(settledAtMs !== undefined && { settledAtMs }),
    ...(endedMs !== undefined && { endMs: endedMs }),
  };
}

/** Round marks of an axis from 0 to `totalMs`, about `count` of them, in milliseconds. */
export function timeTicks(totalMs: number, count: number): readonly number[] {
  if (totalMs <= 0) return [0];
  const rough = totalMs / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const minutes = [15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000];
  const candidates = [power, 2 * power, 5 * power, 10 * power, ...minutes].filter((step) => step >= rough);
  const decimal = rough < 10_000;
  const step = Math.min(...candidates.filter((one) => decimal || minutes.includes(one) || one > 21_600_000));
  const ticks: number[] = [];
  for (let tick = 0; tick <= totalMs; tick += step) ticks.push(tick);
  return ticks;
}
