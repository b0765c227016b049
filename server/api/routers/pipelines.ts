import * as z from 'zod';

import { zPipelineId } from '../../../lib/ids';
import { zPipeline } from '../../../lib/pipeline/pipeline';
import { zSelection } from '../../../lib/pipeline/selection';
import { zPlanDecision } from '../../../lib/run/run';
import { listPipelineOverviews, zPipelineOverview } from '../../pipelines/pipeline-overview-repository';
import { requirePipeline, saveDraft } from '../../pipelines/pipeline-repository';
import { expectNodes } from '../../runs/expect-nodes';
import { planRun } from '../../runs/plan-run';
import { procedure, router } from '../trpc';

const zLaunch = z.strictObject({
  pipelineId: zPipelineId,
  /** False runs every node, whatever is there already. */
  reuse: z.boolean(),
  /** Default: every node. */
  selection: zSelection.default({ type: 'all' }),
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
        /** True where the document differs from that version. */
        isEdited: z.boolean(),
        /** Counts the changes of the document; `saveDraft` takes the one that it goes out from. */
        revision: z.number().int(),
        document: zPipeline,
        baseFolder: z.string(),
        updatedAt: z.string(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { createdAt: _createdAt, updatedAt, ...stored } = await requirePipeline(ctx.db, input.pipelineId);
      return { ...stored, updatedAt: updatedAt.toISOString() };
    }),

  /** Keeps the document as it is being edited. `conflict` when somebody changed it since `revision`. */
  saveDraft: procedure
    .input(z.strictObject({ pipelineId: zPipelineId, revision: z.number().int(), document: zPipeline }))
    .output(z.object({ revision: z.number().int() }))
    .mutation(async ({ ctx, input: { pipelineId, ...draft } }) => ({
      revision: await ctx.db.transaction((tx) => saveDraft(tx, { id: pipelineId, ...draft })),
    })),

  plan: procedure
    .input(zLaunch)
    .output(
      z.array(
        z.object({
          node: z.string(),
          decision: zPlanDecision,
          reason: z.string(),
          /** Nodes whose outputs it takes. */
          upstream: z.array(z.string()),
          /** Median of earlier executions in ms; absent where there were none, and where none is needed. */
          expectedMs: z.number().optional(),
          /** For `reuse`: the run whose outputs are taken. */
          fromRunNumber: z.number().int().optional(),
        }),
      ),
    )
    .query(async ({ ctx, input }) => {
      const { plan } = await planRun(ctx, {
        pipeline: { name: input.pipelineId },
        values: { params: {}, set: [] },
        selection: input.selection,
        reuse: input.reuse,
      });
      const expected = await expectNodes(ctx.db, input.pipelineId, plan.nodes);
      return plan.nodes.map(({ node, decision, reason, upstream, from }) => ({
        node,
        decision,
        reason,
        upstream: [...upstream],
        expectedMs: expected.get(node),
        ...(from !== undefined && { fromRunNumber: from.runNumber }),
      }));
    }),
});
