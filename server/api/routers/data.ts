import * as z from 'zod';

import { zDataArtifact, zDataFamily, zDataset } from '../../../lib/artifact/data-family';
import { ARTIFACT_TYPES } from '../../../lib/artifact/artifact';
import { zArtifactId, zRunId } from '../../../lib/ids';
import { listDatasets, listNewest } from '../../artifacts/data-artifact-repository';
import { loadFamily } from '../../artifacts/family-repository';
import { procedure, router } from '../trpc';

/** Datasets, and which artifacts belong together. */
export const dataRouter = router({
  list: procedure.output(z.array(zDataset)).query(({ ctx }) => listDatasets(ctx.db)),

  /** The newest artifact of a type of each node: what can be compared with. */
  newest: procedure
    .input(z.strictObject({ type: z.enum(ARTIFACT_TYPES) }))
    .output(z.array(zDataArtifact))
    .query(async ({ ctx, input }) => [...(await listNewest(ctx.db, input.type))]),

  /** With a run, as that run has the artifact. */
  family: procedure
    .input(z.strictObject({ artifactId: zArtifactId, runId: zRunId.optional() }))
    .output(zDataFamily)
    .query(({ ctx, input }) => loadFamily(ctx.db, input.artifactId, input.runId)),
});
