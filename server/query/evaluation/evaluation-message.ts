/** What the query process is asked about an evaluation, and what it answers. */

import * as z from 'zod';

import { zEvaluatedRows, zSliceKey } from '../../../lib/evaluation/evaluated-rows';
import {
  zClassesAnswer,
  zErrorsAnswer,
  zEvaluatedRowsAnswer,
  zEvaluationSummary,
  zScoresAnswer,
} from '../../../lib/evaluation/evaluation-answers';

/** Most rows of one page. */
export const MAX_EVALUATED_ROWS = 200;
/** Most features of one page. */
export const MAX_EVALUATED_COLUMNS = 200;

const folder = z.string().min(1).max(1_000);

/** Requests. The folder is the artifact's, relative to the store. */
export const EVALUATION_REQUESTS = [
  z.strictObject({ type: z.literal('evaluation-summary'), folder }),
  /** Scores of a yes-or-no question; of several classes, one against the rest. */
  z.strictObject({
    type: z.literal('evaluation-scores'),
    folder,
    slice: zSliceKey,
    classId: z.number().int().min(0).optional(),
  }),
  z.strictObject({ type: z.literal('evaluation-classes'), folder, slice: zSliceKey }),
  z.strictObject({ type: z.literal('evaluation-errors'), folder, slice: zSliceKey }),
  z.strictObject({
    type: z.literal('evaluation-rows'),
    folder,
    rows: zEvaluatedRows,
    /** Folder of the Examples that were evaluated. */
    examples: folder,
    columns: z.array(z.string().min(1).max(1_000)).max(MAX_EVALUATED_COLUMNS),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(MAX_EVALUATED_ROWS),
  }),
] as const;
/** A parsed request. */
export type EvaluationRequest = z.output<(typeof EVALUATION_REQUESTS)[number]>;
/** A request of one type. */
export type EvaluationRequestOf<T extends EvaluationRequest['type']> = Extract<EvaluationRequest, { readonly type: T }>;

/** Answers. */
export const EVALUATION_ANSWERS = {
  'evaluation-summary': zEvaluationSummary,
  'evaluation-scores': zScoresAnswer,
  'evaluation-classes': zClassesAnswer,
  'evaluation-errors': zErrorsAnswer,
  'evaluation-rows': zEvaluatedRowsAnswer,
} as const satisfies { readonly [T in EvaluationRequest['type']]: z.ZodType };
/** The answer of a request type. */
export type EvaluationAnswerOf<T extends EvaluationRequest['type']> = z.output<(typeof EVALUATION_ANSWERS)[T]>;
