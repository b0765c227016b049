import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zArtifactId } from '../../../lib/ids';
import { requireArtifact } from '../../artifacts/artifact-repository';
import { askQueryProcess } from '../../query/client';
import { zEvaluationAnswer } from '../../query/evaluation-message';
import { procedure, router } from '../trpc';

/** What an Evaluator measured. */
export const evaluationsRouter = router({
  get: procedure
    .input(z.strictObject({ artifactId: zArtifactId }))
    .output(zEvaluationAnswer)
    .query(async ({ ctx, input, signal }) => {
      const artifact = await requireArtifact(ctx.db, input.artifactId);
      if (artifact.type !== 'ModelEvaluation')
        throw new AppError('unsupported', `${artifact.type} holds no evaluation.`);
      return askQueryProcess({ type: 'evaluation', folder: artifact.uri }, { socket: ctx.querySocket, signal });
    }),
});
