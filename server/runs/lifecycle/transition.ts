/**
 * The one writer of the states of runs and node runs, beside `claim`: every change asks the transition table and is a
 * compare-and-set. Callers hold the run row's lock ({@link lockRun}), which is always taken before any node run's.
 */

import { and, eq, inArray, sql } from 'drizzle-orm';

import type { RunId } from '../../../lib/ids';
import type { ExecutionPolicy } from '../../../lib/pipeline/pipeline';
import { stateAfter, statesBefore, type NodeTransition } from '../../../lib/run/node-state';
import type { RunState } from '../../../lib/run/run';
import type { Transaction } from '../../db/client';
import { nodeRuns, runs } from '../../db/schema/index';

/** A node of a run. */
export type NodeRef = { readonly runId: RunId; readonly nodeId: string };

/** The right to compute a node run and to publish it, as long as nobody has claimed it since. */
export type Lease = NodeRef & {
  /** Raised by every claim: an older one is fenced off. */
  readonly leaseToken: number;
  readonly attempt: number;
};

/** A run whose row is locked until the transaction ends. */
export type LockedRun = {
  readonly id: RunId;
  readonly state: RunState;
  readonly cancelRequested: boolean;
  /** True when the limit of the whole run has passed. */
  readonly timedOut: boolean;
  /** The limit of the whole run in ms, where it has one and has not started; null otherwise. */
  readonly timeoutMs: number | null;
};

/** Locks a run. Undefined when it does not exist. */
export async function lockRun(tx: Transaction, runId: RunId): Promise<LockedRun | undefined> {
  const [run] = await tx
    .select({
      state: runs.state,
      cancelRequested: sql<boolean>`${runs.cancelRequestedAt} is not null`,
      timedOut: sql<boolean>`coalesce(${runs.deadlineAt} < clock_timestamp(), false)`,
      // Only where it is needed: a long document takes its time to be unpacked.
      timeoutMs: sql<number | null>`case when ${runs.state} = 'queued'
        then (${runs.document} #> '{execution,timeoutMs}')::float8 end`,
    })
    .from(runs)
    .where(eq(runs.id, runId))
    .for('update');
  return run === undefined ? undefined : { id: runId, ...run };
}

/** The retry policy of a node, from the document that runs. */
export async function findPolicy(tx: Transaction, { runId, nodeId }: NodeRef): Promise<ExecutionPolicy | undefined> {
  const [row] = await tx
    .select({ policy: sql<ExecutionPolicy | null>`${runs.document} #> array['nodes', ${nodeId}, 'execution']` })
    .from(runs)
    .where(eq(runs.id, runId));
  return row?.policy ?? undefined;
}

/** Columns of a node run that change with its state. */
export type NodeChange = Partial<
  Pick<
    typeof nodeRuns.$inferInsert,
    'reason' | 'failures' | 'losses' | 'decision' | 'reuseExecutionId' | 'waitingOn' | 'anomalies'
  >
> & {
  /** For `requeue`: not to be claimed for so long. */
  readonly delayMs?: number;
};

/** What a moved node run was. */
export type MovedNode = {
  readonly attempt: number;
  /** From the claim of this attempt to now; 0 where none was claimed. */
  readonly durationMs: number;
  readonly startedAt: Date | null;
};

/**
 * Moves a node run if the table allows it from where it is and, with a lease, if the lease is still the newest.
 * Undefined when not: the caller is fenced off, or somebody else was there before.
 */
export async function moveNode(
  tx: Transaction,
  transition: NodeTransition,
  node: NodeRef & { readonly leaseToken?: number; readonly change?: NodeChange },
): Promise<MovedNode | undefined> {
  const { delayMs, ...change } = node.change ?? {};
  const ends = transition !== 'requeue' && transition !== 'reset';
  const [moved] = await tx
    .update(nodeRuns)
    .set({
      ...change,
      state: stateAfter(transition),
      leaseOwner: null,
      leaseExpiresAt: null,
      process: null,
      notBefore: delayMs === undefined ? null : sql`clock_timestamp() + ${delayMs} * interval '1 millisecond'`,
      finishedAt: ends ? sql`clock_timestamp()` : null,
      ...(transition === 'reset' && { finishRequestedAt: null }),
    })
    .where(
      and(
        eq(nodeRuns.runId, node.runId),
        eq(nodeRuns.nodeId, node.nodeId),
        inArray(nodeRuns.state, [...statesBefore(transition)]),
        node.leaseToken === undefined ? undefined : eq(nodeRuns.leaseToken, node.leaseToken),
      ),
    )
    .returning({
      attempt: nodeRuns.attempt,
      startedAt: nodeRuns.startedAt,
      durationMs: sql<number>`coalesce(round(extract(epoch from clock_timestamp() - ${nodeRuns.startedAt}) * 1000), 0)::float8`,
    });
  return moved;
}

/** Marks a queued run as running; its limit counts from here. */
export async function moveRunToRunning(tx: Transaction, run: Pick<LockedRun, 'id' | 'timeoutMs'>): Promise<void> {
  const limit = run.timeoutMs;
  await tx
    .update(runs)
    .set({
      state: 'running',
      startedAt: sql`coalesce(${runs.startedAt}, clock_timestamp())`,
      deadlineAt: limit === null ? null : sql`clock_timestamp() + ${limit} * interval '1 millisecond'`,
    })
    .where(eq(runs.id, run.id));
}

/** Counts a node that found anomalies among the warnings of its run. */
export async function countWarning(tx: Transaction, runId: RunId): Promise<void> {
  await tx
    .update(runs)
    .set({ warnings: sql`${runs.warnings} + 1` })
    .where(eq(runs.id, runId));
}

/** Ends a run. */
export async function moveRunToEnd(tx: Transaction, runId: RunId, state: RunState): Promise<void> {
  await tx
    .update(runs)
    .set({ state, finishedAt: sql`clock_timestamp()` })
    .where(eq(runs.id, runId));
}

/** Puts a finished run back in the queue. */
export async function moveRunToQueue(tx: Transaction, runId: RunId): Promise<void> {
  await tx
    .update(runs)
    .set({ state: 'queued', finishedAt: null, cancelRequestedAt: null, deadlineAt: null })
    .where(eq(runs.id, runId));
}
