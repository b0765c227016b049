import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zArtifactId } from '../../../lib/ids';
import { requireArtifact } from '../../artifacts/artifact-repository';
import { askQueryProcess } from '../../query/client';
import { zRowsAnswer, zStatisticsAnswer } from '../../query/query-message';
import { procedure, router } from '../trpc';

const MAX_ROWS = 200;

/** What an artifact holds, read by the query process. */
export const artifactsRouter = router({
  rows: procedure
    .input(
      z.strictObject({
        artifactId: zArtifactId,
        split: z.string().min(1),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(MAX_ROWS),
      }),
    )
    .output(zRowsAnswer)
    .query(async ({ ctx, input, signal }) => {
      const artifact = await requireArtifact(ctx.db, input.artifactId);
      if (artifact.type !== 'Examples') throw new AppError('unsupported', `${artifact.type} holds no rows.`);
      const { split, offset, limit } = input;
      return askQueryProcess(
        { type: 'rows', folder: artifact.uri, split, offset, limit },
        { socket: ctx.querySocket, signal },
      );
    }),

  statistics: procedure
    .input(z.strictObject({ artifactId: zArtifactId, split: z.string().min(1) }))
    .output(zStatisticsAnswer)
    .query(async ({ ctx, input, signal }) => {
      const artifact = await requireArtifact(ctx.db, input.artifactId);
      if (artifact.type !== 'ExampleStatistics') {
        throw new AppError('unsupported', `${artifact.type} holds no statistics.`);
      }
      return askQueryProcess(
        { type: 'statistics', folder: artifact.uri, split: input.split },
        { socket: ctx.querySocket, signal },
      );
    }),
});
