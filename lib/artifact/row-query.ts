/** Which rows of an Examples artifact to show: what the address of the rows screen says and the query process answers. */

import * as z from 'zod';

import { dataAddress, seenRun } from './data-address';
import type { DataArtifact } from './data-family';

const column = z.string().min(1).max(1_000);
const zNumber = z.number();

/**
 * One condition on one feature. A feature with several values in a row fulfils it when any of them does; a missing one
 * fulfils `missing` alone.
 */
export const zRowCondition = z.discriminatedUnion('op', [
  /** One of these values: text for STRING, numbers for INT and FLOAT. */
  z.strictObject({
    column,
    op: z.literal('in'),
    values: z
      .array(z.union([z.string(), zNumber]))
      .min(1)
      .max(1_000),
  }),
  /** Present, and none of these values. */
  z.strictObject({
    column,
    op: z.literal('notIn'),
    values: z
      .array(z.union([z.string(), zNumber]))
      .min(1)
      .max(1_000),
  }),
  /** From `min` to `max`, both inclusive unless said otherwise; an absent bound is open. */
  z.strictObject({
    column,
    op: z.literal('between'),
    min: zNumber.optional(),
    max: zNumber.optional(),
    /** `max` itself is left out: a bar of a histogram that is not the last one. */
    maxExcluded: z.boolean().optional(),
  }),
  /** Text that holds this, whatever the case. */
  z.strictObject({ column, op: z.literal('contains'), text: z.string().min(1).max(1_000) }),
  z.strictObject({ column, op: z.literal('missing') }),
  z.strictObject({ column, op: z.literal('present') }),
  /** NaN. */
  z.strictObject({ column, op: z.literal('notANumber') }),
  /** The number of values in the row. */
  z.strictObject({
    column,
    op: z.literal('valueCount'),
    min: z.number().int().optional(),
    max: z.number().int().optional(),
  }),
]);
/** See {@link zRowCondition}. */
export type RowCondition = z.infer<typeof zRowCondition>;

/** Rows of the chosen splits that fulfil every condition. */
export const zRowQuery = z.strictObject({
  /** Names of splits, shown one after the other. Absent: all of them. */
  splits: z.array(z.string().min(1).max(200)).min(1).optional(),
  where: z.array(zRowCondition).max(50).default([]),
  /** Text that any feature holds, whatever the case. */
  search: z.string().min(1).max(1_000).optional(),
  /** Absent: as they are stored. Missing values come last either way. */
  sort: z.strictObject({ column, direction: z.enum(['asc', 'desc']) }).optional(),
});
/** See {@link zRowQuery}. */
export type RowQuery = z.infer<typeof zRowQuery>;

/** The address of rows: `/data/<artifact>?rows=<query as JSON>`; without conditions the plain address. */
export function rowsAddress(
  examples: Pick<DataArtifact, 'id' | 'run' | 'madeIn'>,
  query: z.input<typeof zRowQuery>,
): string {
  return dataAddress(examples.id, { rows: JSON.stringify(query), run: seenRun(examples) });
}
