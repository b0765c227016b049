/** Which artifacts a run has, its own and reused ones, and which other pipelines reused one. Reads only. */

import { sql } from 'drizzle-orm';
import * as z from 'zod';

import type { DataArtifact, SeenIn } from '../../lib/artifact/data-family';
import { zPipelineId, zRunId } from '../../lib/ids';
import type { Executor } from '../db/client';

/** A run with the node that each of its artifacts stands at, by the artifact's id. */
export type RunArtifacts = SeenIn & { readonly nodes: ReadonlyMap<string, string> };

const zPlace = z.object({
  runId: zRunId,
  runNumber: z.number(),
  pipelineId: zPipelineId,
  pipelineName: z.string(),
});

function toSeenIn({ runId, runNumber, pipelineId, pipelineName }: z.infer<typeof zPlace>): SeenIn {
  return { run: { id: runId, number: runNumber }, pipeline: { id: pipelineId, name: pipelineName } };
}

/** The artifacts of a run, those of reused executions among them; undefined for a run that has none. */
export async function findRunArtifacts(db: Executor, runId: string): Promise<RunArtifacts | undefined> {
  const found = await db.execute(sql`
    select r.id as "runId", r.number as "runNumber", p.id as "pipelineId", p.name as "pipelineName",
           a.id as "artifactId", nr.node_id as node
      from node_runs nr
      join runs r on r.id = nr.run_id
      join pipelines p on p.id = r.pipeline_id
      join executions e on e.id = nr.reuse_execution_id or (e.run_id = nr.run_id and e.node_id = nr.node_id)
      join artifacts a on a.execution_id = e.id
     where nr.run_id = ${runId}`);
  const rows = found.rows.map((row) => zPlace.extend({ artifactId: z.string(), node: z.string() }).parse(row));
  const [first] = rows;
  return first && { ...toSeenIn(first), nodes: new Map(rows.map(({ artifactId, node }) => [artifactId, node])) };
}

/** Pipelines that are named; a popular table may be read by hundreds. */
const MAX_PIPELINES = 20;

/** The other pipelines that reused an artifact, each with its newest run that did, the last one first. */
export async function listReusers(db: Executor, artifactId: string): Promise<SeenIn[]> {
  const found = await db.execute(sql`
    select * from (
      select distinct on (p.id) r.id as "runId", r.number as "runNumber", p.id as "pipelineId", p.name as "pipelineName"
        from artifacts a
        join executions e on e.id = a.execution_id
        join node_runs nr on nr.reuse_execution_id = e.id and nr.state = 'cached'
        join runs r on r.id = nr.run_id and r.pipeline_id <> e.pipeline_id
        join pipelines p on p.id = r.pipeline_id
       where a.id = ${artifactId}
       order by p.id, r.number desc
    ) newest order by "runNumber" desc limit ${MAX_PIPELINES}`);
  return found.rows.map((row) => toSeenIn(zPlace.parse(row)));
}

/** The artifact as it is seen from a run that reused it; itself where the run's pipeline and node made it. */
export function asSeenFrom(artifact: DataArtifact, seen: RunArtifacts | undefined): DataArtifact {
  const node = seen?.nodes.get(artifact.id);
  if (seen === undefined || node === undefined) return artifact;
  const { run, pipeline } = artifact;
  if (pipeline.id === seen.pipeline.id && artifact.node === node) return artifact;
  return { ...artifact, run: seen.run, pipeline: seen.pipeline, node, madeIn: { run, pipeline } };
}
