import * as z from 'zod';

import { zFeatureDetail, type StatisticsPage } from '../../../lib/artifact/statistics-table';
import { AppError } from '../../../lib/errors';
import { zArtifactId } from '../../../lib/ids';
import { requireArtifact } from '../../artifacts/artifact-repository';
import { askQueryProcess } from '../../query/client';
import { zTableOffset } from '../../query/statistics-request';
import type { ApiContext } from '../context';
import { procedure, router } from '../trpc';

const zDataset = z.strictObject({
  artifactId: zArtifactId,
  split: z.string().min(1).max(200),
  slice: z.string().max(10_000).optional(),
});
const zDatasets = z.array(zDataset).min(1).max(2);

/** Statistics of one dataset, or of two side by side. */
export const statisticsRouter = router({
  table: procedure
    .input(
      z.strictObject({
        datasets: zDatasets,
        offset: zTableOffset.default(0),
        /** Most rows; a page ends before where its answer would grow too long. */
        limit: z.number().int().min(1).optional(),
        withQuantiles: z.boolean().default(false),
      }),
    )
    // It was parsed as it came from the query process: thousands of rows are not looked through again.
    .output(z.custom<StatisticsPage>())
    .query(async ({ ctx, input: { offset, limit, withQuantiles, ...input }, signal }) => {
      const datasets = await addressesOf(ctx, input.datasets);
      return askQueryProcess(
        { type: 'statistics-table', datasets, offset, limit, withQuantiles },
        { socket: ctx.querySocket, signal },
      );
    }),

  feature: procedure
    .input(z.strictObject({ datasets: zDatasets, key: z.string().max(100_000) }))
    .output(zFeatureDetail)
    .query(async ({ ctx, input, signal }) => {
      const datasets = await addressesOf(ctx, input.datasets);
      return askQueryProcess(
        { type: 'statistics-feature', datasets, key: input.key },
        { socket: ctx.querySocket, signal },
      );
    }),
});

function addressesOf(ctx: ApiContext, datasets: z.infer<typeof zDatasets>) {
  return Promise.all(
    datasets.map(async ({ artifactId, ...rest }) => {
      const { type, uri } = await requireArtifact(ctx.db, artifactId);
      if (type !== 'ExampleStatistics') throw new AppError('unsupported', `${type} holds no statistics.`);
      return { folder: uri, ...rest };
    }),
  );
}
