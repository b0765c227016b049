/** A page of rows of an Examples artifact, in the order in which they were written. */

import type { DuckDBConnection } from '@duckdb/node-api';

import { EXAMPLES_META_KEY, zExamplesMeta, type ExamplesColumn } from '../../lib/artifact/examples';
import { AppError } from '../../lib/errors';
import { sqlName, sqlText } from '../duckdb/connection';
import { readBounded } from './cells';
import type { RowsAnswer } from './query-message';

/** A page: rows to pass over, then at most so many. */
export type Page = { readonly offset: number; readonly limit: number };

/** Reads a page from a split's Parquet files. Throws `artifact-damaged` where they do not describe themselves as Examples. */
export async function readRows(
  connection: DuckDBConnection,
  files: readonly string[],
  page: Page,
): Promise<RowsAnswer> {
  const columns = await readColumns(connection, files);
  const names = columns.map(({ column }) => sqlName(column)).join(', ');
  const result = await connection.stream(
    `select ${names} from read_parquet(${fileList(files)}) limit ${page.limit} offset ${page.offset}`,
  );
  const { rows, truncated } = await readBounded(result, page.limit);
  return {
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    rows,
    totalRows: await countRows(connection, files),
    truncated,
  };
}

/** A SQL list of file names. */
export function fileList(files: readonly string[]): string {
  return `[${files.map(sqlText).join(', ')}]`;
}

/** The features of Examples, as their files describe them. Throws `artifact-damaged` where they do not. */
export async function readColumns(
  connection: DuckDBConnection,
  files: readonly string[],
): Promise<readonly ExamplesColumn[]> {
  const found = await connection.runAndReadAll(
    `select decode(value) from parquet_kv_metadata(${sqlText(files[0] ?? '')}) where decode(key) = ${sqlText(EXAMPLES_META_KEY)}`,
  );
  const text = found.getRows()[0]?.[0];
  const parsed = typeof text === 'string' ? zExamplesMeta.safeParse(JSON.parse(text)) : undefined;
  if (parsed?.success !== true) {
    throw new AppError('artifact-damaged', 'The Parquet files of this artifact do not describe their features.', {
      nextStep: 'Run the pipeline again without reuse to make it anew.',
    });
  }
  return parsed.data.columns;
}

async function countRows(connection: DuckDBConnection, files: readonly string[]): Promise<number> {
  const found = await connection.runAndReadAll(`select sum(num_rows) from parquet_file_metadata(${fileList(files)})`);
  return Number(found.getRows()[0]?.[0] ?? 0);
}
