import * as z from 'zod';

import { zDataArtifact } from '../../../lib/artifact/data-family';
import { zArtifactId, zModelId, zVersionId } from '../../../lib/ids';
import { zLineageStep } from '../../../lib/model/lineage';
import {
  zAlias,
  zAliasChange,
  zModelSummary,
  zModelVersion,
  zRegisteredModel,
  zVersionData,
} from '../../../lib/model/model';
import { changeAlias, listAliasChanges } from '../../models/alias-repository';
import { compareModels, zModelComparison } from '../../models/compare-models';
import { findExamplesBehind, findVersionData, loadLineage } from '../../models/lineage-repository';
import {
  findVersionOfArtifact,
  listModels,
  listVersions,
  requireModel,
  requireVersion,
} from '../../models/model-repository';
import { askQueryProcess } from '../../query/client';
import { procedure, router } from '../trpc';

const AUTHOR = 'you';

/** Registered models: their versions, where these came from, and the aliases that people set. */
export const modelsRouter = router({
  list: procedure.output(z.array(zModelSummary)).query(({ ctx }) => listModels(ctx.db)),

  /** A model with every version, newest first, and what was done to its aliases. */
  get: procedure
    .input(z.strictObject({ modelId: zModelId }))
    .output(
      z.object({
        model: zRegisteredModel,
        versions: z.array(zModelVersion),
        /** The rows that each version was trained on, by its id. */
        data: z.record(z.string(), zVersionData),
        changes: z.array(zAliasChange),
      }),
    )
    .query(async ({ ctx, input: { modelId } }) => {
      const model = await requireModel(ctx.db, modelId);
      const [versions, data, changes] = await Promise.all([
        listVersions(ctx.db, modelId),
        findVersionData(ctx.db, modelId),
        listAliasChanges(ctx.db, modelId),
      ]);
      return { model, versions, data: Object.fromEntries(data), changes };
    }),

  /** The executions behind a version, from the data to the push. */
  lineage: procedure
    .input(z.strictObject({ versionId: zVersionId }))
    .output(z.array(zLineageStep))
    .query(async ({ ctx, input }) => {
      const { version } = await requireVersion(ctx.db, { kind: 'id', id: input.versionId });
      return loadLineage(ctx.db, version.executionId);
    }),

  /** The version that an artifact was pushed as. */
  ofArtifact: procedure
    .input(z.strictObject({ artifactId: zArtifactId }))
    .output(z.object({ version: zModelVersion.nullable() }))
    .query(async ({ ctx, input }) => ({ version: (await findVersionOfArtifact(ctx.db, input.artifactId)) ?? null })),

  /** The raw rows that a model was made from, to try it on. */
  examplesBehind: procedure
    .input(z.strictObject({ artifactId: zArtifactId }))
    .output(z.object({ examples: zDataArtifact.nullable() }))
    .query(async ({ ctx, input }) => ({ examples: (await findExamplesBehind(ctx.db, input.artifactId)) ?? null })),

  /** Sets, moves or takes away an alias. */
  setAlias: procedure
    .input(
      z.strictObject({
        modelId: zModelId,
        alias: zAlias,
        versionId: zVersionId.nullable(),
        seenAt: z.number().int().nullable(),
        note: z.string().max(500),
      }),
    )
    .mutation(({ ctx, input }) => changeAlias(ctx.db, { ...input, author: AUTHOR })),

  /** Versions side by side on the rows that they were evaluated on; differences are to the first. */
  compare: procedure
    .input(
      z.strictObject({
        versionIds: z.array(zVersionId).min(2).max(10),
        metric: z.string().min(1).max(200).optional(),
        minRows: z.number().int().min(1).max(1_000_000_000).optional(),
      }),
    )
    .output(zModelComparison)
    .query(({ ctx, input: { versionIds, ...asked }, signal }) =>
      compareModels(
        { ...ctx, measure: (request) => askQueryProcess(request, { socket: ctx.querySocket, signal }) },
        { versions: versionIds.map((id) => ({ kind: 'id' as const, id })), ...asked },
      ),
    ),
});
