/** Node runs whose inputs decide whether they run: found when the inputs are there, then let through or skipped. */

import { and, eq, sql } from 'drizzle-orm';

import { zRunId } from '../../../lib/ids';
import type { StateReason } from '../../../lib/run/run';
import type { RunEventBody } from '../../../lib/run/run-event';
import type { Database } from '../../db/client';
import { nodeRuns } from '../../db/schema/index';
import { appendEvents } from '../../events/append-events';
import { WORK_CHANNEL } from '../../events/channels';
import { advanceAfterBadEnd } from './advance';
import { lockRun, moveNode, moveRunToRunning, type NodeRef } from './transition';

/** A node run that waits for a look at its inputs, which are all there. */
export type UnadmittedNode = NodeRef & {
  readonly component: string;
  readonly upstream: readonly string[];
  /** What the plan expected of it. */
  readonly decision: 'execute' | 'skip';
};

/** How many are looked at in one go. */
const BATCH = 100;

/** Node runs to look at, oldest run first. Those that are to be reused are looked at there. */
export async function findUnadmittedNodes(db: Database): Promise<readonly UnadmittedNode[]> {
  const found = await db.execute<Omit<UnadmittedNode, 'runId'> & { readonly runId: string }>(sql`
    select n.run_id as "runId", n.node_id as "nodeId", n.component, n.upstream, n.decision
    from node_runs n
    join runs r on r.id = n.run_id
    where r.state in ('queued', 'running') and r.cancel_requested_at is null
      and n.state = 'queued' and n.waiting_on = 0 and not n.admitted and n.selected and n.decision in ('execute', 'skip')
    order by r.number, n.node_id limit ${BATCH}`);
  return found.rows.map((row) => ({ ...row, runId: zRunId.parse(row.runId) }));
}

/**
 * Lets a node run be claimed. Where the plan expected it to be skipped it is planned anew, with the reason. False when
 * somebody else was there before.
 */
export function admitNode(db: Database, node: UnadmittedNode, reason: string): Promise<boolean> {
  const { runId, nodeId } = node;
  return db.transaction(async (tx) => {
    await lockRun(tx, runId);
    const [changed] = await tx
      .update(nodeRuns)
      .set({ admitted: true, decision: 'execute' })
      .where(
        and(
          eq(nodeRuns.runId, runId),
          eq(nodeRuns.nodeId, nodeId),
          eq(nodeRuns.state, 'queued'),
          eq(nodeRuns.admitted, false),
          eq(nodeRuns.decision, node.decision),
        ),
      )
      .returning({ nodeId: nodeRuns.nodeId });
    if (changed === undefined) return false;
    if (node.decision === 'skip')
      await appendEvents(tx, runId, [{ type: 'node.replanned', node: nodeId, decision: 'execute', reason }]);
    await tx.execute(sql`select pg_notify(${WORK_CHANNEL}, '')`);
    return true;
  });
}

/** Why a node run is skipped for its inputs, and the node that they come from. */
export type AdmissionRefusal = { readonly reason: StateReason; readonly because: string };

/** Skips a node run for its inputs, with all that waits for it. False when somebody else was there before. */
export function skipNode(
  db: Database,
  { runId, nodeId }: NodeRef,
  { reason, because }: AdmissionRefusal,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined || run.cancelRequested || run.timedOut) return false;
    const moved = await moveNode(tx, 'skip', { runId, nodeId, change: { reason } });
    if (moved === undefined) return false;
    const events: RunEventBody[] = [];
    if (run.state === 'queued') {
      await moveRunToRunning(tx, run);
      events.push({ type: 'run.started' });
    }
    events.push({ type: 'node.skipped', node: nodeId, reason, because });
    await appendEvents(tx, runId, [...events, ...(await advanceAfterBadEnd(tx, runId))]);
    return true;
  });
}
