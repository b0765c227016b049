/** Which schema a pipeline uses, and changing it: another version, a new one, or inferring again. */

import { createHash } from 'node:crypto';
import path from 'node:path';

import { parseSchemaText } from '../../lib/artifact/data-schema';
import type { SchemaHistory, SchemaNode, SchemaOrigin, SchemaUse } from '../../lib/artifact/schema-version';
import { AppError } from '../../lib/errors';
import { zNodeId, type Pipeline } from '../../lib/pipeline/pipeline';
import { inferSchemaAgain, isSchemaSource, readSchemaFile, schemaFileOf } from '../../lib/pipeline/schema-source';
import type { Database, Executor, Transaction } from '../db/client';
import { findPipeline, saveDraft, type StoredPipeline } from '../pipelines/pipeline-repository';
import { findVersionOfFile, schemaVersionFile, writeSchemaVersion } from './schema-files';
import {
  addSchemaVersion,
  findInferringNode,
  listSchemaVersions,
  requireSchemaText,
} from './schema-version-repository';

/** What the use-cases of schemas work with. */
export type SchemaContext = {
  readonly db: Database;
  /** Where the files of versions lie. Absolute. */
  readonly schemasFolder: string;
};

/** A change of the pipeline's document goes out from the revision that the person saw. */
export type RevisedNode = SchemaNode & { readonly revision: number };

/** A node's schema as the pipeline's document has it. */
export type SchemaPlace = {
  readonly pipeline: StoredPipeline;
  /** Whose versions it uses: another node's where the node was renamed since. */
  readonly owner: SchemaNode;
  readonly use: SchemaUse;
};

/** Looks up where a node's schema comes from. Throws `not-found` where the pipeline is not stored. */
export async function findSchemaPlace(db: Executor, schemasFolder: string, node: SchemaNode): Promise<SchemaPlace> {
  const pipeline = await findPipeline(db, node.pipelineId);
  if (pipeline === undefined) throw new AppError('not-found', 'This pipeline is not stored any more.');
  const inPipeline = pipeline.document.nodes[node.nodeId];
  if (!isSchemaSource(inPipeline)) return { pipeline, owner: node, use: { type: 'gone' } };
  if (inPipeline.component === 'SchemaGen') return { pipeline, owner: node, use: { type: 'inferred' } };
  const file = schemaFileOf(pipeline.document, node.nodeId);
  if (file === undefined) return { pipeline, owner: node, use: { type: 'file', path: 'a pipeline parameter' } };
  const version = findVersionOfFile(schemasFolder, node.pipelineId, path.resolve(pipeline.baseFolder, file));
  const owner = zNodeId.safeParse(version?.nodeId);
  if (version === undefined || !owner.success) return { pipeline, owner: node, use: { type: 'file', path: file } };
  return {
    pipeline,
    owner: { pipelineId: node.pipelineId, nodeId: owner.data },
    use: { type: 'version', number: version.number },
  };
}

/** The versions of a node's schema, and which one the pipeline uses. */
export async function loadSchemaHistory(
  { db, schemasFolder }: SchemaContext,
  node: SchemaNode,
): Promise<SchemaHistory> {
  const { pipeline, owner, use } = await findSchemaPlace(db, schemasFolder, node);
  return { versions: [...(await listSchemaVersions(db, owner))], use, revision: pipeline.revision };
}

/** The text of a version of a node's schema. */
export async function loadSchemaText(
  { db, schemasFolder }: SchemaContext,
  node: SchemaNode,
  number: number,
): Promise<string> {
  const { owner } = await findSchemaPlace(db, schemasFolder, node);
  return requireSchemaText(db, owner, number);
}

/** A schema that is to become a version. */
export type SchemaDraft = {
  readonly text: string;
  readonly origin: SchemaOrigin;
  readonly note: string;
  readonly author: string;
};

/** What became of it. */
export type SavedSchema = {
  readonly number: number;
  /** False where the newest version has the same text. */
  readonly isNew: boolean;
  /** Of the pipeline's document. */
  readonly revision: number;
};

