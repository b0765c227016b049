/**
 * What the end of a node means for the rest of its run, in the same transaction: successors become claimable or are
 * skipped, and the run ends when nothing is open. Callers hold the run row's lock.
 */

import { eq, sql, type SQL } from 'drizzle-orm';

import type { RunId } from '../../../lib/ids';
import type { NodeState, RunState } from '../../../lib/run/run';
import type { RunEventBody } from '../../../lib/run/run-event';
import { nodesToSkip, runOutcome } from '../../../lib/run/schedule';
import type { Transaction } from '../../db/client';
import { nodeRuns } from '../../db/schema/index';
import { WORK_CHANNEL } from '../../events/channels';
import { moveNode, moveRunToEnd, type NodeRef } from './transition';

/** The part of a statement, named `counted`, that counts a node with outputs off its successors. */
export function countedOff({ runId, nodeId }: NodeRef): SQL {
  return sql`counted as (
    update node_runs set waiting_on = waiting_on - 1
    where run_id = ${runId} and state = 'queued' and waiting_on > 0 and ${nodeId} = any (upstream)
    returning waiting_on
  )`;
}

/** Counts a node with outputs off its successors. Workers hear of it when one of them became ready. */
export async function countOff(tx: Transaction, node: NodeRef): Promise<void> {
  await tx.execute(sql`
    with ${countedOff(node)}
    select pg_notify(${WORK_CHANNEL}, '') from counted where waiting_on = 0 limit 1`);
}

/** Skips what a bad end keeps from running, ends the run when nothing is open, and returns the events of that. */
export async function advanceAfterBadEnd(tx: Transaction, runId: RunId): Promise<RunEventBody[]> {
  const nodes = await tx
    .select({
      id: nodeRuns.nodeId,
      upstream: nodeRuns.upstream,
      state: nodeRuns.state,
      selected: nodeRuns.selected,
    })
    .from(nodeRuns)
    .where(eq(nodeRuns.runId, runId));
  const events: RunEventBody[] = [];
  for (const { id, reason, because } of nodesToSkip(nodes)) {
    const moved = await moveNode(tx, 'skip', { runId, nodeId: id, change: { reason } });
    if (moved !== undefined) events.push({ type: 'node.skipped', node: id, reason, because });
  }
  return [...events, ...(await finishRun(tx, runId))];
}

/** Ends the run if every node is final; the events of that. */
export async function finishRun(tx: Transaction, runId: RunId): Promise<RunEventBody[]> {
  const open = await tx.execute(sql`
    select 1 from node_runs where run_id = ${runId} and state in ('queued', 'running') limit 1`);
  if (open.rows.length > 0) return [];
  const outcome = await findOutcome(tx, runId);
  if (outcome === undefined) return [];
  await moveRunToEnd(tx, runId, outcome);
  return [{ type: 'run.finished', state: outcome }];
}

async function findOutcome(tx: Transaction, runId: RunId): Promise<RunState | undefined> {
  const states = await tx.selectDistinct({ state: nodeRuns.state }).from(nodeRuns).where(eq(nodeRuns.runId, runId));
  return runOutcome(states.map(({ state }): NodeState => state));
}
