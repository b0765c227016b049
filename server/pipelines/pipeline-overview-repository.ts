/** Pipelines as the screens list them: with their last run and how many there were. Reads only. */

import { sql } from 'drizzle-orm';
import * as z from 'zod';

import { zPipelineId, zRunId } from '../../lib/ids';
import { zRunState } from '../../lib/run/run';
import type { Executor } from '../db/client';
import { pipelines, runs } from '../db/schema/index';

/** Parser of a {@link PipelineOverview}. */
export const zPipelineOverview = z.object({
  id: zPipelineId,
  name: z.string(),
  version: z.number().int(),
  /** ISO 8601 in UTC. */
  updatedAt: z.string(),
  runCount: z.number().int(),
  lastRun: z.object({ id: zRunId, number: z.number().int(), state: zRunState, createdAt: z.string() }).optional(),
});
/** A pipeline in a list. */
export type PipelineOverview = z.infer<typeof zPipelineOverview>;

/** Raw SQL gives moments as text. */
const zRow = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number(),
  updatedAt: z.coerce.date(),
  runCount: z.number(),
  runId: z.string().nullable(),
  runNumber: z.number().nullable(),
  runState: z.string().nullable(),
  runCreatedAt: z.coerce.date().nullable(),
});

/** Every pipeline, the most recently run or changed first. */
export async function listPipelineOverviews(db: Executor): Promise<PipelineOverview[]> {
  const found = await db.execute(sql`
    select p.id, p.name, p.current_version as version, p.updated_at as "updatedAt",
           coalesce(counted.runs, 0)::int as "runCount",
           last.id as "runId", last.number as "runNumber", last.state as "runState", last.created_at as "runCreatedAt"
      from ${pipelines} p
      left join (select pipeline_id, count(*) as runs from ${runs} group by pipeline_id) counted
        on counted.pipeline_id = p.id
      left join lateral (
        select id, number, state, created_at from ${runs} r where r.pipeline_id = p.id order by number desc limit 1
      ) last on true
     order by greatest(p.updated_at, last.created_at) desc, p.name`);
  return found.rows.map((row) => {
    const { updatedAt, runId, runNumber, runState, runCreatedAt, ...rest } = zRow.parse(row);
    return zPipelineOverview.parse({
      ...rest,
      updatedAt: updatedAt.toISOString(),
      ...(runId !== null && {
        lastRun: { id: runId, number: runNumber, state: runState, createdAt: runCreatedAt?.toISOString() },
      }),
    });
  });
}
