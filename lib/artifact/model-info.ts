/**
 * What a `Model` artifact says of itself: what it predicts, from which features of its transform graph, and how it was
 * trained. The file lies beside the layers, the transform graph and the vocabularies, so that a model takes raw rows.
 */

import * as z from 'zod';

/** Name of the file in the artifact's folder. */
export const MODEL_INFO_FILE = 'model_info.json';
/** Folder of the TensorFlow.js layers model in the artifact's folder: `model.json` and its weights. */
export const LAYERS_FOLDER = 'Format-Layers';

/** What a model predicts: one of two outcomes, one of several classes, or a number. */
export const zModelTask = z.enum(['binary', 'multi-class', 'regression']);
/** See {@link zModelTask}. */
export type ModelTask = z.infer<typeof zModelTask>;

const zNumberFeature = z.strictObject({
  feature: z.string(),
  /** How many numbers it has in a row: 1, or the length of its one-hot vector. */
  width: z.number().int().min(1),
});
const zIndexFeature = z.strictObject({
  feature: z.string(),
  /** Numbers from 0 to below this, one weight each. A value outside, or a missing one, adds nothing. */
  depth: z.number().int().min(1),
});

/** Parser of the file. */
export const zModelInfo = z.strictObject({
  format: z.literal('sluice.model/1'),
  template: z.enum(['linear', 'dense', 'wide-and-deep']),
  task: zModelTask,
  label: z.strictObject({
    /** The feature of the transform graph that holds it. */
    feature: z.string(),
    /** The column of the examples that it is computed from. */
    column: z.string(),
    /** `multi-class`: the value of the column for each class, in the order of the scores. */
    classes: z.array(z.union([z.string(), z.number()])).optional(),
  }),
  /** Features that enter as numbers, in the order of the layers' input `deep`. */
  deep: z.array(zNumberFeature),
  /** Features that enter as a number of a list, in the order of the layers' input `wide`. */
  wide: z.array(zIndexFeature),
  /** The feature that weighs the rows while training. */
  exampleWeight: z.string().optional(),
  training: z.strictObject({
    rows: z.number().int(),
    /** Rows on which the loss was watched; 0 without. */
    evalRows: z.number().int(),
    /** Epochs that were trained. */
    epochs: z.number().int(),
    /** The epoch whose weights were kept, counted from 1. */
    bestEpoch: z.number().int(),
    steps: z.number().int(),
    parameters: z.number().int(),
    /** Why it ended before the last epoch. */
    stopped: z.enum(['early-stopping', 'by-a-person']).optional(),
    loss: z.number(),
    evalLoss: z.number().optional(),
  }),
});
/** See {@link zModelInfo}. */
export type ModelInfo = z.infer<typeof zModelInfo>;
