/** Versions of curated schemas and decisions about anomalies: rows in and out as domain values. */

import { and, desc, eq, sql } from 'drizzle-orm';

import {
  zAnomalyDecision,
  zSchemaVersion,
  type AnomalyDecision,
  type DecidedAnomaly,
  type SchemaNode,
  type SchemaOrigin,
  type SchemaVersion,
} from '../../lib/artifact/schema-version';
import { AppError } from '../../lib/errors';
import type { PipelineId } from '../../lib/ids';
import { zPipelineNode, type PipelineNode } from '../../lib/pipeline/pipeline';
import type { Executor, Transaction } from '../db/client';
import { anomalyDecisions, pipelines, pipelineVersions, schemaVersions } from '../db/schema/index';

/** A version that is to be kept. */
export type NewSchemaVersion = {
  readonly text: string;
  /** SHA-256 of the text, in hex. */
  readonly digest: string;
  readonly origin: SchemaOrigin;
  readonly note: string;
  readonly author: string;
  readonly featureCount: number;
};

const ofNode = ({ pipelineId, nodeId }: SchemaNode) =>
  and(eq(schemaVersions.pipelineId, pipelineId), eq(schemaVersions.nodeId, nodeId));

/** The versions of a node's schema, newest first. */
export async function listSchemaVersions(db: Executor, node: SchemaNode): Promise<readonly SchemaVersion[]> {
  const { number, digest, origin, note, author, featureCount, createdAt } = schemaVersions;
  const rows = await db
    .select({ number, digest, origin, note, author, featureCount, createdAt })
    .from(schemaVersions)
    .where(ofNode(node))
    .orderBy(desc(number));
  return rows.map((row) => zSchemaVersion.parse({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** The text of a version. Throws `not-found`. */
export async function requireSchemaText(db: Executor, node: SchemaNode, number: number): Promise<string> {
  const [row] = await db
    .select({ text: schemaVersions.text })
    .from(schemaVersions)
    .where(and(ofNode(node), eq(schemaVersions.number, number)));
  if (row !== undefined) return row.text;
  throw new AppError('not-found', `There is no version ${number} of the schema of ${node.nodeId}.`, {
    nextStep: 'The list of versions shows those that there are.',
  });
}

/**
 * Keeps a version and returns its number. The text of the newest version again makes no other one. Holds the pipeline's
 * row until the transaction ends, so that two people who save at once get two numbers.
 */
export async function addSchemaVersion(
  tx: Transaction,
  node: SchemaNode,
  version: NewSchemaVersion,
): Promise<{ readonly number: number; readonly isNew: boolean }> {
  const [pipeline] = await tx
    .select({ id: pipelines.id })
    .from(pipelines)
    .where(eq(pipelines.id, node.pipelineId))
    .for('update');
  if (pipeline === undefined) throw new AppError('not-found', 'This pipeline is not stored any more.');
  const [newest] = await listSchemaVersions(tx, node);
  if (newest?.digest === version.digest) return { number: newest.number, isNew: false };
  const number = (newest?.number ?? 0) + 1;
  await tx.insert(schemaVersions).values({ ...node, number, ...version });
  return { number, isNew: true };
}

/** The node as it last inferred its schema in a version of the pipeline; undefined where it never did. */
export async function findInferringNode(db: Executor, { pipelineId, nodeId }: SchemaNode) {
  const node = sql<PipelineNode>`${pipelineVersions.document} -> 'nodes' -> ${nodeId}::text`;
  const [row] = await db
    .select({ node })
    .from(pipelineVersions)
    .where(and(eq(pipelineVersions.pipelineId, pipelineId), sql`${node} ->> 'component' = 'SchemaGen'`))
    .orderBy(desc(pipelineVersions.version))
    .limit(1);
  return row === undefined ? undefined : zPipelineNode.parse(row.node);
}

/** A decision that is to be remembered. */
export type NewDecision = {
  readonly pipelineId: PipelineId;
  /** The node that found the anomaly. */
  readonly nodeId: string;
  readonly artifactId: string;
  readonly runNumber: number;
  readonly anomaly: DecidedAnomaly;
  readonly schemaNodeId: string;
  readonly schemaVersion: number;
  readonly author: string;
};

/** Remembers that anomalies were accepted into the schema. */
export async function addDecisions(tx: Transaction, decisions: readonly NewDecision[]): Promise<void> {
  if (decisions.length === 0) return;
  await tx
    .insert(anomalyDecisions)
    .values(decisions.map((decision) => ({ ...decision, decision: 'accepted' as const })));
}

/** Decisions that one answer holds. */
const MAX_DECISIONS = 200;

/** The decisions about what a node found, newest first. */
export async function listDecisions(
  db: Executor,
  { pipelineId, nodeId }: SchemaNode,
): Promise<readonly AnomalyDecision[]> {
  const rows = await db
    .select()
    .from(anomalyDecisions)
    .where(and(eq(anomalyDecisions.pipelineId, pipelineId), eq(anomalyDecisions.nodeId, nodeId)))
    .orderBy(desc(anomalyDecisions.id))
    .limit(MAX_DECISIONS);
  return rows.map((row) => zAnomalyDecision.parse({ ...row, createdAt: row.createdAt.toISOString() }));
}
