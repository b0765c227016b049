/** Runs and node runs: rows in and out. State columns are written by `run-lifecycle` alone, after the insert here. */

import { sql } from 'drizzle-orm';
import type { PgInsertValue } from 'drizzle-orm/pg-core';

import { zRunId, type PipelineId, type RunId } from '../../lib/ids';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import type { PlannedNode } from '../../lib/pipeline/plan';
import { expectedRunMs } from '../../lib/run/expectation';
import type { NodePlanned, RunEventBody } from '../../lib/run/run-event';
import type { Transaction } from '../db/client';
import { newId } from '../db/new-id';
import { nodeRuns, runs } from '../db/schema/index';
import { appendEvents } from '../events/append-events';

/** A planned run that is to be queued. */
export type NewRun = {
  readonly pipelineId: PipelineId;
  readonly pipelineVersion: number;
  /** With the values set at launch. */
  readonly document: Pipeline;
  readonly baseFolder: string;
  /** What was asked for, as it is shown later. */
  readonly request: { readonly [key: string]: unknown };
  readonly nodes: readonly PlannedNode[];
  /** What each node that executes is expected to take, in ms, where it is known. */
  readonly expected?: ReadonlyMap<string, number>;
};

/** Rows of one insert: PostgreSQL takes 65,535 parameters in a statement. */
const ROWS_PER_INSERT = 1_000;

/**
 * Inserts a run, its node runs and its first events in the caller's transaction; workers are told on commit. A node that
 * is not selected is final from the start, so that nobody has to look at it again; one that a gate is expected to keep
 * from running waits for its inputs like any other.
 */
export async function insertRun(
  tx: Transaction,
  run: NewRun,
): Promise<{ readonly id: RunId; readonly number: number }> {
  const { pipelineId, pipelineVersion, document, baseFolder, request, nodes, expected } = run;
  const planned = Object.fromEntries(nodes.map((node) => [node.node, toNodePlanned(node, expected?.get(node.node))]));
  const [row] = await tx
    .insert(runs)
    .values({
      id: newId('run'),
      pipelineId,
      pipelineVersion,
      document,
      baseFolder,
      request,
      expectedMs: expectedRunMs(planned) ?? null,
    })
    .returning({ id: runs.id, number: runs.number });
  if (row === undefined) throw new Error('an insert returned no row');
  const id = zRunId.parse(row.id);
  const rows = nodes.map((node) => toNodeRow(id, node));
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT)
    await tx.insert(nodeRuns).values(rows.slice(at, at + ROWS_PER_INSERT));
  const skipped = nodes
    .filter(isLeftAlone)
    .map(({ node }): RunEventBody => ({ type: 'node.skipped', node, reason: 'not-selected' }));
  await appendEvents(tx, id, [
    { type: 'run.queued', runNumber: row.number, pipeline: document.name, pipelineVersion, nodes: planned },
    ...skipped,
  ]);
  return { id, number: row.number };
}

/** Not part of the run: neither selected nor needed by what is. */
function isLeftAlone({ decision, selected }: PlannedNode): boolean {
  return decision === 'skip' && !selected;
}

function toNodeRow(runId: RunId, node: PlannedNode): PgInsertValue<typeof nodeRuns> {
  const row = {
    runId,
    nodeId: node.node,
    component: node.component,
    upstream: [...node.upstream],
    waitingOn: node.upstream.length,
    selected: !isLeftAlone(node),
    decision: node.decision,
    admitted: !node.conditional && node.decision !== 'skip',
    reuseExecutionId: node.from?.id ?? null,
  };
  if (!isLeftAlone(node)) return row;
  return { ...row, state: 'skipped', reason: 'not-selected', finishedAt: sql`clock_timestamp()` };
}

function toNodePlanned(
  { component, decision, reason, upstream, from }: PlannedNode,
  expectedMs: number | undefined,
): NodePlanned {
  return {
    component,
    decision,
    reason,
    upstream: [...upstream],
    ...(expectedMs !== undefined && { expectedMs }),
    ...(from !== undefined && { fromRun: zRunId.parse(from.runId), fromRunNumber: from.runNumber }),
  };
}
