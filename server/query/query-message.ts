/**
 * What goes over the socket of the query process: one request a line, one answer a line, then the connection ends.
 * An artifact is named by its folder relative to the artifact store; the query process never sees the database.
 */

import * as z from 'zod';

import { zDatasetFigures } from '../../lib/artifact/feature-figures';
import { zFeatureDetail, zStatisticsPage } from '../../lib/artifact/statistics-table';
import { zErrorInfo } from '../../lib/errors';
import { ANOMALY_ANSWERS, ANOMALY_REQUESTS } from './anomalies/anomaly-message';
import { zTableProfile } from '../../lib/proposal/table-profile';
import { zStatisticsFeatureRequest, zStatisticsTableRequest } from './statistics-request';
import { ROWS_ANSWERS, ROWS_REQUESTS } from './rows/rows-message';
import { zComparisonAnswer, zComparisonRequest } from './comparison/comparison-message';
import { EVALUATION_ANSWERS, EVALUATION_REQUESTS } from './evaluation/evaluation-message';
import { zTransformGraphAnswer, zTransformGraphRequest } from './transform-graph-message';
import { zColumnsAnswer, zColumnsRequest } from './columns-message';

/** Most rows that one answer holds. */
export const MAX_ROWS = 1_000;
/** Most bytes of one answer, as JSON, in bytes. Rows beyond it are left out and `truncated` says so. */
export const MAX_ANSWER_BYTES = 2_000_000;
/** Longest request line, in bytes: a schema of thousands of features travels in one. */
export const MAX_REQUEST_BYTES = 16_000_000;
/** Longest text of one cell, in characters; a longer one ends in an ellipsis. */
export const MAX_CELL_CHARACTERS = 2_000;

const folder = z.string().min(1).max(1_000);
const split = z.string().min(1).max(200);

/** Parser of a {@link QueryRequest}. */
export const zQueryRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ping') }),
  zColumnsRequest,
  /** A page of rows of one split of an Examples artifact, in their order. */
  z.strictObject({
    type: z.literal('rows'),
    folder,
    split,
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(MAX_ROWS),
  }),
  /** The figures of one split of an ExampleStatistics artifact. */
  z.strictObject({ type: z.literal('statistics'), folder, split }),
  zStatisticsTableRequest,
  zStatisticsFeatureRequest,
  ...ANOMALY_REQUESTS,
  /** Examples as gzipped TFRecord files, written to a folder of the query process' own: whoever asked moves it away. */
  z.strictObject({ type: z.literal('export-tfrecord'), folder }),
  /** What is known of the table of a finished upload, by its folder relative to the uploads. */
  z.strictObject({ type: z.literal('profile'), folder }),
  zTransformGraphRequest,
  zComparisonRequest,
  ...EVALUATION_REQUESTS,
  /** One read-only statement over splits of Examples artifacts, each a table by the name given here. */
  z.strictObject({
    type: z.literal('sql'),
    sql: z.string().min(1).max(100_000),
    tables: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/), z.strictObject({ folder, split })),
    limit: z.number().int().min(1).max(MAX_ROWS),
    /** When the statement is ended, in ms. Default 10,000. */
    timeoutMs: z.number().int().min(10).max(60_000).default(10_000),
  }),
  ...ROWS_REQUESTS,
]);
/** A request as it is sent, with defaults left out. */
export type QueryRequest = z.input<typeof zQueryRequest>;
/** A request as it is answered. */
export type ParsedQueryRequest = z.output<typeof zQueryRequest>;

/** A cell: missing is null; what JSON cannot hold (NaN, infinities, integers beyond 2⁵³) is text. */
export type Cell = string | number | boolean | null | readonly Cell[];
const zCell: z.ZodType<Cell> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(zCell).readonly()]),
);

/** Rows with their columns. */
export const zRowsAnswer = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      /** A feature's kind (`INT`, `FLOAT`, `STRING`, `NONE`), or the SQL type of a computed column. */
      kind: z.string(),
    }),
  ),
  rows: z.array(z.array(zCell)),
  /** Rows in all, where that is known without counting. */
  totalRows: z.number().int().optional(),
  /** True when the answer was cut at a bound. */
  truncated: z.boolean(),
});
/** See {@link zRowsAnswer}. */
export type RowsAnswer = z.infer<typeof zRowsAnswer>;

/** The figures of each dataset of a statistics file: one, or one a slice. */
export const zStatisticsAnswer = z.object({
  datasets: z.array(zDatasetFigures.extend({ name: z.string() })),
  /** True when features were left out at the bound. */
  truncated: z.boolean(),
});
/** See {@link zStatisticsAnswer}. */
export type StatisticsAnswer = z.infer<typeof zStatisticsAnswer>;

/** Where an export was written, and its files relative to that folder. */
export const zTfrecordAnswer = z.object({ folder: z.string(), files: z.array(z.string()) });

/** What each request is answered with. */
export const ANSWERS = {
  ping: z.object({ pid: z.number().int() }),
  columns: zColumnsAnswer,
  rows: zRowsAnswer,
  statistics: zStatisticsAnswer,
  'statistics-table': zStatisticsPage,
  'statistics-feature': zFeatureDetail,
  ...ANOMALY_ANSWERS,
  'export-tfrecord': zTfrecordAnswer,
  profile: zTableProfile,
  comparison: zComparisonAnswer,
  'transform-graph': zTransformGraphAnswer,
  ...EVALUATION_ANSWERS,
  sql: zRowsAnswer,
  ...ROWS_ANSWERS,
} as const satisfies { readonly [T in QueryRequest['type']]: z.ZodType };

/** Answer of a request type. */
export type AnswerOf<T extends QueryRequest['type']> = z.output<(typeof ANSWERS)[T]>;

/** The line that comes back. */
export const zQueryReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: zErrorInfo }),
]);
/** See {@link zQueryReply}. */
export type QueryReply = z.infer<typeof zQueryReply>;
