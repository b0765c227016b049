/**
 * Some columns of a split, copied into a table of their own for the statements that look at one after the other. Each
 * statement on a Parquet file binds all of its columns: on a file of thousands that takes longer than to read one.
 */

import { sqlName } from './connection';
import type { ExamplesSource, SourceColumn } from './examples-source';
import { execute, type DuckdbSession } from './query';

/** Columns up to which a file is cheap to bind: it is read where it lies. */
const FEW_COLUMNS = 100;
/** Values in one table, about 64 MB of numbers; DuckDB spills what its limit does not hold. */
const STAGED_VALUES = 8_000_000;
/** Most columns of one table. */
const MAX_STAGED = 400;
/** With fewer columns a table is not worth its copy: so many rows take longer to read than the file to bind. */
const MIN_STAGED = 16;

/** Columns that are described together. */
export type ColumnBatch = { readonly source: ExamplesSource; readonly columns: readonly SourceColumn[] };

/** Calls `describe` with every column once, in their order; a staged batch is gone after its call. */
export async function inBatches(
  session: DuckdbSession,
  { source, columns }: ColumnBatch,
  { describe, always }: BatchWork,
): Promise<void> {
  const size = Math.min(MAX_STAGED, Math.floor(STAGED_VALUES / Math.max(1, source.numRows)));
  if (source.columns.length <= FEW_COLUMNS || size < MIN_STAGED) {
    await describe({ source, columns });
    return;
  }
  for (let start = 0; start < columns.length; start += size) {
    const batch = columns.slice(start, start + size);
    const kept = new Set([...batch.map(({ column }) => column), ...always]);
    const select = [...kept].map(sqlName).join(', ');
    await execute(session, `CREATE OR REPLACE TEMP TABLE ${TABLE} AS SELECT ${select} FROM ${source.relation}`);
    await describe({ source: { ...source, relation: TABLE }, columns: batch });
  }
  await execute(session, `DROP TABLE IF EXISTS ${TABLE}`);
}

/** What is done with each batch. */
export type BatchWork = {
  readonly describe: (batch: ColumnBatch) => Promise<void>;
  /** Parquet columns that every batch needs beside its own. */
  readonly always: readonly string[];
};

const TABLE = 'staged_columns';
