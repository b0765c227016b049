/** The executions behind a version, walked back along their inputs. Reads only. */

import { sql } from 'drizzle-orm';
import * as z from 'zod';

import type { DataArtifact } from '../../lib/artifact/data-family';
import { artifactsOfType, zLineageStep, type LineageStep } from '../../lib/model/lineage';
import { zVersionData, type VersionData } from '../../lib/model/model';
import { zKeyParts } from '../../lib/pipeline/cache-key';
import { findDataArtifacts } from '../artifacts/data-artifact-repository';
import type { Executor } from '../db/client';

/** Longest chain of steps that is followed. */
const MAX_DEPTH = 64;
/** More executions than that are not behind one model. */
const MAX_STEPS = 500;

const zRow = z.object({
  executionId: z.string(),
  node: z.string(),
  component: z.string(),
  key: z.unknown(),
  runId: z.string(),
  runNumber: z.number(),
  pipelineVersion: z.number(),
  depth: z.number(),
  takes: z.array(z.string()),
  outputs: z.array(z.string()),
});

/** Every execution that the outputs of this one stem from, and this one itself, from the data to the push. */
export async function loadLineage(db: Executor, executionId: string): Promise<LineageStep[]> {
  const found = await db.execute(sql`
    with recursive line (id, depth) as (
      select ${executionId}::text, 0
      union
      select a.execution_id, line.depth + 1 from line
        join execution_inputs i on i.execution_id = line.id
        join artifacts a on a.id = i.artifact_id
       where line.depth < ${MAX_DEPTH}
    )
    select e.id as "executionId", e.node_id as node, e.component, e.key, e.run_id as "runId", r.number as "runNumber",
           r.pipeline_version as "pipelineVersion", step.depth,
           array(select distinct a.execution_id from execution_inputs i join artifacts a on a.id = i.artifact_id
                  where i.execution_id = e.id order by 1) as takes,
           array(select a.id from artifacts a where a.execution_id = e.id order by a.port collate "C", a.position) as outputs
      from (select id, max(depth) as depth from line group by id) step
      join executions e on e.id = step.id
      join runs r on r.id = e.run_id
     order by step.depth desc, e.node_id collate "C" limit ${MAX_STEPS}`);
  const rows = found.rows.map((row) => zRow.parse(row));
  const artifacts = new Map(
    (
      await findDataArtifacts(
        db,
        rows.flatMap(({ outputs }) => outputs),
      )
    ).map((one) => [String(one.id), one]),
  );
  return rows.map(({ key, runId, runNumber, outputs, ...step }) => {
    const parts = zKeyParts.safeParse(key).data;
    return zLineageStep.parse({
      ...step,
      componentVersion: parts?.version ?? null,
      run: { id: runId, number: runNumber },
      sources: Object.entries(parts?.sources ?? {}).flatMap(([param, files]) =>
        Object.entries(files).map(([name, digest]) => ({ param, name, digest })),
      ),
      outputs: outputs.flatMap((id) => artifacts.get(id) ?? []),
    });
  });
}

/** The Examples that the rows behind an artifact came in, those nearest to the source files. Undefined without any. */
export async function findExamplesBehind(db: Executor, artifactId: string): Promise<DataArtifact | undefined> {
  const found = await db.execute(sql`select execution_id as "executionId" from artifacts where id = ${artifactId}`);
  const row = z.object({ executionId: z.string() }).safeParse(found.rows[0]).data;
  if (row === undefined) return undefined;
  return artifactsOfType(await loadLineage(db, row.executionId), 'Examples')[0];
}

const zDataRow = z.object({ version: z.string(), artifactId: z.string(), node: z.string(), properties: z.unknown() });

/** The rows that each version of a model was trained on, by the id of the version: the Examples farthest from the model. */
export async function findVersionData(db: Executor, modelId: string): Promise<ReadonlyMap<string, VersionData>> {
  const found = await db.execute(sql`
    with recursive line (version, execution, depth) as (
      select v.id, a.execution_id, 0 from model_versions v join artifacts a on a.id = v.model_artifact_id
       where v.model_id = ${modelId}
      union
      select line.version, a.execution_id, line.depth + 1 from line
        join execution_inputs i on i.execution_id = line.execution
        join artifacts a on a.id = i.artifact_id
       where line.depth < ${MAX_DEPTH}
    )
    select distinct on (line.version) line.version, a.id as "artifactId", e.node_id as node, a.properties
      from line join artifacts a on a.execution_id = line.execution and a.type = 'Examples'
      join executions e on e.id = line.execution
     order by line.version, line.depth desc, a.port collate "C"`);
  return new Map(
    found.rows.map((row) => {
      const { version, properties, ...data } = zDataRow.parse(row);
      const rows = z.object({ rowCount: z.number().int() }).safeParse(properties).data?.rowCount ?? null;
      return [version, zVersionData.parse({ ...data, rows })];
    }),
  );
}
