/** Which of the evaluated rows are meant: a slice, and what a mark of a chart stands for. The address carries it. */

import * as z from 'zod';

/** The candidate, or what it is compared with. */
export const zModelRole = z.enum(['candidate', 'baseline']);

/** A slice: features with one value each; all rows are `[]`. */
export const zSliceKey = z
  .array(z.tuple([z.string().min(1).max(1_000), z.union([z.string().max(10_000), z.number()])]))
  .max(20);

const model = zModelRole;
/** One against the rest, by its number; absent where a prediction is one number. */
const classId = z.number().int().min(0).optional();
const bound = z.number().optional();

/** What a mark stands for. */
export const zRowsMark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all') }),
  /** A cell of the matrix of a yes-or-no question; positive is a score strictly above the threshold. */
  z.strictObject({
    type: z.literal('outcome'),
    model,
    classId,
    outcome: z.enum(['tp', 'fp', 'fn', 'tn']),
    threshold: z.number(),
  }),
  /** A bar of scores: above `above`, up to and with `to`; an absent bound is open. */
  z.strictObject({ type: z.literal('score'), model, classId, above: bound, to: bound, isPositive: z.boolean() }),
  /** A cell of the matrix of several classes. */
  z.strictObject({ type: z.literal('classes'), model, actual: z.number().int(), predicted: z.number().int() }),
  /** Predicted minus actual from `from` to below `to`; an absent bound is open. */
  z.strictObject({ type: z.literal('error'), model, from: bound, to: bound }),
  /** Numbers predicted and actual, each from a bound to below another. */
  z.strictObject({
    type: z.literal('place'),
    model,
    predicted: z.strictObject({ from: bound, to: bound }),
    actual: z.strictObject({ from: bound, to: bound }),
  }),
  /** Rows on which the two models answer differently; with `right` those where that one is right. */
  z.strictObject({
    type: z.literal('disagree'),
    classId,
    thresholds: z.strictObject({ candidate: z.number(), baseline: z.number() }).optional(),
    right: model.optional(),
  }),
]);
/** See {@link zRowsMark}. */
export type RowsMark = z.infer<typeof zRowsMark>;

/** Rows of an evaluation. */
export const zEvaluatedRows = z.strictObject({
  slice: zSliceKey.default([]),
  mark: zRowsMark,
  /** `wrong`: the most wrong of the mark's model first. */
  order: z.enum(['stored', 'wrong']).default('wrong'),
});
/** See {@link zEvaluatedRows}. */
export type EvaluatedRows = z.infer<typeof zEvaluatedRows>;
