/** The question for a transform graph and its answer. */

import * as z from 'zod';

/** The request: the artifact's folder relative to the store. */
export const zTransformGraphRequest = z.strictObject({
  type: z.literal('transform-graph'),
  folder: z.string().min(1).max(1_000),
});

/** The answer. Figures that JSON cannot hold are text, as in the file. */
export const zTransformGraphAnswer = z.object({
  /** The file's text; parse it with `zTransformGraph`. */
  graph: z.string(),
  /** The first tokens of each vocabulary, by its file. */
  vocabularies: z.record(z.string(), z.array(z.string())),
});
/** See {@link zTransformGraphAnswer}. */
export type TransformGraphAnswer = z.output<typeof zTransformGraphAnswer>;
