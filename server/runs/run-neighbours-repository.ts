/** What stands beside a run: the run of the pipeline before it, and the runs that took what it made. Reads only. */

import { sql } from 'drizzle-orm';
import * as z from 'zod';

import { zPipelineId, zRunId, type ArtifactId, type RunId } from '../../lib/ids';
import type { Executor } from '../db/client';

/** Parser of a {@link PreviousRun}. */
export const zPreviousRun = z.object({
  id: zRunId,
  number: z.number().int(),
  /** When its nodes computed, in ms since it was queued; the last attempt counts. Only nodes that did. */
  nodes: z.array(z.object({ node: z.string(), fromMs: z.number(), toMs: z.number() })),
});
/** The run of the same pipeline before a run, as a shadow beside its times. */
export type PreviousRun = z.infer<typeof zPreviousRun>;

/** The last run before this one that ended and in which something computed; undefined where there is none. */
export async function findPreviousRun(db: Executor, runId: RunId): Promise<PreviousRun | undefined> {
  const { rows } = await db.execute(sql`
    with before as (
      select r.id, r.number, r.created_at from runs this
      join runs r on r.pipeline_id = this.pipeline_id and r.number < this.number
      where this.id = ${runId} and r.state = 'complete'
        and exists (select 1 from node_runs n where n.run_id = r.id and n.state = 'complete')
      order by r.number desc limit 1
    )
    select before.id, before.number, n.node_id as node,
      (extract(epoch from n.started_at - before.created_at) * 1000)::float8 as "fromMs",
      (extract(epoch from n.finished_at - before.created_at) * 1000)::float8 as "toMs"
    from before join node_runs n on n.run_id = before.id
    where n.state = 'complete' and n.started_at is not null and n.finished_at is not null`);
  const [first] = rows;
  if (first === undefined) return undefined;
  return zPreviousRun.parse({
    id: first['id'],
    number: first['number'],
    nodes: rows.map(({ node, fromMs, toMs }) => ({ node, fromMs, toMs })),
  });
}

/** Parser of {@link ArtifactUses}. */
export const zArtifactUses = z.object({
  /** The newest first, at most {@link MAX_USES}. */
  uses: z.array(
    z.object({
      runId: zRunId,
      runNumber: z.number().int(),
      pipelineId: zPipelineId,
      pipeline: z.string(),
      node: z.string(),
    }),
  ),
  total: z.number().int(),
});
/** Executions that took any of some artifacts. */
export type ArtifactUses = z.infer<typeof zArtifactUses>;

const MAX_USES = 20;

/** Who took these artifacts, in whatever run and pipeline. */
export async function findArtifactUses(db: Executor, ids: readonly ArtifactId[]): Promise<ArtifactUses> {
  const { rows } = await db.execute(sql`
    with used as (
      select distinct execution_id from execution_inputs
      where artifact_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    )
    select e.run_id as "runId", r.number as "runNumber", e.pipeline_id as "pipelineId", p.name as pipeline,
      e.node_id as node, (count(*) over ())::int as total
    from used
    join executions e on e.id = used.execution_id
    join runs r on r.id = e.run_id
    join pipelines p on p.id = e.pipeline_id
    order by r.number desc, e.finished_at
    limit ${MAX_USES}`);
  return zArtifactUses.parse({ uses: rows, total: rows[0]?.['total'] ?? 0 });
}
