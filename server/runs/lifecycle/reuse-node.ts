/** Node runs that the plan answers with an earlier execution: found when their turn comes, completed without a process. */

import { and, eq, sql } from 'drizzle-orm';

import { zRunId, type RunId } from '../../../lib/ids';
import type { NodeOutputs, RunEventBody } from '../../../lib/run/run-event';
import { anomalyCountOf } from '../../../lib/run/run-words';
import type { Database } from '../../db/client';
import { artifacts, nodeRuns } from '../../db/schema/index';
import { appendEvents } from '../../events/append-events';
import { WORK_CHANNEL } from '../../events/channels';
import { countOff, finishRun } from './advance';
import { countWarning, lockRun, moveNode, moveRunToRunning, type NodeRef } from './transition';

/** A node run whose turn has come to be reused. */
export type ReusableNode = NodeRef & {
  readonly executionId: string;
  /** The run that published the execution. */
  readonly fromRun: RunId;
  readonly fromRunNumber: number;
  /** Digests of the execution's inputs in order of port and position, as `port:digest`. */
  readonly inputDigests: readonly string[];
  /** Nodes whose outputs it takes in this run; none where it stands outside the selection. */
  readonly upstream: readonly string[];
};

/** How many are looked at in one go. */
const BATCH = 100;

/** Node runs that can be reused now, oldest run first. */
export async function findReusableNodes(db: Database): Promise<readonly ReusableNode[]> {
  type Row = Omit<ReusableNode, 'runId' | 'fromRun'> & { readonly runId: string; readonly fromRun: string };
  const found = await db.execute<Row>(sql`
    select n.run_id as "runId", n.node_id as "nodeId", n.upstream, e.id as "executionId", e.run_id as "fromRun",
      origin.number as "fromRunNumber",
      array(
        select i.port || ':' || a.digest from execution_inputs i join artifacts a on a.id = i.artifact_id
        where i.execution_id = e.id order by i.port collate "C", i.position
      ) as "inputDigests"
    from node_runs n
    join runs r on r.id = n.run_id
    join executions e on e.id = n.reuse_execution_id
    join runs origin on origin.id = e.run_id
    where r.state in ('queued', 'running') and r.cancel_requested_at is null
      and n.state = 'queued' and n.waiting_on = 0 and n.selected and n.decision = 'reuse'
    order by r.number, n.node_id limit ${BATCH}`);
  return found.rows.map((row) => ({ ...row, runId: zRunId.parse(row.runId), fromRun: zRunId.parse(row.fromRun) }));
}

/** Completes a node run with the outputs of an earlier execution. False when somebody else was there before. */
export function reuseNode(db: Database, node: ReusableNode, outputs: NodeOutputs): Promise<boolean> {
  return db.transaction(async (tx) => {
    const run = await lockRun(tx, node.runId);
    if (run === undefined || run.cancelRequested || run.timedOut) return false;
    const anomalies = anomalyCountOf(outputs);
    const moved = await moveNode(tx, 'reuse', { ...node, ...(anomalies > 0 && { change: { anomalies } }) });
    if (moved === undefined) return false;
    if (anomalies > 0) await countWarning(tx, node.runId);
    const events: RunEventBody[] = [];
    if (run.state === 'queued') {
      await moveRunToRunning(tx, run);
      events.push({ type: 'run.started' });
    }
    const { fromRun, fromRunNumber } = node;
    events.push({ type: 'node.reused', node: node.nodeId, outputs, fromRun, fromRunNumber });
    await countOff(tx, node);
    await appendEvents(tx, node.runId, [...events, ...(await finishRun(tx, node.runId))]);
    return true;
  });
}

/** Lets a node run execute after all, with the reason. False when somebody else was there before. */
export function replanNode(db: Database, { runId, nodeId }: NodeRef, reason: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockRun(tx, runId);
    const [changed] = await tx
      .update(nodeRuns)
      .set({ decision: 'execute', reuseExecutionId: null })
      .where(
        and(
          eq(nodeRuns.runId, runId),
          eq(nodeRuns.nodeId, nodeId),
          eq(nodeRuns.state, 'queued'),
          eq(nodeRuns.decision, 'reuse'),
        ),
      )
      .returning({ nodeId: nodeRuns.nodeId });
    if (changed === undefined) return false;
    await appendEvents(tx, runId, [{ type: 'node.replanned', node: nodeId, decision: 'execute', reason }]);
    await tx.execute(sql`select pg_notify(${WORK_CHANNEL}, '')`);
    return true;
  });
}

/** Remembers what was found wrong with an artifact on disk, so that no plan counts on it. */
export async function markArtifact(db: Database, id: string, state: 'missing' | 'damaged'): Promise<void> {
  await db.update(artifacts).set({ state }).where(eq(artifacts.id, id));
}
