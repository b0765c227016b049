/** Mends what contradicts itself in the tables, whoever left it so, and ends runs whose time is over. */

import { eq, sql } from 'drizzle-orm';

import { AppError, toErrorInfo } from '../../../lib/errors';
import { zRunId, type RunId } from '../../../lib/ids';
import { countWaitingOn, type ScheduledNode } from '../../../lib/run/schedule';
import type { RunEventBody } from '../../../lib/run/run-event';
import { isFinalRunState } from '../../../lib/run/run';
import type { Database, Transaction } from '../../db/client';
import { nodeRuns } from '../../db/schema/index';
import { appendEvents } from '../../events/append-events';
import { WORK_CHANNEL } from '../../events/channels';
import { advanceAfterBadEnd } from './advance';
import { lockRun, moveNode } from './transition';

/**
 * Mends runs in which nothing can happen any more: without an open node, with a queued node that waits for something
 * that is already there, or with one behind a bad end that was not skipped. Each gets an event that says so.
 */
export async function repairRuns(db: Database): Promise<void> {
  const suspects = await db.execute<{ id: string }>(sql`
    with open_runs as (select id from runs where state in ('queued', 'running')),
    nodes as (
      select n.run_id, n.node_id, n.state, n.waiting_on, n.upstream from node_runs n join open_runs r on r.id = n.run_id
    ),
    queued as (
      select n.run_id, n.node_id, n.waiting_on,
        count(u.node_id) filter (where u.state in ('queued', 'running')) as waits,
        bool_or(u.state in ('failed', 'canceled') or (u.state = 'skipped' and su.selected)) as doomed
      from nodes n
      left join lateral unnest(n.upstream) as up (id) on true
      left join nodes u on u.run_id = n.run_id and u.node_id = up.id
      left join node_runs su on su.run_id = u.run_id and su.node_id = u.node_id and u.state = 'skipped'
      where n.state = 'queued'
      group by n.run_id, n.node_id, n.waiting_on
    )
    select distinct run_id as id from queued where waiting_on <> waits or doomed
    union
    select id from open_runs r
    where not exists (select 1 from node_runs n where n.run_id = r.id and n.state in ('queued', 'running'))`);
  for (const { id } of suspects.rows) await db.transaction((tx) => repairRun(tx, zRunId.parse(id)));
}

async function repairRun(tx: Transaction, runId: RunId): Promise<void> {
  const run = await lockRun(tx, runId);
  if (run === undefined || isFinalRunState(run.state)) return;
  const nodes = await loadNodes(tx, runId);
  const byId = new Map<string, ScheduledNode>(nodes.map((node) => [node.id, node]));
  const events: RunEventBody[] = [];
  for (const node of nodes) {
    if (node.state !== 'queued') continue;
    const waitingOn = countWaitingOn(node, byId);
    if (waitingOn === node.waitingOn) continue;
    await tx
      .update(nodeRuns)
      .set({ waitingOn })
      .where(sql`${nodeRuns.runId} = ${runId} and ${nodeRuns.nodeId} = ${node.id}`);
    const what = `${node.id} waited on ${node.waitingOn} nodes, though ${waitingOn} were open.`;
    events.push({ type: 'run.repaired', node: node.id, what });
  }
  const consequences = await advanceAfterBadEnd(tx, runId);
  if (consequences.length > 0) {
    events.push({ type: 'run.repaired', what: 'Nothing could happen any more, though the run was open.' });
  }
  await appendEvents(tx, runId, [...events, ...consequences]);
  if (events.length > 0) await tx.execute(sql`select pg_notify(${WORK_CHANNEL}, '')`);
}

/** Ends what still waits in runs that are over their limit; what runs is ended by the worker that owns it. */
export async function failTimedOutRuns(db: Database): Promise<void> {
  const late = await db.execute<{ id: string }>(sql`
    select id from runs r where state in ('queued', 'running') and deadline_at < clock_timestamp()
      and exists (select 1 from node_runs n where n.run_id = r.id and n.state = 'queued' and n.waiting_on = 0)`);
  for (const { id } of late.rows) await db.transaction((tx) => failTimedOutRun(tx, zRunId.parse(id)));
}

async function failTimedOutRun(tx: Transaction, runId: RunId): Promise<void> {
  const run = await lockRun(tx, runId);
  if (run === undefined || isFinalRunState(run.state) || !run.timedOut) return;
  const events: RunEventBody[] = [];
  for (const node of await loadNodes(tx, runId)) {
    if (node.state !== 'queued' || node.waitingOn > 0) continue;
    await moveNode(tx, 'fail', { runId, nodeId: node.id, change: { reason: 'run-timed-out' } });
    const message = `${node.id} did not run because the whole run took longer than its limit.`;
    const error = toErrorInfo(new AppError('timed-out', message, { node: node.id }));
    events.push({ type: 'node.failed', node: node.id, reason: 'run-timed-out', error });
  }
  await appendEvents(tx, runId, [...events, ...(await advanceAfterBadEnd(tx, runId))]);
}

async function loadNodes(
  tx: Transaction,
  runId: RunId,
): Promise<readonly (ScheduledNode & { readonly waitingOn: number })[]> {
  return tx
    .select({
      id: nodeRuns.nodeId,
      upstream: nodeRuns.upstream,
      state: nodeRuns.state,
      selected: nodeRuns.selected,
      waitingOn: nodeRuns.waitingOn,
    })
    .from(nodeRuns)
    .where(eq(nodeRuns.runId, runId));
}
