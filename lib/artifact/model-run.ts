/** What a `ModelRun` artifact holds: how the loss went, a line for each step and one for each epoch. */

import * as z from 'zod';

/** Name of the file in the artifact's folder. */
export const MODEL_RUN_FILE = 'metrics.jsonl';

const zFigure = z.union([z.number(), z.literal('NaN')]);

/** Parser of a line. Both count from 1. */
export const zModelRunLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('step'),
    step: z.number().int(),
    epoch: z.number().int(),
    /** Mean loss of the step's batch, before the step. */
    loss: zFigure,
  }),
  z.strictObject({
    kind: z.literal('epoch'),
    step: z.number().int(),
    epoch: z.number().int(),
    /** Mean loss of the epoch's batches, each before its step. */
    loss: zFigure,
    /** Share of right classes. */
    accuracy: z.number().optional(),
    meanAbsoluteError: z.number().optional(),
    evalLoss: zFigure.optional(),
    evalAccuracy: z.number().optional(),
    evalMeanAbsoluteError: z.number().optional(),
  }),
]);
/** See {@link zModelRunLine}. */
export type ModelRunLine = z.infer<typeof zModelRunLine>;
