/** The newest run of a pipeline, and the pipelines that ran last: what is asked every few seconds. Reads only. */

import { desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod';

import { zPipelineId, zRunId, type PipelineId } from '../../lib/ids';
import { formatQuantity } from '../../lib/format/number';
import { zRunState } from '../../lib/run/run';
import { stateWord } from '../../lib/run/run-words';
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
export const zRecentPipeline = z.object({
  id: zPipelineId,
  name: z.string(),
  lastRun: zLatestRun.extend({
    /** The look of its state: a complete run that found anomalies wears a warning. */
    mark: z.union([zRunState, z.literal('warning')]),
    /** `Run 47: complete, 1 warning`. */
    words: z.string(),
  }),
});
/** A pipeline that ran, with its newest run. */
export type RecentPipeline = z.infer<typeof zRecentPipeline>;

const zRow = z.object({
  id: zPipelineId,
  name: z.string(),
  runId: zRunId,
  number: z.number(),
  state: zRunState,
  warnings: z.number(),
});

/** Pipelines by their newest run, the last one first. Pipelines that never ran are left out. */
export async function listRecentPipelines(db: Executor, limit: number): Promise<RecentPipeline[]> {
  const found = await db.execute(sql`
    select p.id, p.name, last.id as "runId", last.number, last.state, last.warnings
      from ${pipelines} p
      cross join lateral (
        select id, number, state, warnings from ${runs} r where r.pipeline_id = p.id order by number desc limit 1
      ) last
     order by last.number desc
     limit ${limit}`);
  return found.rows.map((row) => {
    const { id, name, runId, number, state, warnings } = zRow.parse(row);
    const warns = state === 'complete' && warnings > 0;
    const words = `Run ${number}: ${stateWord(state).toLowerCase()}${warns ? `, ${formatQuantity(warnings, 'warning')}` : ''}`;
    const lastRun = { id: runId, number, state, mark: warns ? ('warning' as const) : state, words };
    return { id, name, lastRun };
  });
}
