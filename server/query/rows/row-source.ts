/** Splits of an Examples artifact as one row of rows: each row has a place, counted through the splits and their files. */

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { sqlName, sqlText } from '../../duckdb/connection';
import { openExamplesSplit, type SourceColumn } from '../../duckdb/examples-source';
import { queryRows, type DuckdbSession } from '../../duckdb/query';
import type { BoundValues } from '../../duckdb/sql/bound-values';
import { rowConditionsSql, type RowFilter } from '../../duckdb/sql/row-conditions';
import { findArtifactFolder, findSplitFiles } from '../artifact-files';

/** A Parquet file and the place of its first row. */
export type RowFile = { readonly path: string; readonly start: number; readonly rows: number };

/** One split, its features, and the place of its first row. */
export type RowSplit = {
  readonly name: string;
  readonly columns: readonly SourceColumn[];
  readonly files: readonly RowFile[];
  readonly start: number;
  readonly rows: number;
};

/** See the module. */
export type RowSource = {
  /** Tells this source from every other one. */
  readonly key: string;
  readonly splits: readonly RowSplit[];
  readonly rows: number;
  /** The features of all splits, each as the first split has it that knows more of it than that it is blank. */
  readonly columns: ReadonlyMap<string, SourceColumn>;
};

/** Which splits of which artifact. */
export type RowAddress = { readonly folder: string; readonly splits: readonly string[] };

/** Reads what the files say of themselves. Throws `forbidden`, `artifact-missing` or `artifact-damaged`. */
export async function openRowSource(session: DuckdbSession, store: string, address: RowAddress): Promise<RowSource> {
  const folder = await findArtifactFolder(store, address.folder);
  const splits: RowSplit[] = [];
  const columns = new Map<string, SourceColumn>();
  let start = 0;
  for (const split of address.splits) {
    const paths = await findSplitFiles(store, { folder: address.folder, split });
    const source = await openExamplesSplit(session, { folder, split });
    const counts = await rowsOf(session, paths);
    const files: RowFile[] = [];
    const first = start;
    for (const path of paths) {
      const rows = counts.get(path) ?? 0;
      files.push({ path, start, rows });
      start += rows;
    }
    splits.push({ name: split, columns: source.columns, files, start: first, rows: start - first });
    for (const column of source.columns) {
      const known = columns.get(column.name);
      if (known === undefined || known.kind === 'NONE') columns.set(column.name, column);
    }
  }
  return { key: sourceKey(address), splits, rows: start, columns };
}

/** Tells one source from every other one; artifacts never change. */
export function sourceKey({ folder, splits }: RowAddress): string {
  return JSON.stringify([folder, splits]);
}

/** The feature of this name. Throws `invalid-input` where no split has it. */
export function requireColumn({ columns }: RowSource, name: string): SourceColumn {
  const column = columns.get(name);
  if (column === undefined) {
    throw new AppError('invalid-input', 'These rows have no such feature.', {
      nextStep: 'Choose one of the features that the head of the table shows.',
    });
  }
  return column;
}

/** The rows of one split that match, as a subquery. */
export function scanSplitSql(split: RowSplit, filter: RowFilter, { select, bound }: Scan): string {
  const from = `read_parquet([${split.files.map((file) => sqlText(file.path)).join(', ')}], file_row_number = true)`;
  return `SELECT ${select.join(', ')} FROM ${from} WHERE ${rowConditionsSql(filter, split.columns, bound)}`;
}

/** The place of a row in {@link scanSplitSql}. */
export function placeSql(split: RowSplit): string {
  if (split.files.length === 1) return `file_row_number + ${split.start}`;
  const starts = split.files.map((file) => file.start).join(', ');
  return `([${starts}]::BIGINT[])[file_index::BIGINT + 1] + file_row_number`;
}

/** What is selected; values are bound as they are met. */
export type Scan = { readonly select: readonly string[]; readonly bound: BoundValues };

/** How the column of a feature is called in SQL; NULL in a split that does not have it. */
export function columnSql(split: RowSplit, name: string): string {
  const column = split.columns.find((each) => each.name === name);
  return column === undefined ? 'NULL' : sqlName(column.column);
}

async function rowsOf(session: DuckdbSession, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await queryRows(
    session,
    `SELECT file_name AS path, num_rows::DOUBLE AS rows FROM parquet_file_metadata([${paths.map(sqlText).join(', ')}])`,
    z.object({ path: z.string(), rows: z.number() }),
  );
  return new Map(rows.map(({ path, rows: count }) => [path, count]));
}
