/** What nodes took before: the median of the last executions of the same node of the same pipeline. */

import { sql } from 'drizzle-orm';

import type { PlannedNode } from '../../lib/pipeline/plan';
import type { Executor } from '../db/client';

/** Executions that are looked at; older ones say less of the data of today. */
const LOOKED_AT = 5;

/** Expected times in ms by node, of those that execute and have an earlier execution with the same component. */
export async function expectNodes(
  db: Executor,
  pipelineId: string,
  nodes: readonly PlannedNode[],
): Promise<ReadonlyMap<string, number>> {
  const asked = nodes
    .filter(({ decision }) => decision === 'execute')
    .map(({ node, component }) => ({ node, component }));
  if (asked.length === 0) return new Map();
  const { rows } = await db.execute<{ node: string; ms: number }>(sql`
    select asked.node, (percentile_cont(0.5) within group (order by e.ms))::float8 as ms
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (node text, component text)
    cross join lateral (
      select extract(epoch from finished_at - started_at) * 1000 as ms from executions
      where pipeline_id = ${pipelineId} and node_id = asked.node and component = asked.component
      order by finished_at desc limit ${LOOKED_AT}
    ) e
    group by asked.node`);
  return new Map(rows.map(({ node, ms }) => [node, ms]));
}
