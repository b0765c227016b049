/** Pages of runs as the screens list them: with the state of every node and the reason of a failure. Reads only. */

import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import * as z from 'zod';

import { zErrorInfo } from '../../lib/errors';
import { zPipelineId, zRunId, type PipelineId, type RunId } from '../../lib/ids';
import { displayOrder, graphOf } from '../../lib/pipeline/graph';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import { zSelection, type Selection } from '../../lib/pipeline/selection';
import { zNodeState, zRunState } from '../../lib/run/run';
import type { RunFilter, RunSort } from '../../lib/run/run-filter';
import type { Executor } from '../db/client';
import { nodeRuns, pipelines, runEvents, runs } from '../db/schema/index';
import { conditionOf, orderOf } from './run-filter-sql';

/** Parser of a {@link RunRow}. */
export const zRunRow = z.object({
  id: zRunId,
  number: z.number().int(),
  pipelineId: zPipelineId,
  pipeline: z.string(),
  pipelineVersion: z.number().int(),
  state: zRunState,
  /** Who or what started it. */
  startedBy: z.string(),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  cancelRequestedAt: z.string().optional(),
  /** What it was expected to take, in ms, where that was known when it was queued. */
  expectedMs: z.number().optional(),
  /** Nodes that found anomalies. */
  warnings: z.number().int(),
  /** At most {@link MAX_NODES}, in the order in which they can run; `warns` where a node found anomalies. */
  nodes: z.array(z.object({ node: z.string(), state: zNodeState, warns: z.literal(true).optional() })),
  nodeCount: z.number().int(),
  /** The first node that failed, and why. */
  failure: z.object({ node: z.string(), message: z.string() }).optional(),
});
/** A run in a list. Times are ISO 8601 in UTC. */
export type RunRow = z.infer<typeof zRunRow>;

/** Nodes that a row shows; a run may have thousands. */
const MAX_NODES = 16;

/** Which page of which runs. */
export type RunPageOptions = {
  readonly filter: RunFilter;
  readonly sort: RunSort;
  readonly offset: number;
  readonly limit: number;
};

/** A page of runs. */
export async function listRunPage(db: Executor, options: RunPageOptions): Promise<RunRow[]> {
  const rows = await readRows(db, options);
  const ids = rows.map(({ id }) => id);
  const failed = rows.filter(({ state }) => state === 'failed').map(({ id }) => id);
  const [states, failures] = await Promise.all([readNodeStates(db, ids), readFailures(db, failed)]);
  return rows.map(({ document, startedAt, finishedAt, cancelRequestedAt, expectedMs, ...row }) => {
    const failure = failures.get(row.id);
    const order = displayOrder(graphOf(document));
    const ofRun = states.get(row.id);
    return zRunRow.parse({
      ...row,
      createdAt: row.createdAt.toISOString(),
      startedAt: startedAt?.toISOString(),
      finishedAt: finishedAt?.toISOString(),
      cancelRequestedAt: cancelRequestedAt?.toISOString(),
      expectedMs: expectedMs ?? undefined,
      nodes: order.slice(0, MAX_NODES).map((node) => ({ node, ...(ofRun?.get(node) ?? { state: 'queued' }) })),
      nodeCount: order.length,
      ...(failure !== undefined && { failure }),
    });
  });
}

/** The page's ids come from an index alone: what is passed over to reach a late page is never read. */
async function readRows(db: Executor, { filter, sort, offset, limit }: RunPageOptions) {
  const chosen = db.select({ id: runs.id }).from(runs).$dynamic();
  if (sort.by === 'pipeline') void chosen.innerJoin(pipelines, eq(pipelines.id, runs.pipelineId));
  const ids = await chosen
    .where(conditionOf(filter))
    .orderBy(...orderOf(sort))
    .limit(limit)
    .offset(offset);
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: runs.id,
      number: runs.number,
      pipelineId: runs.pipelineId,
      pipeline: pipelines.name,
      pipelineVersion: runs.pipelineVersion,
      state: runs.state,
      startedBy: runs.startedBy,
      createdAt: runs.createdAt,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
      cancelRequestedAt: runs.cancelRequestedAt,
      expectedMs: runs.expectedMs,
      warnings: runs.warnings,
      document: runs.document,
    })
    .from(runs)
    .innerJoin(pipelines, eq(pipelines.id, runs.pipelineId))
    .where(
      inArray(
        runs.id,
        ids.map(({ id }) => id),
      ),
    );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Runs that a filter lets through, and those of them that are not over. */
