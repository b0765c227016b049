/** New pipelines: empty ones, copies, and files that somebody brought. Each gets a name that is free. */

import { freshName } from '../../lib/pipeline/fresh-name';
import type { PipelineId } from '../../lib/ids';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import type { Database } from '../db/client';
import { findPipeline, listPipelineNames, savePipeline } from './pipeline-repository';

/** What a pipeline begins with. */
export type NewPipeline = {
  /** Its name is a wish: where it is taken, a number is added. */
  readonly document: Pipeline;
  /** Where relative paths in it start. Absolute. */
  readonly baseFolder: string;
};

/** The pipeline as it was stored. */
export type CreatedPipeline = { readonly id: PipelineId; readonly name: string };

/** Stores a new pipeline as version 1. */
export async function createPipeline(db: Database, { document, baseFolder }: NewPipeline): Promise<CreatedPipeline> {
  return db.transaction(async (tx) => {
    const name = freshName(document.name, await listPipelineNames(tx));
    // A name that somebody takes between the two is met by `on conflict`: both get the same pipeline, nothing is lost.
    const { id } = await savePipeline(tx, { document: { ...document, name }, baseFolder, draft: 'replace' });
    return { id, name };
  });
}

/** Copies a pipeline as it is being edited. Undefined when there is none of that id. */
export async function duplicatePipeline(db: Database, id: PipelineId): Promise<CreatedPipeline | undefined> {
  const stored = await findPipeline(db, id);
  if (stored === undefined) return undefined;
  const { document, baseFolder } = stored;
  return createPipeline(db, { document: { ...document, name: `${document.name} (copy)` }, baseFolder });
}
