/** Pipelines and their versions: rows in and out as domain values. */

import { and, asc, eq, ne, sql } from 'drizzle-orm';

import { AppError } from '../../lib/errors';
import { digestOf } from '../../lib/hash';
import { zPipelineId, type PipelineId } from '../../lib/ids';
import { zPipeline, type Pipeline } from '../../lib/pipeline/pipeline';
import type { Executor, Transaction } from '../db/client';
import { newId } from '../db/new-id';
import { pipelines, pipelineVersions } from '../db/schema/index';

/** A pipeline with its document: the draft that is being edited where there is one, else the current version. */
export type StoredPipeline = {
  readonly id: PipelineId;
  readonly name: string;
  /** The newest version. Versions are what was run, imported or kept by name; each is never changed. */
  readonly version: number;
  /** True where the document differs from that version. */
  readonly isEdited: boolean;
  /** Counts the changes of the document. */
  readonly revision: number;
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

/** The pipeline of that id, as a screen asks for it. Throws `not-found`. */
export async function requirePipeline(db: Executor, id: string): Promise<StoredPipeline> {
  const stored = await findPipeline(db, id);
  if (stored !== undefined) return stored;
  throw new AppError('not-found', 'There is no pipeline at this address.', {
    nextStep: 'Look for it in the list of pipelines.',
  });
}

/** Every pipeline, by name. */
export async function listStoredPipelines(db: Executor): Promise<readonly StoredPipeline[]> {
  const rows = await selectPipelines(db).orderBy(asc(pipelines.name));
  return rows.map(toStored);
}

/** The name of every pipeline. */
export async function listPipelineNames(db: Executor): Promise<readonly string[]> {
  const rows = await db.select({ name: pipelines.name }).from(pipelines);
  return rows.map(({ name }) => name);
}

/** What changes when somebody edits a pipeline, without its document. */
export type PipelineRevision = Pick<StoredPipeline, 'revision' | 'version' | 'isEdited' | 'baseFolder'>;

/** Where the document of a pipeline stands, or undefined when there is none of that id. */
export async function findPipelineRevision(db: Executor, id: PipelineId): Promise<PipelineRevision | undefined> {
  const [row] = await db
    .select({
      revision: pipelines.revision,
      version: pipelines.currentVersion,
      isEdited: sql<boolean>`${pipelines.draft} is not null`,
      baseFolder: pipelines.baseFolder,
    })
    .from(pipelines)
    .where(eq(pipelines.id, id));
  return row;
}

/** A document that becomes a version. */
export type NewVersion = {
  readonly document: Pipeline;
  /** Where relative paths in it start. Absolute. */
  readonly baseFolder: string;
  /**
   * What becomes of a draft that says something else. `keep-draft`: it goes on being edited (a run of what was stored a
   * moment ago). `replace`: it is kept as a version of its own, and the document given is the current one (an import).
   */
  readonly draft: 'keep-draft' | 'replace';
};

/**
 * Stores a document as a version under its name. The same document makes no new version; another base folder is
 * remembered without one. Holds the pipeline's row until the transaction ends, so that two importers get two versions.
 */
export async function savePipeline(
  tx: Transaction,
  { document, baseFolder, draft }: NewVersion,
): Promise<{ readonly id: PipelineId; readonly version: number; readonly isNewVersion: boolean }> {
  const [row] = await tx
    .insert(pipelines)
    .values({ id: newId('pipe'), name: document.name, currentVersion: 0, baseFolder })
    .onConflictDoUpdate({ target: pipelines.name, set: { baseFolder } })
    .returning();
  if (row === undefined) throw new Error('an upsert returned no row');
  const id = zPipelineId.parse(row.id);
  const wasDraft = row.draft === null ? undefined : zPipeline.parse(row.draft);
  const isDraft = wasDraft !== undefined && digestOf(wasDraft) === digestOf(document);
  const replaced = draft === 'replace' && wasDraft !== undefined && !isDraft ? wasDraft : undefined;
  const before = { id, version: row.currentVersion };
  const base = replaced === undefined ? before : { id, version: (await addVersion(tx, before, replaced)).version };
  const added = await addVersion(tx, base, document);
  const keepsDraft = draft === 'keep-draft' && wasDraft !== undefined && !isDraft;
  const isChange = replaced !== undefined || (added.isNewVersion && !isDraft && !keepsDraft && row.currentVersion > 0);
  if (added.version !== row.currentVersion || wasDraft !== undefined)
    await tx
      .update(pipelines)
      .set({
        currentVersion: added.version,
        updatedAt: sql`now()`,
        revision: isChange ? row.revision + 1 : row.revision,
        ...(!keepsDraft && { draft: null }),
      })
      .where(eq(pipelines.id, id));
  return { id, ...added };
}

async function addVersion(tx: Transaction, { id, version }: { id: PipelineId; version: number }, document: Pipeline) {
  const digest = digestOf(document);
  const [current] = await tx
    .select({ digest: pipelineVersions.digest })
    .from(pipelineVersions)
    .where(and(eq(pipelineVersions.pipelineId, id), eq(pipelineVersions.version, version)));
  if (current?.digest === digest) return { version, isNewVersion: false };
  await tx.insert(pipelineVersions).values({ pipelineId: id, version: version + 1, document, digest });
  return { version: version + 1, isNewVersion: true };
}

/** A document as it is being edited. */
export type DraftChange = {
  readonly id: PipelineId;
  /** The revision that the editor had seen. */
  readonly revision: number;
  readonly document: Pipeline;
};

/**
 * Keeps a draft, if nobody changed the document since `revision`. Returns the new revision. Throws `conflict` when
 * somebody did, or when another pipeline has the document's name, and `not-found`.
 */
export async function saveDraft(tx: Transaction, { id, revision, document }: DraftChange): Promise<number> {
  const [row] = await tx.select().from(pipelines).where(eq(pipelines.id, id)).for('update');
  if (row === undefined)
    throw new AppError('not-found', 'This pipeline is not stored any more.', {
      nextStep: 'Export it as a file to keep what you see.',
    });
  if (row.revision !== revision)
    throw new AppError('conflict', `"${row.name}" was changed elsewhere.`, {
      nextStep: 'Look at what changed there, then keep yours or take theirs.',
    });
  await refuseTakenName(tx, id, document.name);
  const [current] = await tx
    .select({ digest: pipelineVersions.digest })
    .from(pipelineVersions)
    .where(and(eq(pipelineVersions.pipelineId, id), eq(pipelineVersions.version, row.currentVersion)));
  const isEdited = current?.digest !== digestOf(document);
  await tx
    .update(pipelines)
    .set({
      name: document.name,
      draft: isEdited ? document : null,
      revision: revision + 1,
      updatedAt: sql`now()`,
    })
    .where(eq(pipelines.id, id));
  return revision + 1;
}

async function refuseTakenName(tx: Transaction, id: PipelineId, name: string): Promise<void> {
  const [other] = await tx
    .select({ id: pipelines.id })
    .from(pipelines)
    .where(and(eq(pipelines.name, name), ne(pipelines.id, id)));
  if (other !== undefined)
    throw new AppError('conflict', `There is another pipeline named "${name}".`, { nextStep: 'Give it another name.' });
}

function selectPipelines(db: Executor) {
  return db
    .select({
      id: pipelines.id,
      name: pipelines.name,
      version: pipelines.currentVersion,
      revision: pipelines.revision,
      draft: pipelines.draft,
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

function toStored({ id, document, draft, ...rest }: Row): StoredPipeline {
  return { id: zPipelineId.parse(id), document: zPipeline.parse(draft ?? document), isEdited: draft !== null, ...rest };
}
