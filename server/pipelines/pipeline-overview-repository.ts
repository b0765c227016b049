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
  /** At most {@link MAX_COUNTED}: that many or more. */
  runCount: z.number().int(),
  lastRun: z
    .object({
      id: zRunId,
      number: z.number().int(),
      state: zRunState,
      /** Nodes that found something. */
      warnings: z.number().int(),
      createdAt: z.string(),
    })
    .optional(),
});
/** A pipeline in a list. */
export type PipelineOverview = z.infer<typeof zPipelineOverview>;

/** Runs of one pipeline are counted so far: counting 100,000 would take longer than all the rest of the page. */
export const MAX_COUNTED = 1_000;

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
  warnings: z.number().nullable(),
  runCreatedAt: z.coerce.date().nullable(),
});

/** Every pipeline, the most recently run or changed first. */
export async function listPipelineOverviews(db: Executor): Promise<PipelineOverview[]> {
  const found = await db.execute(sql`
    select p.id, p.name, p.current_version as version, p.updated_at as "updatedAt",
           counted.runs::int as "runCount",
           last.id as "runId", last.number as "runNumber", last.state as "runState", last.warnings,
           last.created_at as "runCreatedAt"
      from ${pipelines} p
      cross join lateral (
        select count(*) as runs from (select 1 from ${runs} r where r.pipeline_id = p.id limit ${MAX_COUNTED}) first_runs
      ) counted
      left join lateral (
        select id, number, state, warnings, created_at from ${runs} r where r.pipeline_id = p.id order by number desc limit 1
      ) last on true
     order by greatest(p.updated_at, last.created_at) desc, p.name`);
  return found.rows.map((row) => {
    const { updatedAt, runId, runNumber, runState, warnings, runCreatedAt, ...rest } = zRow.parse(row);
    return zPipelineOverview.parse({
      ...rest,
      updatedAt: updatedAt.toISOString(),
      ...(runId !== null && {
        lastRun: { id: runId, number: runNumber, state: runState, warnings, createdAt: runCreatedAt?.toISOString() },
      }),
    });
  });
}
