/** What the query process is asked about several evaluations, and what it answers. */

import * as z from 'zod';

import { zModelTask } from '../../../lib/artifact/model-info';
import { zComparison } from '../../../lib/comparison/comparison-answer';

/** Versions that are compared at once. */
export const MAX_COMPARED = 10;

/** The request: the versions' evaluations, the one that the others are held against first. */
export const zComparisonRequest = z.strictObject({
  type: z.literal('comparison'),
  /** Folders relative to the store. */
  folders: z.array(z.string().min(1).max(1_000)).min(2).max(MAX_COMPARED),
  task: zModelTask,
  /** By which slices are compared, by TFMA's name. Default: the one that decides. */
  metric: z.string().min(1).max(200).optional(),
  /** Slices with fewer rows are left out. Default 1. */
  minRows: z.number().int().min(1).default(1),
});
/** See {@link zComparisonRequest}. */
export type ComparisonRequest = z.output<typeof zComparisonRequest>;

/** The answer, or the sentence that says why these versions cannot be compared. */
export const zComparisonAnswer = z.discriminatedUnion('comparable', [
  z.object({ comparable: z.literal(true), comparison: zComparison }),
  z.object({ comparable: z.literal(false), reason: z.string() }),
]);
/** See {@link zComparisonAnswer}. */
export type ComparisonAnswer = z.output<typeof zComparisonAnswer>;