/**
 * Keeps a schema as a new version and, where `use` is set, lets the pipeline use it. Throws `invalid-input` with line and
 * column where the text is no schema, and `conflict` where the pipeline was changed since the revision.
 */
export async function saveSchemaVersion(
  { db, schemasFolder }: SchemaContext,
  node: RevisedNode & { readonly use: boolean },
  draft: SchemaDraft,
): Promise<SavedSchema> {
  return db.transaction((tx) => storeSchemaVersion(tx, schemasFolder, { node, draft }));
}

/** {@link saveSchemaVersion} within a transaction. A file without its row, of one that failed, is written anew by the next. */
export async function storeSchemaVersion(
  tx: Transaction,
  schemasFolder: string,
  { node, draft }: { readonly node: RevisedNode & { readonly use: boolean }; readonly draft: SchemaDraft },
): Promise<SavedSchema> {
  const { pipelineId, nodeId, revision, use } = node;
  const { text } = draft;
  const schema = parseSchemaText(text);
  const { owner } = await findSchemaPlace(tx, schemasFolder, { pipelineId, nodeId });
  const digest = createHash('sha256').update(text).digest('hex');
  const saved = await addSchemaVersion(tx, owner, { ...draft, digest, featureCount: schema.feature.length });
  await writeSchemaVersion(schemasFolder, { ...owner, number: saved.number }, text);
  if (!use) return { ...saved, revision };
  const used = await useVersion(tx, schemasFolder, { pipelineId, nodeId, revision, number: saved.number });
  return { ...saved, revision: used };
}

/** Lets the pipeline use a version. Returns the new revision; throws as {@link saveSchemaVersion} does. */
export async function useSchemaVersion(
  { db, schemasFolder }: SchemaContext,
  change: RevisedNode & { readonly number: number },
): Promise<number> {
  return db.transaction(async (tx) => {
    const { owner } = await findSchemaPlace(tx, schemasFolder, change);
    const text = await requireSchemaText(tx, owner, change.number);
    // The file may have been lost with a copied data folder; its row has not.
    await writeSchemaVersion(schemasFolder, { ...owner, number: change.number }, text);
    return useVersion(tx, schemasFolder, change);
  });
}

async function useVersion(
  tx: Transaction,
  schemasFolder: string,
  change: RevisedNode & { readonly number: number },
): Promise<number> {
  const { owner, pipeline } = await findSchemaPlace(tx, schemasFolder, change);
  const file = schemaVersionFile(schemasFolder, { ...owner, number: change.number });
  return changeDocument(tx, change, readSchemaFile(requireSource(pipeline, change), change.nodeId, file));
}

/** Lets SchemaGen infer the schema again, as the last version of the pipeline did that had it. Returns the new revision. */
export async function inferSchemaInstead({ db }: SchemaContext, change: RevisedNode): Promise<number> {
  return db.transaction(async (tx) => {
    const pipeline = await findPipeline(tx, change.pipelineId);
    if (pipeline === undefined) throw new AppError('not-found', 'This pipeline is not stored any more.');
    const before = await findInferringNode(tx, change);
    if (before === undefined)
      throw new AppError('not-found', `No version of the pipeline infers the schema at ${change.nodeId}.`, {
        nextStep: 'Put a SchemaGen on the canvas and wire it in its place.',
      });
    return changeDocument(tx, change, inferSchemaAgain(requireSource(pipeline, change), change.nodeId, before));
  });
}

function requireSource({ document, name }: StoredPipeline, { nodeId }: SchemaNode): Pipeline {
  if (isSchemaSource(document.nodes[nodeId])) return document;
  throw new AppError('conflict', `"${name}" has no schema at ${nodeId} any more.`, {
    nextStep: 'The version is kept. Open the pipeline and choose the schema there with an ImportSchemaGen.',
  });
}

async function changeDocument(tx: Transaction, { pipelineId, revision }: RevisedNode, document: Pipeline) {
  return saveDraft(tx, { id: pipelineId, revision, document });
}
