/** A filter and an order of runs as SQL. */

import { and, asc, desc, eq, gt, sql, type SQL } from 'drizzle-orm';

import type { RunFilter, RunFlag, RunSort } from '../../lib/run/run-filter';
import { pipelines, runs } from '../db/schema/index';

/** The condition of a filter; undefined where it lets everything through. */
export function conditionOf(filter: RunFilter): SQL | undefined {
  return and(
    ...(filter.is ?? []).map(flagCondition),
    filter.number === undefined ? undefined : eq(runs.number, filter.number),
    filter.pipelineId === undefined ? undefined : eq(runs.pipelineId, filter.pipelineId),
    filter.startedBy === undefined ? undefined : eq(runs.startedBy, filter.startedBy),
    ...(filter.pipeline ?? []).map(isOfPipeline),
    ...(filter.by ?? []).map((word) => sql`${runs.startedBy} ilike ${partOf(word)}`),
    ...(filter.text ?? []).map(hasWord),
  );
}

/** What to sort by, the newest run first among equals. Runs that have no such figure come last. */
export function orderOf({ by, descending }: RunSort): SQL[] {
  const direction = descending ? desc : asc;
  switch (by) {
    case 'started':
      return [direction(runs.number)];
    case 'took':
      return descending
        ? [sql`(finished_at - started_at) desc nulls last`, desc(runs.number)]
        : [sql`(finished_at - started_at) asc nulls last`, asc(runs.number)];
    case 'pipeline':
      return [direction(pipelines.name), desc(runs.number)];
  }
}

function flagCondition(flag: RunFlag): SQL | undefined {
  if (flag === 'warning') return gt(runs.warnings, 0);
  if (flag !== 'reused') return eq(runs.state, flag);
  return and(
    eq(runs.state, 'complete'),
    sql`not exists (select 1 from node_runs n where n.run_id = ${runs.id} and n.state <> 'cached')`,
  );
}

function isOfPipeline(word: string): SQL {
  return sql`${runs.pipelineId} in (select id from ${pipelines} where ${pipelines.name} ilike ${partOf(word)})`;
}

function hasWord(word: string): SQL {
  const isNumber = /^\d{1,9}$/.test(word);
  const number = isNumber ? sql`or ${runs.number} = ${Number(word)}` : sql``;
  return sql`(${isOfPipeline(word)} or ${runs.startedBy} ilike ${partOf(word)} ${number})`;
}

/** `_` and `%` of a word stand for themselves. */
function partOf(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
