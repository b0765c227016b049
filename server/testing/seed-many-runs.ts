/** Fills the tables with many ended runs, as years of use would, for tests and benchmarks of the lists. */

import { sql } from 'drizzle-orm';

import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import type { Database } from '../db/client';
import { newId } from '../db/new-id';
import { nodeRuns, pipelines, pipelineVersions, runEvents, runs } from '../db/schema/index';

/** The nodes of every seeded pipeline, in the order in which they run. */
const NODES = ['examples', 'statistics', 'schema', 'validator', 'transform', 'trainer', 'evaluator', 'pusher'];
const NAMES = ['Bird strikes', 'Penguins', 'Flights', 'Taxi tips', 'Energy by the hour', 'Returns', 'Churn', 'Prices'];
const RUNS_PER_STATEMENT = 20_000;

/** The state of a node of run `i`, by its place from 1 on. */
const NODE_STATE = sql`case
  when i % 11 = 0 then case when place - 1 < i % 8 then 'complete' when place - 1 = i % 8 then 'failed' else 'skipped' end
  when i % 17 = 0 then case when place - 1 < i % 8 then 'complete' else 'canceled' end
  when i % 3 = 0 then 'cached'
  else 'complete'
end`;

/**
 * Seeds `count` runs of eight pipelines, numbered in turn: one in eleven failed, one in seventeen was canceled, one in
 * five found anomalies, a third were reused. Failures have their event; logs have not. Then the tables are analyzed.
 */
export async function seedManyRuns(db: Database, count: number): Promise<void> {
  const ids = await seedPipelines(db);
  for (let from = 1; from <= count; from += RUNS_PER_STATEMENT)
    await seedChunk(db, { ids, from, to: Math.min(count, from + RUNS_PER_STATEMENT - 1) });
  for (const table of [runs, nodeRuns, runEvents]) await db.execute(sql`vacuum analyze ${table}`);
}

async function seedPipelines(db: Database): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const name of NAMES) {
    const id = newId('pipe');
    ids.push(id);
    await db.insert(pipelines).values({ id, name, currentVersion: 1, baseFolder: '/tmp' });
    await db.insert(pipelineVersions).values({ pipelineId: id, version: 1, document: documentOf(name), digest: id });
  }
  return ids;
}

function documentOf(name: string): Pipeline {
  const nodes = NODES.map((id, index) => {
    const before = NODES[index - 1];
    return [id, { component: 'StatisticsGen', ...(before !== undefined && { inputs: { examples: `${before}.out` } }) }];
  });
  return { format: PIPELINE_FORMAT, name, nodes: Object.fromEntries(nodes) as Pipeline['nodes'] };
}

type Chunk = { readonly ids: readonly string[]; readonly from: number; readonly to: number };

async function seedChunk(db: Database, { ids, from, to }: Chunk): Promise<void> {
  const series = sql`generate_series(${from}::int, ${to}::int) as i`;
  const runId = sql`'run_' || lpad(i::text, 16, '0')`;
  const nodes = sql`jsonb_array_elements_text(${JSON.stringify(NODES)}::jsonb) with ordinality as node (id, place)`;
  await db.execute(sql`
    insert into runs (id, pipeline_id, pipeline_version, document, base_folder, request, state, created_at, started_at,
      finished_at, expected_ms, warnings, last_seq)
    select ${runId}, p.id, 1, v.document, '/tmp',
      jsonb_build_object('by', (array['you', 'command line', 'first start'])[1 + i % 3]),
      case when i % 11 = 0 then 'failed' when i % 17 = 0 then 'canceled' else 'complete' end,
      now() - (${to} - i) * interval '5 minutes', now() - (${to} - i) * interval '5 minutes',
      now() - (${to} - i) * interval '5 minutes' + (1 + i % 97) * interval '0.7 second',
      case when i % 4 > 0 then 30000 + i % 1000 end,
      case when i % 11 > 0 and i % 17 > 0 and i % 5 = 0 then 1 else 0 end, 1
    from ${series}
    join pipelines p on p.id = (${JSON.stringify(ids)}::jsonb) ->> (i % ${ids.length})
    join pipeline_versions v on v.pipeline_id = p.id
    order by i`);
  await db.execute(sql`
    insert into node_runs (run_id, node_id, component, upstream, state, waiting_on, decision, anomalies)
    select ${runId}, node.id, 'StatisticsGen', array[]::text[], ${NODE_STATE}, 0, 'execute',
      case when node.id = 'validator' and i % 11 > 0 and i % 17 > 0 and i % 5 = 0 then 3 else 0 end
    from ${series}, ${nodes}`);
  const error = { code: 'component-failed', message: 'Loss is NaN at step 40: learningRate 0.5.', retryable: false };
  await db.execute(sql`
    insert into run_events (run_id, seq, body)
    select ${runId}, 1, jsonb_build_object('type', 'node.failed', 'node', node.id, 'error', ${JSON.stringify(error)}::jsonb)
    from ${series}, ${nodes} where i % 11 = 0 and node.place - 1 = i % 8`);
}
