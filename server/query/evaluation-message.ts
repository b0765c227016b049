/** The question for an evaluation and its answer. */

import * as z from 'zod';

/** The request: the artifact's folder relative to the store. */
export const zEvaluationRequest = z.strictObject({
  type: z.literal('evaluation'),
  folder: z.string().min(1).max(1_000),
});

const zFigures = z.record(z.string(), z.json());

/** The answer: the figures, slice by slice, and the verdict as in `validation_ok.json`. */
export const zEvaluationAnswer = z.object({
  entries: z.array(
    z.object({
      slice: z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
      model: z.enum(['candidate', 'baseline']),
      subKey: z.object({ classId: z.number() }).optional(),
      aggregation: z.string().optional(),
      isDiff: z.boolean().optional(),
      weighted: z.boolean().optional(),
      metrics: zFigures,
    }),
  ),
  /** Entries in all; those beyond the bound of an answer are left out. */
  total: z.number().int(),
  validation: zFigures,
});
/** See {@link zEvaluationAnswer}. */
export type EvaluationAnswer = z.output<typeof zEvaluationAnswer>;
