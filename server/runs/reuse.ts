/** Published executions by key and by node, with what is left of their outputs: what a plan reuses. */

import { eq, inArray, sql } from 'drizzle-orm';

import { zKeyParts } from '../../lib/pipeline/cache-key';
import type { KnownExecution, PlanAnswer, PlanQuestion } from '../../lib/pipeline/plan';
import { zArtifactRef, type ArtifactRef } from '../../lib/artifact/artifact';
import type { Executor } from '../db/client';
import { artifacts } from '../db/schema/index';
import { findDamage } from '../artifacts/find-damage';
import { artifactFolder } from '../storage/artifact-store';

/** Where executions are looked up: the tables, and the store that holds their outputs. */
export type ReuseContext = {
  readonly db: Executor;
  readonly artifactsFolder: string;
  /** Filled with what a look at the disk found other than the tables say, by artifact id. */
  readonly found: Map<string, ArtifactState>;
};

/** State of an artifact: `live`, or what was last found wrong on disk. */
export type ArtifactState = OutputRow['state'];

/** How many executions of one key are looked at before it counts as damaged. */
const CANDIDATES_PER_KEY = 5;

type ExecutionRow = {
  readonly asked: string;
  readonly id: string;
  readonly run_id: string;
  readonly run_number: number;
  readonly pipeline_id: string;
  readonly pipeline: string;
  readonly cache_key: string;
  readonly key: unknown;
};

const COLUMNS = sql`e.id, e.run_id, r.number as run_number, e.pipeline_id, p.name as pipeline, e.cache_key, e.key`;

/** Each node's newest published execution in a pipeline, by node. */
export async function findLatestExecutions(
  context: ReuseContext,
  pipelineId: string,
  nodes: readonly string[],
): Promise<ReadonlyMap<string, KnownExecution>> {
  const { rows } = await context.db.execute<ExecutionRow>(sql`
    select asked.node as asked, ${COLUMNS}
    from jsonb_array_elements_text(${JSON.stringify(nodes)}::jsonb) as asked (node)
    cross join lateral (
      select * from executions where pipeline_id = ${pipelineId} and node_id = asked.node
      order by finished_at desc, id desc limit 1
    ) e
    join runs r on r.id = e.run_id
    join pipelines p on p.id = e.pipeline_id`);
  const known = await withOutputs(context, rows);
  const byNode = new Map<string, KnownExecution>();
  for (const [index, execution] of known.entries()) byNode.set(rows[index]?.asked ?? '', execution);
  return byNode;
}

