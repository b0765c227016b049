/** Appends progress and log lines of a running attempt, unless somebody else owns the node run by now. */

import { and, eq } from 'drizzle-orm';

import type { RunEventBody } from '../../../lib/run/run-event';
import type { Database } from '../../db/client';
import { nodeRuns } from '../../db/schema/index';
import { appendEvents } from '../../events/append-events';
import { lockRun, type Lease } from './transition';

/** What a running attempt may say. */
export type Note = Extract<RunEventBody, { readonly type: 'node.progressed' | 'node.logged' }>;

/** Appends notes in one transaction. False when the lease is no longer the newest: nothing was written. */
export function recordNotes(db: Database, lease: Lease, notes: readonly Note[]): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockRun(tx, lease.runId);
    const [held] = await tx
      .select({ attempt: nodeRuns.attempt })
      .from(nodeRuns)
      .where(
        and(
          eq(nodeRuns.runId, lease.runId),
          eq(nodeRuns.nodeId, lease.nodeId),
          eq(nodeRuns.leaseToken, lease.leaseToken),
          eq(nodeRuns.state, 'running'),
        ),
      );
    if (held === undefined) return false;
    await appendEvents(tx, lease.runId, notes);
    return true;
  });
}
