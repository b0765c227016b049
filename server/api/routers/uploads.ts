import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zPipelineId, zUploadId } from '../../../lib/ids';
import { zPipeline } from '../../../lib/pipeline/pipeline';
import { zTableProfile } from '../../../lib/proposal/table-profile';
import { MAX_UPLOAD_FILES, zOfferedFile, zUpload } from '../../../lib/upload/upload';
import { rememberFiles } from '../../artifacts/source-file-repository';
import { createPipeline } from '../../pipelines/create-pipeline';
import { askQueryProcess } from '../../query/client';
import { addHeader } from '../../uploads/add-header';
import { discardUpload, finishUpload, listUnfinished } from '../../uploads/finish-upload';
import { startUpload } from '../../uploads/start-upload';
import { describeUpload, requireUpload } from '../../uploads/upload-folder';
import { procedure, router } from '../trpc';

const zOne = z.strictObject({ uploadId: zUploadId });
const MAX_COLUMNS = 20_000;

/** Files that a person brings. Their bytes travel by `PUT /api/uploads/<upload>/<file>?offset=…`. */
export const uploadsRouter = router({
  /** What an upload may have, in bytes. */
  limits: procedure
    .output(z.object({ limitBytes: z.number() }))
    .query(({ ctx }) => ({ limitBytes: ctx.uploads.limitBytes })),

  /** Begins an upload, or finds the unfinished one of the same files. */
  start: procedure
    .input(z.strictObject({ files: z.array(zOfferedFile).max(MAX_UPLOAD_FILES) }))
    .output(zUpload)
    .mutation(({ ctx, input }) => startUpload(ctx.uploads, input.files)),

  get: procedure
    .input(zOne)
    .output(zUpload)
    .query(async ({ ctx, input }) => {
      const { folder, description, isFinished } = await requireUpload(ctx.uploads.root, input.uploadId);
      return describeUpload(folder, description, isFinished);
    }),

  /** Uploads that wait for the rest of their bytes. */
  unfinished: procedure
    .output(z.array(zUpload))
    .query(async ({ ctx }) => [...(await listUnfinished(ctx.uploads.root, Date.now()))]),

  /** Puts an upload whose bytes are all there at its place. */
  finish: procedure
    .input(zOne)
    .output(z.object({ folder: z.string(), baseFolder: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { folder, known } = await finishUpload(ctx.uploads.root, input.uploadId);
      await rememberFiles(ctx.db, known);
      return { folder: path.basename(folder), baseFolder: ctx.uploads.root };
    }),

  /** Ends an upload and removes what has arrived of it. */
  discard: procedure.input(zOne).mutation(({ ctx, input }) => discardUpload(ctx.uploads.root, input.uploadId)),

  /** What is known of a finished upload's table. */
  profile: procedure
    .input(zOne)
    .output(zTableProfile)
    .query(async ({ ctx, input, signal }) => {
      const { folder, isFinished } = await requireUpload(ctx.uploads.root, input.uploadId);
      if (!isFinished) throw new AppError('conflict', 'The upload is not finished yet.');
      return askQueryProcess({ type: 'profile', folder: path.basename(folder) }, { socket: ctx.querySocket, signal });
    }),

  /** Puts a line of names before the first line of every file of the upload. */
  addHeader: procedure
    .input(zOne.extend({ names: z.array(z.string().max(1_000)).min(1).max(MAX_COLUMNS) }))
    .mutation(({ ctx, input }) => addHeader(ctx.uploads.root, input.uploadId, input.names)),

  /** Stores a new pipeline whose paths start where uploads lie. A name that is taken gets a number. */
  createPipeline: procedure
    .input(z.strictObject({ document: zPipeline }))
    .output(z.object({ pipelineId: zPipelineId }))
    .mutation(async ({ ctx, input }) => {
      const { id } = await createPipeline(ctx.db, { document: input.document, baseFolder: ctx.uploads.root });
      return { pipelineId: id };
    }),
});
