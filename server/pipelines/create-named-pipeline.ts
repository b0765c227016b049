/** A new pipeline under a name that nobody has yet: unlike an import, it never becomes a version of another one. */

import { AppError } from '../../lib/errors';
import type { PipelineId } from '../../lib/ids';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import type { Database } from '../db/client';
import { findPipeline, savePipeline } from './pipeline-repository';

/** Stores a document as the first version of a new pipeline. Throws `conflict` where the name is taken. */
export async function createNamedPipeline(
  db: Database,
  { document, baseFolder }: { readonly document: Pipeline; readonly baseFolder: string },
): Promise<PipelineId> {
  return db.transaction(async (tx) => {
    const { id, version, isNewVersion } = await savePipeline(tx, { document, baseFolder, draft: 'keep-draft' });
    if (version === 1 && isNewVersion) return id;
    throw new AppError('conflict', `There is another pipeline named "${document.name}".`, {
      nextStep: 'Give it another name.',
    });
  });
}

/** The name itself where it is free, else the first of `name 2`, `name 3`… that is. */
export async function freePipelineName(db: Database, name: string): Promise<string> {
  let free = name;
  for (let number = 2; (await findPipeline(db, free)) !== undefined; number++) free = `${name} ${number}`;
  return free;
}
