/** Records a published execution with its artifacts, and what it means for the run: rows and events, in one transaction. */

import { sql } from 'drizzle-orm';

import type { ArtifactRef } from '../../../lib/artifact/artifact';
import type { KeyParts } from '../../../lib/pipeline/cache-key';
import type { AttemptUsage, NodeOutputs, RunEventBody } from '../../../lib/run/run-event';
import { anomalyCountOf } from '../../../lib/run/run-words';
import type { Executor, Transaction } from '../../db/client';
import type { ArtifactFile } from '../../db/schema/index';
import { appendEvents } from '../../events/append-events';
import { WORK_CHANNEL } from '../../events/channels';
import { countedOff, finishRun } from './advance';
import { startedEvents, takeNodeRuns, type Claim, type ClaimRequest } from './claim';
import { countWarning, lockRun, moveNode, type Lease } from './transition';

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
  readonly usage?: AttemptUsage | undefined;
};

/** Held in shared mode while outputs move to their final place; the sweep of orphans takes it alone. */
const PUBLISH_LOCK = 7_305_212;

/** Waits until no publish is under way, and keeps new ones away until the transaction ends. */
export async function lockOutPublishers(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${PUBLISH_LOCK})`);
}

/** What a completion does beside recording. */
export type CompletionStep = {
  readonly execution: NewExecution;
  /** Records what else follows from the execution, once its rows are there. */
  readonly record?: (tx: Transaction) => Promise<void>;
  /** Moves the outputs to their final place; called when nothing but the commit is left, under the run row's lock. */
  readonly place: () => Promise<void>;
  /** The process that is free now takes the next node of the run in the same transaction. */
  readonly next: ClaimRequest | undefined;
};

/**
 * Completes a node run; returns the claims for {@link CompletionStep.next}. Undefined when the lease is not the newest
 * any more, or the run was canceled or is over its limit: then nothing was changed.
 */
export async function completeNode(
  tx: Transaction,
  lease: Lease,
  step: CompletionStep,
): Promise<readonly Claim[] | undefined> {
  const { execution, next } = step;
  const run = await lockRun(tx, lease.runId);
  if (run === undefined || run.cancelRequested || run.timedOut) return undefined;
  const outputs = outputsOf(execution.artifacts);
  const anomalies = anomalyCountOf(outputs);
  const moved = await moveNode(tx, 'complete', { ...lease, ...(anomalies > 0 && { change: { anomalies } }) });
  if (moved === undefined) return undefined;
  if (anomalies > 0) await countWarning(tx, lease.runId);
  const { runId, nodeId, attempt } = lease;
  await insertExecution(tx, { ...lease, startedAt: moved.startedAt }, execution);
  await step.record?.(tx);
  const { durationMs } = moved;
  const claims = next === undefined ? [] : await takeNodeRuns(tx, runId, { ...next, yielding: true });
  const consequences = claims.length > 0 ? [] : await finishRun(tx, runId);
  await appendEvents(tx, runId, [
    ...execution.notes,
    {
      type: 'node.attempt-ended',
      node: nodeId,
      attempt,
      outcome: 'complete',
      durationMs,
      ...(execution.usage !== undefined && { usage: execution.usage }),
    },
    { type: 'node.completed', node: nodeId, outputs, durationMs },
    ...consequences,
    ...startedEvents(claims, next?.workerId ?? ''),
  ]);
  await step.place();
  return claims;
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

type Attempted = Lease & { readonly startedAt: Date | null };

/**
 * Inserts the rows and counts the node off its successors, in one statement: a step that does nothing
 * spends its time between statements.
 */
async function insertExecution(tx: Transaction, lease: Attempted, execution: NewExecution): Promise<void> {
  const inputs = Object.entries(execution.inputs).flatMap(([port, ids]) =>
    ids.map((artifactId, position) => ({ port, position, artifactId })),
  );
  const outputs = execution.artifacts.map(({ port, ref, files }) => ({ ...ref, port, files }));
  await tx.execute(sql`
    with publishing as (
      select case when ${outputs.length} > 0 then pg_advisory_xact_lock_shared(${PUBLISH_LOCK}) end
    ), execution as (
      insert into executions (id, run_id, pipeline_id, node_id, component, cache_key, key, attempt, started_at, finished_at)
      select ${execution.id}, ${lease.runId}, ${execution.pipelineId}, ${lease.nodeId}, ${execution.component},
        ${execution.cacheKey}, ${JSON.stringify(execution.key)}::jsonb, ${lease.attempt}::int,
        coalesce(${lease.startedAt?.toISOString() ?? null}::timestamptz, clock_timestamp()), clock_timestamp()
      from publishing
      returning id
    ), output as (
      insert into artifacts (id, type, digest, uri, size_bytes, properties, files, execution_id, port, created_at)
      select a.id, a.type, a.digest, a.uri, a."sizeBytes", a.properties, a.files, execution.id, a.port, clock_timestamp()
      from execution, jsonb_to_recordset(${JSON.stringify(outputs)}::jsonb)
        as a (id text, type text, digest text, uri text, "sizeBytes" bigint, properties jsonb, files jsonb, port text)
    ), input as (
      insert into execution_inputs (execution_id, port, position, artifact_id)
      select execution.id, i.port, i.position, i."artifactId"
    from execution, jsonb_to_recordset(${JSON.stringify(inputs)}::jsonb) as i (port text, position int, "artifactId" text)
    ), ${countedOff(lease)}
    select pg_notify(${WORK_CHANNEL}, '') from counted where waiting_on = 0 limit 1`);
}
