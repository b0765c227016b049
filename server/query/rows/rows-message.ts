/** What the query process is asked about the rows of an Examples artifact, and what it answers. */

import * as z from 'zod';

import { zRowQuery } from '../../../lib/artifact/row-query';

/** Most rows of one page. */
export const MAX_PAGE_ROWS = 200;
/** Most features of one page; a wider view asks for several. */
export const MAX_PAGE_COLUMNS = 200;

const examples = {
  /** The artifact's folder, relative to the store. */
  folder: z.string().min(1).max(1_000),
  /** Splits, one after the other. */
  splits: z.array(z.string().min(1).max(200)).min(1).max(100),
};
const query = zRowQuery.omit({ splits: true });
const feature = z.string().min(1).max(1_000);

/** Requests. */
export const ROWS_REQUESTS = [
  /** The splits with their rows, and the features. */
  z.strictObject({ type: z.literal('rows-columns'), ...examples }),
  z.strictObject({
    type: z.literal('rows-page'),
    ...examples,
    query,
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(MAX_PAGE_ROWS),
    columns: z.array(feature).max(MAX_PAGE_COLUMNS),
  }),
  /** How many rows match. */
  z.strictObject({ type: z.literal('rows-count'), ...examples, query }),
  /** One row with all its features, texts whole as far as an answer holds them. */
  z.strictObject({ type: z.literal('rows-row'), ...examples, position: z.number().int().min(0) }),
  /** What a feature holds among the matching rows: the most frequent values, the range, the missing ones. */
  z.strictObject({
    type: z.literal('rows-values'),
    ...examples,
    query,
    column: feature,
    limit: z.number().int().min(1).max(200),
    /** Only values that hold this text, whatever the case. */
    holding: z.string().min(1).max(1_000).optional(),
  }),
] as const;
/** A parsed request. */
export type RowsRequest = z.output<(typeof ROWS_REQUESTS)[number]>;
/** A request of one type. */
export type RowsRequestOf<T extends RowsRequest['type']> = Extract<RowsRequest, { readonly type: T }>;

/** A cell: missing is null; what JSON cannot hold (NaN, infinities, integers beyond 2⁵³) is text. */
const zCell: z.ZodType<RowCell> = z.lazy(() => z.union([z.string(), z.number(), z.null(), z.array(zCell).readonly()]));
/** See {@link zCell}. */
export type RowCell = string | number | null | readonly RowCell[];

/** A feature of the rows. */
export const zRowsColumn = z.object({
  name: z.string(),
  kind: z.enum(['INT', 'FLOAT', 'STRING', 'NONE']),
  /** True where a row may hold several values. */
  isList: z.boolean(),
  /** What null is in a cell. */
  nullMeans: z.enum(['missing', 'empty-list']),
});

/** A row and where it stands. */
export const zPlacedRow = z.object({
  split: z.string(),
  /** Its place in its split, from 0: the same whatever is filtered or sorted. */
  position: z.number().int(),
  cells: z.array(zCell),
});

/** Answers. */
export const ROWS_ANSWERS = {
  'rows-columns': z.object({
    splits: z.array(z.object({ name: z.string(), rows: z.number().int() })),
    columns: z.array(zRowsColumn),
    /** Features in all; more than `columns` where an answer cannot hold them. */
    features: z.number().int(),
  }),
  'rows-page': z.object({
    rows: z.array(zPlacedRow),
    /** True when no row of the query comes after these. */
    isLast: z.boolean(),
  }),
  'rows-count': z.object({ matches: z.number().int(), total: z.number().int() }),
  'rows-row': z.object({ columns: z.array(zRowsColumn), row: zPlacedRow, truncated: z.boolean() }),
  'rows-values': z.object({
    values: z.array(z.object({ value: z.union([z.string(), z.number()]), rows: z.number().int() })),
    /** Different values in all, as far as they hold the text. */
    distinct: z.number().int(),
    missing: z.number().int(),
    notANumber: z.number().int(),
    min: z.union([z.string(), z.number()]).optional(),
    max: z.union([z.string(), z.number()]).optional(),
  }),
} as const satisfies { readonly [T in RowsRequest['type']]: z.ZodType };
/** The answer of a request type. */
export type RowsAnswerOf<T extends RowsRequest['type']> = z.output<(typeof ROWS_ANSWERS)[T]>;
