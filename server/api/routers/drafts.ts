import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zPipelineId } from '../../../lib/ids';
import { PIPELINE_FORMAT, zPipeline } from '../../../lib/pipeline/pipeline';
import { createPipeline, duplicatePipeline } from '../../pipelines/create-pipeline';
import { findPipelineRevision } from '../../pipelines/pipeline-repository';
import { procedure, router } from '../trpc';
import type { ApiContext } from '../context';

const zCreated = z.object({ id: zPipelineId, name: z.string() });

/** Documents that people work on: making new ones, and noticing that somebody else changed one. */
export const draftsRouter = router({
  /** Where the document of a pipeline stands; cheap enough to be asked every two seconds by every open editor. */
  revision: procedure
    .input(z.strictObject({ pipelineId: zPipelineId }))
    .output(z.object({ revision: z.number().int(), version: z.number().int(), isEdited: z.boolean() }))
    .query(async ({ ctx, input }) => {
      const found = await findPipelineRevision(ctx.db, input.pipelineId);
      if (found === undefined) throw noPipeline();
      return found;
    }),

  /** A new pipeline, empty or with the document given. A name that is taken gets a number. */
  create: procedure
    .input(
      z.strictObject({
        document: zPipeline.optional(),
        /** Whose folder relative paths start in; default the data folder. */
        like: zPipelineId.optional(),
      }),
    )
    .output(zCreated)
    .mutation(async ({ ctx, input: { document, like } }) =>
      createPipeline(ctx.db, {
        document: document ?? { format: PIPELINE_FORMAT, name: 'New pipeline', nodes: {} },
        baseFolder: (await baseFolderLike(ctx, like)) ?? path.dirname(ctx.artifactsFolder),
      }),
    ),

  duplicate: procedure
    .input(z.strictObject({ pipelineId: zPipelineId }))
    .output(zCreated)
    .mutation(async ({ ctx, input }) => {
      const copy = await duplicatePipeline(ctx.db, input.pipelineId);
      if (copy === undefined) throw noPipeline();
      return copy;
    }),
});

async function baseFolderLike({ db }: ApiContext, like: z.infer<typeof zPipelineId> | undefined) {
  return like === undefined ? undefined : (await findPipelineRevision(db, like))?.baseFolder;
}

function noPipeline(): AppError {
  return new AppError('not-found', 'There is no pipeline at this address.', {
    nextStep: 'Look for it in the list of pipelines.',
  });
}
