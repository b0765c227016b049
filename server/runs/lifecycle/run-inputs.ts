/** What an attempt starts from: the document that runs, and the artifacts that its upstream nodes have in this run. */

import { eq, sql } from 'drizzle-orm';

import { zArtifactRef, type ArtifactRef } from '../../../lib/artifact/artifact';
import type { RunId } from '../../../lib/ids';
import { zPipeline, type Pipeline } from '../../../lib/pipeline/pipeline';
import type { Executor } from '../../db/client';
import { runs, type ArtifactFile } from '../../db/schema/index';

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
  /** When it was published, in ms since 1970. */
  readonly publishedAtMs: number;
};

type Row = ArtifactRef & Omit<NodeArtifact, 'ref'>;

const COLUMNS = sql`a.port, a.id, a.type, a.digest, a.uri, a.size_bytes::float8 as "sizeBytes", a.properties, a.files,
  (extract(epoch from a.created_at) * 1000)::float8 as "publishedAtMs"`;

/** Artifacts of these nodes in this run, in order of node, port and position. */
export async function findNodeArtifacts(
  db: Executor,
  runId: RunId,
  nodes: readonly string[],
): Promise<readonly NodeArtifact[]> {
  if (nodes.length === 0) return [];
  const found = await db.execute<Row>(sql`
    select n.node_id as node, ${COLUMNS}
    from node_runs n
    left join executions e on e.run_id = n.run_id and e.node_id = n.node_id
    join artifacts a on a.execution_id = coalesce(e.id, n.reuse_execution_id)
    where n.run_id = ${runId} and n.node_id in ${nodes}
    order by n.node_id, a.port, a.position`);
  return found.rows.map(toNodeArtifact);
}

/** True when any of these nodes was computed in this run, and not reused. */
export async function haveExecuted(db: Executor, runId: RunId, nodes: readonly string[]): Promise<boolean> {
  if (nodes.length === 0) return false;
  const found = await db.execute(sql`
    select 1 from executions where run_id = ${runId} and node_id in ${nodes} limit 1`);
  return found.rows.length > 0;
}

/** Artifacts of an execution, in order of port and position. */
export async function findExecutionArtifacts(
  db: Executor,
  node: string,
  executionId: string,
): Promise<readonly NodeArtifact[]> {
  const found = await db.execute<Row>(sql`
    select ${node}::text as node, ${COLUMNS} from artifacts a
    where a.execution_id = ${executionId} order by a.port, a.position`);
  return found.rows.map(toNodeArtifact);
}

function toNodeArtifact({ node, port, files, publishedAtMs, ...ref }: Row): NodeArtifact {
  return { node, port, files, publishedAtMs, ref: zArtifactRef.parse(ref) };
}
