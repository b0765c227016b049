import * as z from 'zod';

import { zArtifactRef } from '../../../lib/artifact/artifact';
import { zPipelineId, zRunId } from '../../../lib/ids';
import { zPipeline } from '../../../lib/pipeline/pipeline';
import { zProblem } from '../../../lib/pipeline/problem';
import { validatePipeline } from '../../../lib/pipeline/validate';
import { readComponentReadme } from '../../pipelines/component-readme';
import { findColumns } from '../../pipelines/find-columns';
import { requirePipeline } from '../../pipelines/pipeline-repository';
import { findSourceProblems } from '../../pipelines/validate-pipeline';
import { findLatestExecutions } from '../../runs/reuse';
import { procedure, router } from '../trpc';

/** Most columns in one answer. */
const MAX_COLUMNS = 20_000;

const zArriving = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('known'),
    columns: z.array(z.object({ name: z.string(), kind: z.string() })).max(MAX_COLUMNS),
    splits: z.array(z.string()),
    seenIn: z.string(),
    isCurrent: z.boolean(),
  }),
  z.object({ state: z.literal('asking') }),
  z.object({ state: z.literal('unknown'), reason: z.string() }),
]);

/** What an editor asks while a person edits: columns, files, what a node made last. The document may not be saved yet. */
export const editingRouter = router({
  /** The columns of a node's output (`port` empty: of its own source files). */
  columns: procedure
    .input(
      z.strictObject({
        pipelineId: zPipelineId,
        node: z.string(),
        component: z.string(),
        params: z.record(z.string(), z.json()),
        port: z.string(),
      }),
    )
    .output(zArriving)
    .query(async ({ ctx, input, signal }) => {
      const known = await findColumns({ ...ctx, signal: signal ?? new AbortController().signal }, input);
      if (known.state !== 'known') return known;
      return { ...known, columns: known.columns.slice(0, MAX_COLUMNS), splits: [...known.splits] };
    }),

  /** Source files that are not there. Takes the document as it is on the screen, or the part of it that names files. */
  sourceProblems: procedure
    .input(z.strictObject({ pipelineId: zPipelineId, document: zPipeline }))
    .output(z.array(zProblem))
    .query(async ({ ctx, input: { pipelineId, document } }) => {
      const { baseFolder } = await requirePipeline(ctx.db, pipelineId);
      const known = validatePipeline(document, ctx.catalog);
      return [...(await findSourceProblems(document, { catalog: ctx.catalog, baseFolder, known }))];
    }),

  /** What a component is, in Markdown; empty where it has no README. */
  readme: procedure
    .input(z.strictObject({ component: z.string() }))
    .output(z.string())
    .query(({ ctx, input }) => readComponentReadme(ctx.catalog, input.component)),

  /** What a node made last, and with which parameters; null where it never ran. */
  latest: procedure
    .input(z.strictObject({ pipelineId: zPipelineId, node: z.string() }))
    .output(
      z.nullable(
        z.object({
          runId: zRunId,
          runNumber: z.number().int(),
          /** Parsed parameters, without those that only say where source files lie. */
          params: z.record(z.string(), z.json()).optional(),
          damage: z.object({ port: z.string(), what: z.enum(['missing', 'changed']) }).optional(),
          outputs: z.array(z.object({ port: z.string(), artifact: zArtifactRef })),
        }),
      ),
    )
    .query(async ({ ctx, input: { pipelineId, node } }) => {
      const reuse = { db: ctx.db, artifactsFolder: ctx.artifactsFolder, found: new Map() };
      const latest = (await findLatestExecutions(reuse, pipelineId, [node])).get(node);
      if (latest === undefined) return null;
      const outputs = Object.entries(latest.outputs).flatMap(([port, artifacts]) =>
        artifacts.map((artifact) => ({ port, artifact })),
      );
      return {
        runId: zRunId.parse(latest.runId),
        runNumber: latest.runNumber,
        ...(latest.key !== undefined && { params: latest.key.params }),
        ...(latest.damage !== undefined && { damage: latest.damage }),
        outputs,
      };
    }),
});
