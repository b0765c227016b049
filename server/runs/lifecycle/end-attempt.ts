/** Records how an attempt without outputs ended, and decides whether another one follows. */

import { and, eq } from 'drizzle-orm';

import type { ErrorInfo } from '../../../lib/errors';
import type { AttemptOutcome, StateReason } from '../../../lib/run/run';
import { MAX_LOSSES, retryDelayMs } from '../../../lib/run/retry-policy';
import type { AttemptUsage, RunEventBody } from '../../../lib/run/run-event';
import type { Database, Transaction } from '../../db/client';
import { nodeRuns } from '../../db/schema/index';
import { appendEvents } from '../../events/append-events';
import { advanceAfterBadEnd } from './advance';
import { findPolicy, lockRun, moveNode, type Lease, type LockedRun } from './transition';

/** How an attempt ended without outputs. */
export type AttemptEnd = {
  readonly outcome: Exclude<AttemptOutcome, 'complete'>;
  readonly error: ErrorInfo;
  readonly usage?: AttemptUsage | undefined;
  /** For `lost`: false when Sluice itself was asked to stop, which counts towards nothing. Default true. */
  readonly counts?: boolean;
  /** From 0 to 1, at random: varies the delay. */
  readonly random: number;
  /** Appended before the events of the end: what the attempt said last, or why it was repaired. */
  readonly extra?: readonly RunEventBody[];
};

/** `ended` with what came of it, or `fenced`: somebody else owns the node run by now, and nothing was changed. */
export type AttemptEndResult =
  | { readonly result: 'ended'; readonly next: 'retry' | 'failed' | 'canceled'; readonly retryInMs: number | undefined }
  | { readonly result: 'fenced' };

/** Ends an attempt in a transaction of its own. */
export function endAttempt(db: Database, lease: Lease, end: AttemptEnd): Promise<AttemptEndResult> {
  return db.transaction((tx) => endAttemptIn(tx, lease, end));
}

async function endAttemptIn(tx: Transaction, lease: Lease, end: AttemptEnd): Promise<AttemptEndResult> {
  const run = await lockRun(tx, lease.runId);
  const counts = await findCounts(tx, lease);
  if (run === undefined || counts === undefined) return { result: 'fenced' };
  const verdict = await decide(tx, { lease, end, run, counts });
  const transition = { retry: 'requeue', failed: 'fail', canceled: 'cancel' } as const;
  const moved = await moveNode(tx, transition[verdict.next], {
    ...lease,
    change: {
      failures: verdict.failures,
      losses: verdict.losses,
      reason: verdict.reason ?? null,
      ...(verdict.retryInMs !== undefined && { delayMs: verdict.retryInMs }),
    },
  });
  if (moved === undefined) return { result: 'fenced' };
  const node = lease.nodeId;
  const events: RunEventBody[] = [
    ...(end.extra ?? []),
    {
      type: 'node.attempt-ended',
      node,
      attempt: lease.attempt,
      outcome: verdict.next === 'canceled' ? 'canceled' : end.outcome,
      durationMs: moved.durationMs,
      ...(verdict.next !== 'canceled' && { error: end.error }),
      ...(end.usage !== undefined && { usage: end.usage }),
      ...(verdict.retryInMs !== undefined && { retryInMs: verdict.retryInMs }),
    },
  ];
  if (verdict.next === 'failed') {
    const reason = verdict.reason === undefined ? {} : { reason: verdict.reason };
    events.push({ type: 'node.failed', node, ...reason, error: end.error });
  }
  if (verdict.next === 'canceled') events.push({ type: 'node.canceled', node, reason: 'canceled-by-user' });
  if (verdict.next !== 'retry') events.push(...(await advanceAfterBadEnd(tx, lease.runId)));
  await appendEvents(tx, lease.runId, events);
  return { result: 'ended', next: verdict.next, retryInMs: verdict.retryInMs };
}

type Counts = { readonly failures: number; readonly losses: number };

async function findCounts(tx: Transaction, lease: Lease): Promise<Counts | undefined> {
  const [counts] = await tx
    .select({ failures: nodeRuns.failures, losses: nodeRuns.losses })
    .from(nodeRuns)
    .where(
      and(
        eq(nodeRuns.runId, lease.runId),
        eq(nodeRuns.nodeId, lease.nodeId),
        eq(nodeRuns.leaseToken, lease.leaseToken),
        eq(nodeRuns.state, 'running'),
      ),
    );
  return counts;
}

type Case = { readonly lease: Lease; readonly end: AttemptEnd; readonly run: LockedRun; readonly counts: Counts };
type Verdict = Counts & {
  readonly next: 'retry' | 'failed' | 'canceled';
  readonly reason?: StateReason;
  readonly retryInMs?: number;
};

async function decide(tx: Transaction, { lease, end, run, counts }: Case): Promise<Verdict> {
  // Whatever ended an attempt of a canceled run, nothing of it goes on.
  if (run.cancelRequested) return { ...counts, next: 'canceled', reason: 'canceled-by-user' };
  if (run.timedOut) return { ...counts, next: 'failed', reason: 'run-timed-out' };
  if (end.outcome === 'canceled') return { ...counts, next: 'canceled', reason: 'canceled-by-user' };
  if (end.outcome === 'lost') {
    const losses = counts.losses + (end.counts === false ? 0 : 1);
    if (losses > MAX_LOSSES) return { ...counts, losses, next: 'failed', reason: 'lost' };
    return { ...counts, losses, next: 'retry', retryInMs: 0 };
  }
  const failures = counts.failures + 1;
  const retryInMs = retryDelayMs(await findPolicy(tx, lease), { error: end.error, failures, random: end.random });
  if (retryInMs !== undefined) return { ...counts, failures, next: 'retry', retryInMs };
  return { ...counts, failures, next: 'failed', ...(end.outcome === 'timed-out' && { reason: 'timed-out' as const }) };
}
