/**
 * Lets a failed or canceled run go on where it stopped: what has outputs keeps them, and what a gate kept from running
 * stays skipped, since what it was given does not change.
 */

import { eq } from 'drizzle-orm';

import { AppError } from '../../lib/errors';
import type { RunId } from '../../lib/ids';
import { isFinalRunState, type StateReason } from '../../lib/run/run';
import { nextNodeState } from '../../lib/run/node-state';
import { countWaitingOn, nodesToSkip, type ScheduledNode } from '../../lib/run/schedule';
import type { Database, Transaction } from '../db/client';
import { nodeRuns } from '../db/schema/index';
import { appendEvents } from '../events/append-events';
import { advanceAfterBadEnd } from './lifecycle/advance';
import { lockRun, moveNode, moveRunToQueue } from './lifecycle/transition';

/**
 * Queues the failed, canceled and therefore skipped nodes of a finished run again, with all their retries, and returns
 * their ids. Throws `not-found`, and `conflict` when the run has not ended or has nothing to retry.
 */
export async function retryRun(db: Database, runId: RunId): Promise<readonly string[]> {
  return db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined) throw new AppError('not-found', `There is no run ${runId}.`);
    if (!isFinalRunState(run.state)) {
      throw new AppError('conflict', 'The run has not ended yet. Cancel it first, or wait for its end.');
    }
    const nodes = await afterReset(tx, runId);
    const reset = nodes.filter((node) => node.state === 'queued');
    const doomed = new Set(nodesToSkip(nodes).map(({ id }) => id));
    if (reset.every(({ id }) => doomed.has(id)))
      throw new AppError('conflict', 'No node of this run failed or was canceled; nothing is left to retry.');
    const byId = new Map(nodes.map((node) => [node.id, node]));
    for (const node of reset) {
      const waitingOn = countWaitingOn(node, byId);
      await moveNode(tx, 'reset', {
        runId,
        nodeId: node.id,
        change: { waitingOn, failures: 0, losses: 0, reason: null },
      });
    }
    await moveRunToQueue(tx, runId);
    const ids = reset.map((node) => node.id);
    await appendEvents(tx, runId, [{ type: 'run.retried', nodes: ids }]);
    await appendEvents(tx, runId, await advanceAfterBadEnd(tx, runId));
    return ids.filter((id) => !doomed.has(id));
  });
}

/** The nodes of a run as they are once everything that lacks outputs, and may get them, is queued again. */
async function afterReset(tx: Transaction, runId: RunId): Promise<readonly ScheduledNode[]> {
  const rows = await tx
    .select({
      id: nodeRuns.nodeId,
      upstream: nodeRuns.upstream,
      state: nodeRuns.state,
      reason: nodeRuns.reason,
      selected: nodeRuns.selected,
    })
    .from(nodeRuns)
    .where(eq(nodeRuns.runId, runId))
    .orderBy(nodeRuns.nodeId);
  return rows.map(({ reason, ...row }) =>
    row.selected && !HELD_BACK.has(reason) ? { ...row, state: nextNodeState(row.state, 'reset') ?? row.state } : row,
  );
}

/** What was skipped for inputs that are final stays so; what waits for it too, for the same reason. */
const HELD_BACK: ReadonlySet<StateReason | null> = new Set<StateReason>([
  'not-blessed',
  'empty-input',
  'upstream-skipped',
]);
