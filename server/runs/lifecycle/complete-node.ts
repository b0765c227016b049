/** Records a published execution with its artifacts, and what it means for the run: rows and events, in one transaction. */

import { sql } from 'drizzle-orm';

import type { ArtifactRef } from '../../../lib/artifact/artifact';
import type { KeyParts } from '../../../lib/pipeline/cache-key';
import type { NodeOutputs, RunEventBody } from '../../../lib/run/run-event';
import type { Executor, Transaction } from '../../db/client';
import { artifacts, executionInputs, executions, type ArtifactFile } from '../../db/schema/index';
import { appendEvents } from '../../events/append-events';
import { advanceAfterOutputs } from './advance';
import { lockRun, moveNode, type Lease } from './transition';

/** An artifact to be recorded. */
export type NewArtifact = {
  readonly port: string;
  readonly ref: ArtifactRef;
  readonly files: readonly ArtifactFile[];
};

/** An execution to be recorded. Ids are made before, so that a doubtful commit can be looked up. */
export type NewExecution = {
  readonly id: string;
  readonly pipelineId: string;
  readonly component: string;
  readonly cacheKey: string;
  readonly key: KeyParts;
  /** Ids of the input artifacts in order, by port. */
  readonly inputs: { readonly [port: string]: readonly string[] };
  readonly artifacts: readonly NewArtifact[];
  /** What the attempt said that is not in the log yet. */
  readonly notes: readonly RunEventBody[];
};

/** Held in shared mode while outputs move to their final place; the sweep of orphans takes it alone. */
const PUBLISH_LOCK = 7_305_212;

/** Waits until no publish is under way, and keeps new ones away until the transaction ends. */
export async function lockOutPublishers(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${PUBLISH_LOCK})`);
}

/**
 * Completes a node run. `place` moves the outputs to their final place; it is called when nothing but the commit is
 * left, under the run row's lock. False when the lease is not the newest any more, or the run was canceled or is over
 * its limit: then nothing was changed.
 */
export async function completeNode(
  tx: Transaction,
  lease: Lease,
  step: { readonly execution: NewExecution; readonly place: () => Promise<void> },
): Promise<boolean> {
  const { execution } = step;
  const run = await lockRun(tx, lease.runId);
  if (run === undefined || run.cancelRequested || run.timedOut) return false;
  const moved = await moveNode(tx, 'complete', lease);
  if (moved === undefined) return false;
  const { runId, nodeId, attempt } = lease;
  await tx.insert(executions).values({
    id: execution.id,
    runId,
    pipelineId: execution.pipelineId,
    nodeId,
    component: execution.component,
    cacheKey: execution.cacheKey,
    key: execution.key,
    attempt,
    startedAt: moved.startedAt ?? sql`clock_timestamp()`,
    finishedAt: sql`clock_timestamp()`,
  });
  await insertArtifacts(tx, execution);
  await insertInputs(tx, execution);
  const { durationMs } = moved;
  await appendEvents(tx, runId, [
    ...execution.notes,
    { type: 'node.attempt-ended', node: nodeId, attempt, outcome: 'complete', durationMs },
    { type: 'node.completed', node: nodeId, outputs: outputsOf(execution.artifacts), durationMs },
    ...(await advanceAfterOutputs(tx, lease)),
  ]);
  await step.place();
  return true;
}

/** True when the execution was recorded: tells after a lost connection whether the commit had happened. */
export async function hasExecution(db: Executor, id: string): Promise<boolean> {
  const found = await db.execute(sql`select 1 from executions where id = ${id}`);
  return found.rows.length > 0;
}

/** References by port, in order. */
export function outputsOf(list: readonly { readonly port: string; readonly ref: ArtifactRef }[]): NodeOutputs {
  const outputs: NodeOutputs = {};
  for (const { port, ref } of list) (outputs[port] ??= []).push(ref);
  return outputs;
}

async function insertArtifacts(tx: Transaction, execution: NewExecution): Promise<void> {
  if (execution.artifacts.length === 0) return;
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${PUBLISH_LOCK})`);
  await tx.insert(artifacts).values(
    execution.artifacts.map(({ port, ref, files }) => ({
      ...ref,
      files: [...files],
      executionId: execution.id,
      port,
      createdAt: sql`clock_timestamp()`,
    })),
  );
}

async function insertInputs(tx: Transaction, execution: NewExecution): Promise<void> {
  const rows = Object.entries(execution.inputs).flatMap(([port, ids]) =>
    ids.map((artifactId, position) => ({ executionId: execution.id, port, position, artifactId })),
  );
  if (rows.length > 0) await tx.insert(executionInputs).values(rows);
}
