/** What an attempt starts from: the document that runs, and the artifacts that its upstream nodes have in this run. */

import { eq, sql } from 'drizzle-orm';

import { zArtifactProperties, zArtifactRef, type ArtifactRef } from '../../../lib/artifact/artifact';
import type { RunId } from '../../../lib/ids';
import { zPipeline, type Pipeline } from '../../../lib/pipeline/pipeline';
import type { Executor } from '../../db/client';
import { artifacts, runs, type ArtifactFile } from '../../db/schema/index';

/** What does not change while a run runs. */
export type RunDocument = {
  readonly runId: RunId;
  readonly pipelineId: string;
  readonly document: Pipeline;
  readonly baseFolder: string;
};

/** The document of a run. Throws when there is no such run. */
export async function loadRunDocument(db: Executor, runId: RunId): Promise<RunDocument> {
  const [row] = await db
    .select({ pipelineId: runs.pipelineId, document: runs.document, baseFolder: runs.baseFolder })
    .from(runs)
    .where(eq(runs.id, runId));
  if (row === undefined) throw new Error(`there is no run ${runId}`);
  return { runId, ...row, document: zPipeline.parse(row.document) };
}

/** An artifact that a node has in a run, whether it was made there or reused. */
export type NodeArtifact = {
  readonly node: string;
  readonly port: string;
  readonly ref: ArtifactRef;
  readonly files: readonly ArtifactFile[];
  readonly createdAt: Date;
};

const COLUMNS = {
  port: artifacts.port,
  id: artifacts.id,
  type: artifacts.type,
  digest: artifacts.digest,
  uri: artifacts.uri,
  sizeBytes: artifacts.sizeBytes,
  properties: artifacts.properties,
  files: artifacts.files,
  createdAt: artifacts.createdAt,
};

type ArtifactRow = { [K in keyof typeof COLUMNS]: (typeof artifacts.$inferSelect)[K] };

/** Artifacts of these nodes in this run, in order of port and position. */
export async function findNodeArtifacts(
  db: Executor,
  runId: RunId,
  nodes: readonly string[],
): Promise<readonly NodeArtifact[]> {
  if (nodes.length === 0) return [];
  const found = await db.execute<{ node: string; executionId: string }>(sql`
    select n.node_id as node, coalesce(e.id, n.reuse_execution_id) as "executionId"
    from node_runs n left join executions e on e.run_id = n.run_id and e.node_id = n.node_id
    where n.run_id = ${runId} and n.node_id in ${nodes} and coalesce(e.id, n.reuse_execution_id) is not null`);
  const lists = await Promise.all(
    found.rows.map(async ({ node, executionId }) => toNodeArtifacts(node, await selectArtifacts(db, executionId))),
  );
  return lists.flat();
}

/** Artifacts of an execution, in order of port and position. */
export async function findExecutionArtifacts(
  db: Executor,
  node: string,
  executionId: string,
): Promise<readonly NodeArtifact[]> {
  return toNodeArtifacts(node, await selectArtifacts(db, executionId));
}

async function selectArtifacts(db: Executor, executionId: string): Promise<readonly ArtifactRow[]> {
  return db
    .select(COLUMNS)
    .from(artifacts)
    .where(eq(artifacts.executionId, executionId))
    .orderBy(artifacts.port, artifacts.position);
}

function toNodeArtifacts(node: string, rows: readonly ArtifactRow[]): readonly NodeArtifact[] {
  return rows.map(({ port, files, createdAt, ...row }) => ({
    node,
    port,
    files,
    createdAt,
    ref: zArtifactRef.parse({ ...row, properties: zArtifactProperties.parse(row.properties) }),
  }));
}
