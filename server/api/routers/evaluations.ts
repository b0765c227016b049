import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zEvaluatedRows, zSliceKey } from '../../../lib/evaluation/evaluated-rows';
import {
  zClassesAnswer,
  zErrorsAnswer,
  zEvaluatedRowsAnswer,
  zEvaluationSummary,
  zScoresAnswer,
} from '../../../lib/evaluation/evaluation-answers';
import { zArtifactId, type ArtifactId } from '../../../lib/ids';
import { findEvaluatedExamples } from '../../artifacts/evaluated-examples-repository';
import { requireArtifact } from '../../artifacts/artifact-repository';
import { askQueryProcess } from '../../query/client';
import { MAX_EVALUATED_COLUMNS, MAX_EVALUATED_ROWS } from '../../query/evaluation/evaluation-message';
import type { ApiContext } from '../context';
import { procedure, router } from '../trpc';

const zOfSlice = z.strictObject({ artifactId: zArtifactId, slice: zSliceKey });

/** What an Evaluator measured. */
export const evaluationsRouter = router({
  /** Figures by slice, verdict and config, and the Examples that were evaluated. */
  summary: procedure
    .input(z.strictObject({ artifactId: zArtifactId }))
    .output(zEvaluationSummary.extend({ examplesId: zArtifactId.optional() }))
    .query(async ({ ctx, input, signal }) => {
      const folder = await folderOf(ctx, input.artifactId);
      const [summary, examples] = await Promise.all([
        askQueryProcess({ type: 'evaluation-summary', folder }, { socket: ctx.querySocket, signal }),
        findEvaluatedExamples(ctx.db, input.artifactId),
      ]);
      return { ...summary, ...(examples !== undefined && { examplesId: examples.id }) };
    }),

  /** Scores of a slice in sums that say what any threshold does; of several classes, one against the rest. */
  scores: procedure
    .input(zOfSlice.extend({ classId: z.number().int().min(0).optional() }))
    .output(zScoresAnswer)
    .query(async ({ ctx, input: { artifactId, ...of }, signal }) => {
      const folder = await folderOf(ctx, artifactId);
      return askQueryProcess({ type: 'evaluation-scores', folder, ...of }, { socket: ctx.querySocket, signal });
    }),

  /** Who is taken for whom in a slice. */
  classes: procedure
    .input(zOfSlice)
    .output(zClassesAnswer)
    .query(async ({ ctx, input: { artifactId, slice }, signal }) => {
      const folder = await folderOf(ctx, artifactId);
      return askQueryProcess({ type: 'evaluation-classes', folder, slice }, { socket: ctx.querySocket, signal });
    }),

  /** How far off the numbers of a slice are. */
  errors: procedure
    .input(zOfSlice)
    .output(zErrorsAnswer)
    .query(async ({ ctx, input: { artifactId, slice }, signal }) => {
      const folder = await folderOf(ctx, artifactId);
      return askQueryProcess({ type: 'evaluation-errors', folder, slice }, { socket: ctx.querySocket, signal });
    }),

  /** A page of the rows that a mark stands for. */
  rows: procedure
    .input(
      z.strictObject({
        artifactId: zArtifactId,
        rows: zEvaluatedRows,
        columns: z.array(z.string().min(1).max(1_000)).max(MAX_EVALUATED_COLUMNS),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(MAX_EVALUATED_ROWS),
      }),
    )
    .output(zEvaluatedRowsAnswer)
    .query(async ({ ctx, input: { artifactId, ...page }, signal }) => {
      const folder = await folderOf(ctx, artifactId);
      const examples = await findEvaluatedExamples(ctx.db, artifactId);
      if (examples === undefined)
        throw new AppError('artifact-missing', 'The examples that were evaluated are not known any more.', {
          nextStep: 'Run the pipeline again.',
        });
      return askQueryProcess(
        { type: 'evaluation-rows', folder, examples: examples.uri, ...page },
        { socket: ctx.querySocket, signal },
      );
    }),
});

async function folderOf(ctx: ApiContext, id: ArtifactId): Promise<string> {
  const artifact = await requireArtifact(ctx.db, id);
  if (artifact.type !== 'ModelEvaluation') throw new AppError('unsupported', `${artifact.type} holds no evaluation.`);
  return artifact.uri;
}
