import * as z from 'zod';

import { zDataFamily, zDataset } from '../../../lib/artifact/data-family';
import { zArtifactId } from '../../../lib/ids';
import { listDatasets } from '../../artifacts/data-artifact-repository';
import { loadFamily } from '../../artifacts/family-repository';
import { procedure, router } from '../trpc';

/** Datasets, and which artifacts belong together. */
export const dataRouter = router({
  list: procedure.output(z.array(zDataset)).query(({ ctx }) => listDatasets(ctx.db)),

  family: procedure
    .input(z.strictObject({ artifactId: zArtifactId }))
    .output(zDataFamily)
    .query(({ ctx, input }) => loadFamily(ctx.db, input.artifactId)),
});
