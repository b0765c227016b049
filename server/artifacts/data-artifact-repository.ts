/** Artifacts as the data screens show them, and the datasets they make up. Reads only. */

import { sql, type SQL } from 'drizzle-orm';
import * as z from 'zod';

import { ARTIFACT_TYPES, type ArtifactType } from '../../lib/artifact/artifact';
import { zDataArtifact, type DataArtifact, type Dataset } from '../../lib/artifact/data-family';
import type { Executor } from '../db/client';

/** Raw SQL gives moments and big integers as text. */
const zRow = z.object({
  id: z.string(),
  type: z.string(),
  digest: z.string(),
  uri: z.string(),
  sizeBytes: z.coerce.number(),
  properties: z.record(z.string(), z.json()),
  runId: z.string(),
  runNumber: z.number(),
  pipelineId: z.string(),
  pipelineName: z.string(),
  node: z.string(),
  component: z.string(),
  port: z.string(),
  tookMs: z.coerce.number(),
  createdAt: z.coerce.date(),
});

/** The artifacts with these ids, in no order. Ids of other types of artifact, and of none, are left out. */
export async function findDataArtifacts(db: Executor, ids: readonly string[]): Promise<readonly DataArtifact[]> {
  if (ids.length === 0) return [];
  return select(db, sql`a.id = any(${sql.param(ids)}::text[])`);
}

/** How many artifacts of one node can be chosen among. */
const MAX_OF_NODE = 50;

/** The newest artifacts of the port that made this one, and this one itself, newest first. */
export async function listOfNode(db: Executor, artifact: DataArtifact): Promise<readonly DataArtifact[]> {
  const found = await select(
    db,
    sql`e.pipeline_id = ${artifact.pipeline.id} and e.node_id = ${artifact.node} and a.port = ${artifact.port}
      and a.type = ${artifact.type} order by a.created_at desc, a.id desc limit ${MAX_OF_NODE}`,
  );
  return found.some(({ id }) => id === artifact.id) ? found : [...found, artifact];
}

/** Datasets in one answer. */
const MAX_DATASETS = 200;

/** The newest artifact of a type that each port of each node made, by id. */
function newestOf(type: ArtifactType): SQL {
  return sql`
    select distinct on (e.pipeline_id, e.node_id, a.port) a.id, a.created_at
      from artifacts a join executions e on e.id = a.execution_id
     where a.type = ${type}
     order by e.pipeline_id, e.node_id, a.port, a.created_at desc, a.id desc`;
}

/** The newest artifacts of a type, one of each node, newest first. */
export async function listNewest(db: Executor, type: ArtifactType): Promise<readonly DataArtifact[]> {
  return select(
    db,
    sql`a.id in (select id from (${newestOf(type)}) newest) order by a.created_at desc, a.id desc limit ${MAX_DATASETS}`,
  );
}

const zDatasetRow = z.object({
  examples: z.string(),
  statistics: z.string().nullable(),
  schema: z.string().nullable(),
  anomalies: z.string().nullable(),
});

/** The newest Examples of each node of each pipeline with the newest of what was made of them, newest first. */
export async function listDatasets(db: Executor): Promise<Dataset[]> {
  const found = await db.execute(sql`
    with newest as (${newestOf('Examples')})
    select n.id as examples, statistics.id as statistics, schema.id as schema, anomalies.id as anomalies
      from newest n
      join artifacts ex on ex.id = n.id join executions maker on maker.id = ex.execution_id
      ${madeOf('statistics', 'ExampleStatistics', sql`n.id`)}
      ${madeOf('schema', 'Schema', sql`statistics.id`)}
      ${madeOf('anomalies', 'ExampleAnomalies', sql`statistics.id`)}
     order by n.created_at desc, n.id desc limit ${MAX_DATASETS}`);
  const rows = found.rows.map((row) => zDatasetRow.parse(row));
  const ids = rows.flatMap((row) => Object.values(row).filter((id) => id !== null));
  const artifacts = new Map((await findDataArtifacts(db, ids)).map((artifact) => [artifact.id as string, artifact]));
  return rows.flatMap((row) => {
    const [examples, statistics, schema, anomalies] = [row.examples, row.statistics, row.schema, row.anomalies].map(
      (id) => (id === null ? undefined : artifacts.get(id)),
    );
    if (examples === undefined) return [];
    return [
      {
        examples,
        ...(statistics !== undefined && { statistics }),
        ...(schema !== undefined && { schema }),
        ...(anomalies !== undefined && { anomalies }),
      },
    ];
  });
}

/** Joins the newest artifact of a type that an execution made which took another one; the pipeline's own comes first. */
function madeOf(name: string, type: string, of: SQL): SQL {
  return sql`left join lateral (
    select a.id from execution_inputs i join artifacts a on a.execution_id = i.execution_id
      join executions e on e.id = a.execution_id
     where i.artifact_id = ${of} and a.type = ${type}
     order by e.pipeline_id = maker.pipeline_id desc, a.created_at desc, a.id desc limit 1
  ) ${sql.identifier(name)} on true`;
}

async function select(db: Executor, rest: SQL): Promise<readonly DataArtifact[]> {
  const found = await db.execute(sql`
    select a.id, a.type, a.digest, a.uri, a.size_bytes as "sizeBytes", a.properties, a.port, a.created_at as "createdAt",
           e.run_id as "runId", r.number as "runNumber", e.pipeline_id as "pipelineId", p.name as "pipelineName",
           e.node_id as node, e.component, extract(epoch from e.finished_at - e.started_at) * 1000 as "tookMs"
      from artifacts a
      join executions e on e.id = a.execution_id
      join runs r on r.id = e.run_id
      join pipelines p on p.id = e.pipeline_id
     where a.type = any(${sql.param([...ARTIFACT_TYPES])}::text[]) and ${rest}`);
  return found.rows.map((row) => {
    const { runId, runNumber, pipelineId, pipelineName, createdAt, ...rest } = zRow.parse(row);
    return zDataArtifact.parse({
      ...rest,
      run: { id: runId, number: runNumber },
      pipeline: { id: pipelineId, name: pipelineName },
      createdAt: createdAt.toISOString(),
    });
  });
}
