/**
 * How `Examples` lie on disk: one Parquet file or more per split, one column per feature, plus a description of the
 * features in the Parquet key-value metadata, since Parquet alone cannot tell a missing list from an empty one.
 */

import * as z from 'zod';

/** Key of the Parquet key-value metadata that holds {@link zExamplesMeta} as JSON, in every file of every split. */
export const EXAMPLES_META_KEY = 'sluice.examples';

/** What a tf.Example holds for a feature: int64, float32, bytes, or a Feature without a kind (a column blank in every row). */
export const FEATURE_KINDS = ['INT', 'FLOAT', 'STRING', 'NONE'] as const;
/** One of {@link FEATURE_KINDS}. */
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/**
 * One feature. A scalar column holds one value per row (`BIGINT`, `FLOAT`, `VARCHAR`, or `BLOB` where a text need not be
 * UTF-8; `NONE` is a `VARCHAR` of nulls); a `LIST` of these where a row may hold several.
 */
export const zExamplesColumn = z.strictObject({
  /** The feature's name, exactly as the source has it. */
  name: z.string(),
  /** The Parquet column; differs from `name` only where names collide without regard to case, or are empty. */
  column: z.string(),
  kind: z.enum(FEATURE_KINDS),
  /**
   * What a null of this column is: the feature is missing in that row, or present with no value (TFX's CsvExampleGen
   * makes a typed empty list of a blank cell). A `NONE` feature is always missing.
   */
  nullMeans: z.enum(['missing', 'empty-list']),
});
/** See {@link zExamplesColumn}. */
export type ExamplesColumn = z.infer<typeof zExamplesColumn>;

/**
 * How the bytes that decided each row's split are made again from the stored values, whatever statistics take a null for:
 * `typed-lists` writes a null as an empty list of its kind, as TFX does for CSV; `kindless-falsy` writes a null, 0, 0.0,
 * an empty text and an empty list as a Feature without a kind, as TFX does for rows that it reads as dictionaries
 * (Parquet).
 */
export const RECORD_FORMS = ['typed-lists', 'kindless-falsy'] as const;
/** One of {@link RECORD_FORMS}. */
export type RecordForm = (typeof RECORD_FORMS)[number];

/** The description of a split's features, in column order. */
export const zExamplesMeta = z.strictObject({
  version: z.literal(1),
  /** See {@link RECORD_FORMS}. */
  record: z.enum(RECORD_FORMS),
  columns: z.array(zExamplesColumn),
});
/** See {@link zExamplesMeta}. */
export type ExamplesMeta = z.infer<typeof zExamplesMeta>;

/** Name of a data file inside a split's folder, counted as TFX counts shards: `data-00000-of-00002.parquet`. */
export function examplesFileName(shard: number, shards: number): string {
  const five = (n: number) => String(n).padStart(5, '0');
  return `data-${five(shard)}-of-${five(shards)}.parquet`;
}
