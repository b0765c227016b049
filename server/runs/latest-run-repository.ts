/** The newest run of a pipeline, and the pipelines that ran last: what is asked every few seconds. Reads only. */

import { desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod';

import { zPipelineId, zRunId, type PipelineId } from '../../lib/ids';
import { zRunState } from '../../lib/run/run';
import type { Executor } from '../db/client';
import { pipelines, runs } from '../db/schema/index';

/** Parser of a {@link LatestRun}. */
export const zLatestRun = z.object({ id: zRunId, number: z.number().int(), state: zRunState });
/** The newest run of a pipeline. */
export type LatestRun = z.infer<typeof zLatestRun>;

/** The newest run of a pipeline; undefined before the first. */
export async function findLatestRun(db: Executor, pipelineId: PipelineId): Promise<LatestRun | undefined> {
  const [row] = await db
    .select({ id: runs.id, number: runs.number, state: runs.state })
    .from(runs)
    .where(eq(runs.pipelineId, pipelineId))
    .orderBy(desc(runs.number))
    .limit(1);
  return row === undefined ? undefined : zLatestRun.parse(row);
}

/** Parser of a {@link RecentPipeline}. */
export const zRecentPipeline = z.object({ id: zPipelineId, name: z.string(), lastRun: zLatestRun });
/** A pipeline that ran, with its newest run. */
export type RecentPipeline = z.infer<typeof zRecentPipeline>;

/** Pipelines by their newest run, the last one first. Pipelines that never ran are left out. */
export async function listRecentPipelines(db: Executor, limit: number): Promise<RecentPipeline[]> {
  const found = await db.execute(sql`
    select p.id, p.name, last.id as "runId", last.number, last.state
      from ${pipelines} p
      cross join lateral (
        select id, number, state from ${runs} r where r.pipeline_id = p.id order by number desc limit 1
      ) last
     order by last.number desc
     limit ${limit}`);
  return found.rows.map(({ id, name, runId, number, state }) =>
    zRecentPipeline.parse({ id, name, lastRun: { id: runId, number, state } }),
  );
}