export async function countRuns(
  db: Executor,
  filter: RunFilter,
): Promise<{ readonly all: number; readonly unfinished: number }> {
  const condition = conditionOf(filter);
  const [[all], [unfinished]] = await Promise.all([
    db.select({ many: count() }).from(runs).where(condition),
    db
      .select({ many: count() })
      .from(runs)
      .where(and(condition, inArray(runs.state, ['queued', 'running']))),
  ]);
  return { all: all?.many ?? 0, unfinished: unfinished?.many ?? 0 };
}

/** Who and what has started runs, in order of their names: one look at the index for each. */
export async function listStarters(db: Executor): Promise<string[]> {
  const { rows } = await db.execute<{ by: string }>(sql`
    with recursive starters (by) as (
      (select started_by from ${runs} order by started_by limit 1)
      union all
      select (select started_by from ${runs} where started_by > by order by started_by limit 1)
        from starters where by is not null
    )
    select by from starters where by is not null`);
  return rows.map(({ by }) => by);
}

/** What the events of a run do not say of it: what it ran, who started it and what was asked for. */
export type RunHead = {
  readonly pipelineId: PipelineId;
  readonly document: Pipeline;
  readonly startedBy: string;
  readonly number: number;
  readonly selection: Selection;
  readonly reuse: boolean;
};

const zRequest = z.object({
  selection: zSelection.catch({ type: 'all' }).default({ type: 'all' }),
  reuse: z.boolean().catch(true).default(true),
});

/** The head of a run, or undefined when there is none of that id. */
export async function findRunHead(db: Executor, runId: RunId): Promise<RunHead | undefined> {
  const [row] = await db
    .select({
      pipelineId: runs.pipelineId,
      document: runs.document,
      startedBy: runs.startedBy,
      number: runs.number,
      request: runs.request,
    })
    .from(runs)
    .where(eq(runs.id, runId));
  if (row === undefined) return undefined;
  const { request, ...head } = row;
  return { ...head, pipelineId: zPipelineId.parse(row.pipelineId), ...zRequest.parse(request) };
}

type NodeStateRow = { readonly state: string; readonly warns?: true };

async function readNodeStates(db: Executor, ids: readonly string[]) {
  const states = new Map<string, Map<string, NodeStateRow>>();
  if (ids.length === 0) return states;
  const rows = await db
    .select({ runId: nodeRuns.runId, node: nodeRuns.nodeId, state: nodeRuns.state, anomalies: nodeRuns.anomalies })
    .from(nodeRuns)
    .where(inArray(nodeRuns.runId, [...ids]));
  for (const { runId, node, state, anomalies } of rows) {
    const ofRun = states.get(runId) ?? new Map<string, NodeStateRow>();
    states.set(runId, ofRun.set(node, { state, ...(anomalies > 0 && { warns: true }) }));
  }
  return states;
}

async function readFailures(db: Executor, ids: readonly string[]) {
  const failures = new Map<string, { readonly node: string; readonly message: string }>();
  if (ids.length === 0) return failures;
  const rows = await db
    .select({
      runId: runEvents.runId,
      node: sql<string>`${runEvents.body} ->> 'node'`,
      error: sql<unknown>`${runEvents.body} -> 'error'`,
    })
    .from(runEvents)
    .where(and(inArray(runEvents.runId, [...ids]), sql`${runEvents.body} ->> 'type' = 'node.failed'`))
    // Later rows replace earlier ones: of several failures the first is named.
    .orderBy(desc(runEvents.seq));
  for (const { runId, node, error } of rows) {
    const parsed = zErrorInfo.safeParse(error);
    failures.set(runId, { node, message: parsed.success ? parsed.data.message : 'The reason cannot be read.' });
  }
  return failures;
}
