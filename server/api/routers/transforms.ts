import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zArtifactId } from '../../../lib/ids';
import { requireArtifact } from '../../artifacts/artifact-repository';
import { askQueryProcess } from '../../query/client';
import { zTransformGraphAnswer } from '../../query/transform-graph-message';
import { procedure, router } from '../trpc';

/** What Transform learned. */
export const transformsRouter = router({
  graph: procedure
    .input(z.strictObject({ artifactId: zArtifactId }))
    .output(zTransformGraphAnswer)
    .query(async ({ ctx, input, signal }) => {
      const artifact = await requireArtifact(ctx.db, input.artifactId);
      if (artifact.type !== 'TransformGraph')
        throw new AppError('unsupported', `${artifact.type} holds no transform graph.`);
      return askQueryProcess({ type: 'transform-graph', folder: artifact.uri }, { socket: ctx.querySocket, signal });
    }),
});
