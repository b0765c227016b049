import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zPipelineId } from '../../../lib/ids';
import { zPipeline } from '../../../lib/pipeline/pipeline';
import { zPlanDecision } from '../../../lib/run/run';
import { listPipelineOverviews, zPipelineOverview } from '../../pipelines/pipeline-overview-repository';
import { findPipeline } from '../../pipelines/pipeline-repository';
import { planRun } from '../../runs/plan-run';
import { procedure, router } from '../trpc';

const zLaunch = z.strictObject({
  pipelineId: zPipelineId,
  /** False runs every node, whatever is there already. */
  reuse: z.boolean(),
});

/** Pipelines: list, one, what a run of it would do. */
export const pipelinesRouter = router({
  list: procedure.output(z.array(zPipelineOverview)).query(({ ctx }) => listPipelineOverviews(ctx.db)),

  get: procedure
    .input(z.strictObject({ pipelineId: zPipelineId }))
    .output(
      z.object({
        id: zPipelineId,
        name: z.string(),
        version: z.number().int(),
        document: zPipeline,
        baseFolder: z.string(),
        updatedAt: z.string(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { createdAt: _createdAt, updatedAt, ...stored } = await requirePipeline(ctx.db, input.pipelineId);
      return { ...stored, updatedAt: updatedAt.toISOString() };
    }),

  plan: procedure
    .input(zLaunch)
    .output(z.array(z.object({ node: z.string(), decision: zPlanDecision, reason: z.string() })))
    .query(async ({ ctx, input }) => {
      const { plan } = await planRun(ctx, {
        pipeline: { name: input.pipelineId },
        values: { params: {}, set: [] },
        selection: { type: 'all' },
        reuse: input.reuse,
      });
      return plan.nodes.map(({ node, decision, reason }) => ({ node, decision, reason }));
    }),
});

async function requirePipeline(db: Parameters<typeof findPipeline>[0], id: string) {
  const stored = await findPipeline(db, id);
  if (stored !== undefined) return stored;
  throw new AppError('not-found', 'There is no pipeline at this address.', {
    nextStep: 'Look for it in the list of pipelines.',
  });
}
