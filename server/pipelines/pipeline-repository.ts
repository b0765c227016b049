/** Pipelines and their versions: rows in and out as domain values. */

import { and, asc, eq, sql } from 'drizzle-orm';

import { digestOf } from '../../lib/hash';
import { zPipelineId, type PipelineId } from '../../lib/ids';
import { zPipeline, type Pipeline } from '../../lib/pipeline/pipeline';
import type { Executor, Transaction } from '../db/client';
import { newId } from '../db/new-id';
import { pipelines, pipelineVersions } from '../db/schema/index';

/** A pipeline with the document of its current version. */
export type StoredPipeline = {
  readonly id: PipelineId;
  readonly name: string;
  readonly version: number;
  readonly document: Pipeline;
  /** Where relative paths in its parameters start. Absolute. */
  readonly baseFolder: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** The pipeline of that name or id, or undefined. */
export async function findPipeline(db: Executor, nameOrId: string): Promise<StoredPipeline | undefined> {
  const isId = zPipelineId.safeParse(nameOrId).success;
  const [row] = await selectPipelines(db)
    .where(isId ? eq(pipelines.id, nameOrId) : eq(pipelines.name, nameOrId))
    .limit(1);
  return row === undefined ? undefined : toStored(row);
}

/** Every pipeline, by name. */
export async function listStoredPipelines(db: Executor): Promise<readonly StoredPipeline[]> {
  const rows = await selectPipelines(db).orderBy(asc(pipelines.name));
  return rows.map(toStored);
}

/**
 * Stores a document under its name. The same document makes no new version; another base folder is remembered without
 * one. Holds the pipeline's row until the transaction ends, so that two importers get two versions.
 */
export async function savePipeline(
  tx: Transaction,
  document: Pipeline,
  baseFolder: string,
): Promise<{ readonly id: PipelineId; readonly version: number; readonly isNewVersion: boolean }> {
  const digest = digestOf(document);
  const [row] = await tx
    .insert(pipelines)
    .values({ id: newId('pipe'), name: document.name, currentVersion: 0, baseFolder })
    .onConflictDoUpdate({ target: pipelines.name, set: { baseFolder } })
    .returning();
  if (row === undefined) throw new Error('an upsert returned no row');
  const id = zPipelineId.parse(row.id);
  const [current] = await tx
    .select({ digest: pipelineVersions.digest })
    .from(pipelineVersions)
    .where(and(eq(pipelineVersions.pipelineId, id), eq(pipelineVersions.version, row.currentVersion)));
  if (current?.digest === digest) return { id, version: row.currentVersion, isNewVersion: false };
  const version = row.currentVersion + 1;
  await tx.insert(pipelineVersions).values({ pipelineId: id, version, document, digest });
  await tx
    .update(pipelines)
    .set({ currentVersion: version, updatedAt: sql`now()` })
    .where(eq(pipelines.id, id));
  return { id, version, isNewVersion: true };
}

function selectPipelines(db: Executor) {
  return db
    .select({
      id: pipelines.id,
      name: pipelines.name,
      version: pipelines.currentVersion,
      document: pipelineVersions.document,
      baseFolder: pipelines.baseFolder,
      createdAt: pipelines.createdAt,
      updatedAt: pipelines.updatedAt,
    })
    .from(pipelines)
    .innerJoin(
      pipelineVersions,
      and(eq(pipelineVersions.pipelineId, pipelines.id), eq(pipelineVersions.version, pipelines.currentVersion)),
    );
}

type Row = Awaited<ReturnType<typeof selectPipelines>>[number];

function toStored({ id, document, ...rest }: Row): StoredPipeline {
  return { id: zPipelineId.parse(id), document: zPipeline.parse(document), ...rest };
}
