/** Cancels a run: what has not started never starts; what runs is ended by the worker that owns it. */

import { and, asc, eq, sql } from 'drizzle-orm';

import { AppError } from '../../lib/errors';
import type { RunId } from '../../lib/ids';
import { isFinalRunState } from '../../lib/run/run';
import type { RunEventBody } from '../../lib/run/run-event';
import type { Database } from '../db/client';
import { nodeRuns, runs } from '../db/schema/index';
import { appendEvents } from '../events/append-events';
import { finishRun } from './lifecycle/advance';
import { lockRun, moveNode } from './lifecycle/transition';

/**
 * Requests the end of a run. When this returns, no new step of it starts; running ones are ended within seconds.
 * Does nothing where it was requested before. Throws `not-found`, and `conflict` when the run has already ended.
 */
export async function cancelRun(db: Database, runId: RunId, by: string): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined) throw new AppError('not-found', `There is no run ${runId}.`);
    if (isFinalRunState(run.state))
      throw new AppError('conflict', 'The run has already ended; nothing is left to cancel.');
    if (run.cancelRequested) return;
    await tx
      .update(runs)
      .set({ cancelRequestedAt: sql`clock_timestamp()` })
      .where(eq(runs.id, runId));
    const events: RunEventBody[] = [{ type: 'run.cancel-requested', by }];
    const queued = await tx
      .select({ nodeId: nodeRuns.nodeId })
      .from(nodeRuns)
      .where(and(eq(nodeRuns.runId, runId), eq(nodeRuns.state, 'queued')))
      .orderBy(asc(nodeRuns.nodeId));
    for (const { nodeId } of queued) {
      await moveNode(tx, 'cancel', { runId, nodeId, change: { reason: 'canceled-by-user' } });
      events.push({ type: 'node.canceled', node: nodeId, reason: 'canceled-by-user' });
    }
    events.push(...(await finishRun(tx, runId)));
    await appendEvents(tx, runId, events);
  });
}
