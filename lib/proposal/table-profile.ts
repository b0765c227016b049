/** What is known of a table before a pipeline reads it: enough to propose one, small enough to travel. */

import * as z from 'zod';

import { FEATURE_KINDS } from '../artifact/examples';

/** Characters of a shown value; a longer one is cut. */
export const MAX_SHOWN_CHARACTERS = 60;
/** Values of a column and rows of the table that are shown, where there are few columns. */
export const MAX_SHOWN = 8;

/** How many values of each column, and how many rows, are shown of a table of so many columns: 1,500 columns have to travel too. */
export function shownOf(columns: number): number {
  return Math.max(1, Math.min(MAX_SHOWN, Math.floor(8_000 / Math.max(1, columns))));
}

/** A column, as an ExampleGen would read it. Counts are of the rows that were read. */
export const zColumnProfile = z.object({
  name: z.string(),
  kind: z.enum(FEATURE_KINDS),
  /** Dates or timestamps; an ExampleGen makes whole seconds since 1970 of them, if told to. */
  isTime: z.boolean(),
  /** Several values in a row. */
  isList: z.boolean(),
  /** Rows without a value. */
  missing: z.number().int(),
  /** Different values; undefined where they were not counted. */
  distinct: z.number().int().optional(),
  /** False where `distinct` is an estimate, a few percent off. */
  isDistinctExact: z.boolean(),
  /** Some values: the most frequent with their counts where there are few, else the first. */
  values: z.array(z.object({ text: z.string(), count: z.number().int().optional() })),
  /** Why an ExampleGen would refuse this column, and what to do. */
  trouble: z.string().optional(),
});
/** See {@link zColumnProfile}. */
export type ColumnProfile = z.infer<typeof zColumnProfile>;

/** A table. */
export const zTableProfile = z.object({
  format: z.enum(['csv', 'parquet']),
  files: z.number().int(),
  sizeBytes: z.number().int(),
  /** Rows in all: counted, or estimated from the part that was read. */
  rows: z.number().int(),
  isRowsExact: z.boolean(),
  rowsRead: z.number().int(),
  columns: z.array(zColumnProfile),
  /** The first rows as text; null where there is no value. */
  sample: z.array(z.array(z.string().nullable())),
});
/** See {@link zTableProfile}. */
export type TableProfile = z.infer<typeof zTableProfile>;
