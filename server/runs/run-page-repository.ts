/** Pages of runs as the screens list them: with the state of every node and the reason of a failure. Reads only. */

import { and, count, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import * as z from 'zod';

import { zErrorInfo } from '../../lib/errors';
import { zPipelineId, zRunId, type PipelineId, type RunId } from '../../lib/ids';
import { graphOf, runOrder } from '../../lib/pipeline/graph';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import { zNodeState, zRunState, type RunState } from '../../lib/run/run';
import type { Executor } from '../db/client';
import { nodeRuns, pipelines, runEvents, runs } from '../db/schema/index';

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
  /** At most {@link MAX_NODES}, in the order in which they can run. */
  nodes: z.array(z.object({ node: z.string(), state: zNodeState })),
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
  readonly state?: RunState | undefined;
  readonly pipelineId?: PipelineId | undefined;
  /** Only runs with a smaller number: the next page. */
  readonly before?: number | undefined;
  readonly limit: number;
};

/** A page of runs, newest first. */
export async function listRunPage(db: Executor, options: RunPageOptions): Promise<RunRow[]> {
  const rows = await db
    .select({
      id: runs.id,
      number: runs.number,
      pipelineId: runs.pipelineId,
      pipeline: pipelines.name,
      pipelineVersion: runs.pipelineVersion,
      state: runs.state,
      startedBy: startedBy(),
      createdAt: runs.createdAt,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
      cancelRequestedAt: runs.cancelRequestedAt,
      document: runs.document,
    })
    .from(runs)
    .innerJoin(pipelines, eq(pipelines.id, runs.pipelineId))
    .where(and(...filtersOf(options), options.before === undefined ? undefined : lt(runs.number, options.before)))
    .orderBy(desc(runs.number))
    .limit(options.limit);
  const ids = rows.map(({ id }) => id);
  const failed = rows.filter(({ state }) => state === 'failed').map(({ id }) => id);
  const [states, failures] = await Promise.all([readNodeStates(db, ids), readFailures(db, failed)]);
  return rows.map(({ document, startedAt, finishedAt, cancelRequestedAt, ...row }) => {
    const failure = failures.get(row.id);
    const { order } = runOrder(graphOf(document));
    const ofRun = states.get(row.id) ?? new Map<string, string>();
    return zRunRow.parse({
      ...row,
      createdAt: row.createdAt.toISOString(),
      startedAt: startedAt?.toISOString(),
      finishedAt: finishedAt?.toISOString(),
      cancelRequestedAt: cancelRequestedAt?.toISOString(),
      nodes: order.slice(0, MAX_NODES).map((node) => ({ node, state: ofRun.get(node) ?? 'queued' })),
      nodeCount: order.length,
      ...(failure !== undefined && { failure }),
    });
  });
}

/** Runs that the filters let through, and those of them that are not over. */
export async function countRuns(
  db: Executor,
  options: Pick<RunPageOptions, 'state' | 'pipelineId'>,
): Promise<{ readonly all: number; readonly unfinished: number }> {
  const [row] = await db
    .select({
      all: count(),
      unfinished: sql<number>`count(*) filter (where ${runs.state} in ('queued', 'running'))::int`,
    })
    .from(runs)
    .where(and(...filtersOf(options)));
  return row ?? { all: 0, unfinished: 0 };
}

/** What the events of a run do not say of it: what it ran and who started it. */
export type RunHead = {
  readonly pipelineId: PipelineId;
  readonly document: Pipeline;
  readonly startedBy: string;
  readonly number: number;
};

/** The head of a run, or undefined when there is none of that id. */
export async function findRunHead(db: Executor, runId: RunId): Promise<RunHead | undefined> {
  const [row] = await db
    .select({ pipelineId: runs.pipelineId, document: runs.document, startedBy: startedBy(), number: runs.number })
    .from(runs)
    .where(eq(runs.id, runId));
  return row === undefined ? undefined : { ...row, pipelineId: zPipelineId.parse(row.pipelineId) };
}

function startedBy() {
  return sql<string>`coalesce(${runs.request} ->> 'by', 'unknown')`;
}

function filtersOf({ state, pipelineId }: Pick<RunPageOptions, 'state' | 'pipelineId'>) {
  return [
    state === undefined ? undefined : eq(runs.state, state),
    pipelineId === undefined ? undefined : eq(runs.pipelineId, pipelineId),
  ];
}

async function readNodeStates(db: Executor, ids: readonly string[]) {
  const states = new Map<string, Map<string, string>>();
  if (ids.length === 0) return states;
  const rows = await db
    .select({ runId: nodeRuns.runId, node: nodeRuns.nodeId, state: nodeRuns.state })
    .from(nodeRuns)
    .where(inArray(nodeRuns.runId, [...ids]));
  for (const { runId, node, state } of rows) {
    const ofRun = states.get(runId) ?? new Map<string, string>();
    states.set(runId, ofRun.set(node, state));
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