/** For each key the newest whole execution, whatever pipeline it ran in; else the newest, with its damage. */
async function findExecutionsByKey(
  context: ReuseContext,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownExecution>> {
  const { rows } = await context.db.execute<ExecutionRow>(sql`
    select asked.key as asked, ${COLUMNS}
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as asked (key)
    cross join lateral (
      select * from executions where cache_key = asked.key
      order by finished_at desc, id desc limit ${CANDIDATES_PER_KEY}
    ) e
    join runs r on r.id = e.run_id
    join pipelines p on p.id = e.pipeline_id
    order by e.finished_at desc, e.id desc`);
  const best = new Map<string, KnownExecution>();
  for (const execution of await withOutputs(context, rows)) {
    const known = best.get(execution.cacheKey);
    if (known === undefined || (known.damage !== undefined && execution.damage === undefined))
      best.set(execution.cacheKey, execution);
  }
  return best;
}

/** What one run published, newest first. */
async function findExecutionsOfRun(context: ReuseContext, runId: string): Promise<readonly KnownExecution[]> {
  const { rows } = await context.db.execute<ExecutionRow>(sql`
    select e.id as asked, ${COLUMNS}
    from executions e
    join runs r on r.id = e.run_id
    join pipelines p on p.id = e.pipeline_id
    where e.run_id = ${runId}
    order by e.finished_at desc, e.id desc`);
  return withOutputs(context, rows);
}

/**
 * Answers a plan's questions about keys, one level of the graph after the other. A run that one answer came from is read
 * whole, since the next levels most likely come from it too: a copied pipeline of a thousand nodes in a row would
 * otherwise ask a thousand times.
 */
export function openKeyLookup(context: ReuseContext): (keys: PlanQuestion) => Promise<PlanAnswer> {
  const known = new Map<string, KnownExecution>();
  const runsRead = new Set<string>();
  return async (keys) => {
    const unknown = keys.filter((key) => !known.has(key));
    const found = unknown.length === 0 ? [] : [...(await findExecutionsByKey(context, unknown))];
    for (const [key, execution] of found) known.set(key, execution);
    for (const [, { runId }] of found) {
      if (runsRead.has(runId)) continue;
      runsRead.add(runId);
      for (const execution of await findExecutionsOfRun(context, runId))
        if (execution.damage === undefined && !known.has(execution.cacheKey)) known.set(execution.cacheKey, execution);
    }
    return new Map(keys.flatMap((key) => toEntry(key, known.get(key))));
  };
}

function toEntry(key: string, execution: KnownExecution | undefined): readonly (readonly [string, KnownExecution])[] {
  return execution === undefined ? [] : [[key, execution]];
}

type OutputRow = typeof artifacts.$inferSelect;

async function withOutputs(context: ReuseContext, rows: readonly ExecutionRow[]): Promise<readonly KnownExecution[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map((row) => row.id))];
  const outputs = new Map<string, OutputRow[]>(ids.map((id) => [id, []]));
  for (const output of await context.db.select().from(artifacts).where(inArray(artifacts.executionId, ids)))
    outputs.get(output.executionId)?.push(output);
  return Promise.all(rows.map((row) => toKnownExecution(context, row, outputs.get(row.id) ?? [])));
}

async function toKnownExecution(
  context: ReuseContext,
  row: ExecutionRow,
  outputs: readonly OutputRow[],
): Promise<KnownExecution> {
  const byPort: Record<string, ArtifactRef[]> = {};
  const inOrder = [...outputs].sort((a, b) => (a.port === b.port ? a.position - b.position : a.port < b.port ? -1 : 1));
  for (const output of inOrder) (byPort[output.port] ??= []).push(zArtifactRef.parse(output));
  const damages = await Promise.all(inOrder.map((output) => damageOf(context, output)));
  const index = damages.findIndex((what) => what !== undefined);
  const port = inOrder[index]?.port;
  const what = damages[index];
  return {
    id: row.id,
    runId: row.run_id,
    runNumber: row.run_number,
    pipelineId: row.pipeline_id,
    pipeline: row.pipeline,
    cacheKey: row.cache_key,
    key: zKeyParts.safeParse(row.key).data,
    outputs: byPort,
    ...(port !== undefined && what !== undefined && { damage: { port, what } }),
  };
}

async function damageOf(context: ReuseContext, output: OutputRow): Promise<'missing' | 'changed' | undefined> {
  const { id, uri, files, state, createdAt } = output;
  const damage = await findDamage({
    folder: artifactFolder(context.artifactsFolder, uri),
    files,
    // Bytes that were found changed may have been put right since; only reading them again tells.
    publishedAtMs: state === 'damaged' ? 0 : createdAt.getTime(),
  });
  const now = damage === undefined ? 'live' : damage === 'missing' ? 'missing' : 'damaged';
  if (now !== state) context.found.set(id, now);
  return damage;
}

/** Records what was found on disk, so that lists of artifacts say it too. */
export async function recordArtifactStates(db: Executor, found: ReadonlyMap<string, ArtifactState>): Promise<void> {
  // In one order for everybody, so that two starts never wait for each other in a circle.
  for (const [id, state] of [...found].sort(([a], [b]) => (a < b ? -1 : 1)))
    await db.update(artifacts).set({ state }).where(eq(artifacts.id, id));
}
