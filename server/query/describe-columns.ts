/** The columns of Parquet files, read off their descriptions. */

import path from 'node:path';

import { AppError } from '../../lib/errors';
import { toParquetFeature, type ParquetColumn } from '../duckdb/parquet-features';
import { describeParquet } from '../duckdb/parquet-source';
import type { DuckdbSession } from '../duckdb/query';
import { findSplitFiles } from './artifact-files';
import type { ColumnsAnswer, ColumnsRequest } from './columns-message';
import { readColumns } from './read-rows';

/** Answers a {@link ColumnsRequest}. `store` is the artifact store, absolute. */
export async function describeColumns(
  session: DuckdbSession,
  store: string,
  { of }: ColumnsRequest,
): Promise<ColumnsAnswer> {
  const kinds = new Map<string, string>();
  const add = (name: string, kind: string) => {
    if (!kinds.has(name)) kinds.set(name, kind);
  };
  if ('folder' in of) {
    for (const split of of.splits) {
      const files = await findSplitFiles(store, { folder: of.folder, split });
      for (const { name, kind } of await readColumns(session.connection, files)) add(name, kind);
    }
  } else {
    for (const file of of.files) {
      const name = path.basename(file);
      const { columns } = await describeParquet(session, { path: file, name, sizeBytes: 0, modifiedAtS: 0 });
      for (const column of columns) add(column.name, kindOf(name, column));
    }
  }
  return { columns: [...kinds].map(([name, kind]) => ({ name, kind })) };
}

function kindOf(file: string, column: ParquetColumn): string {
  try {
    return toParquetFeature(file, column, { zeros: 'value', timestamps: 'epoch-seconds' }).kind;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported') return column.type.toLowerCase();
    throw error;
  }
}
