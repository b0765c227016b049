/** One split of an `Examples` artifact as SQL can read it: its files, its rows and its features. */

import { readdir } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { splitFolder } from '../../lib/artifact/artifact';
import {
  EXAMPLES_META_KEY,
  zExamplesMeta,
  type ExamplesColumn,
  type ExamplesMeta,
  type RecordForm,
} from '../../lib/artifact/examples';
import { AppError } from '../../lib/errors';
import { sqlText } from './connection';
import { queryRow, queryRows, type DuckdbSession } from './query';

/** A feature and how its column lies on disk. */
export type SourceColumn = ExamplesColumn & {
  /** True where a row holds a list of values. */
  readonly isList: boolean;
  /** True where text lies as bytes, which need not be UTF-8. */
  readonly isBinary: boolean;
};

/** A split that can be queried. */
export type ExamplesSource = {
  /** What stands behind `FROM`. */
  readonly relation: string;
  readonly numRows: number;
  /** How the bytes of a record are made of its row. */
  readonly record: RecordForm;
  readonly columns: readonly SourceColumn[];
};

/** Reads the description of a split. Throws `artifact-missing` or `artifact-damaged`, or `invalid-input` when its files disagree on a type. */
export async function openExamplesSplit(
  session: DuckdbSession,
  { folder, split }: { readonly folder: string; readonly split: string },
): Promise<ExamplesSource> {
  const files = await dataFiles(path.join(folder, splitFolder(split)), split);
  const relation = `read_parquet([${files.map(sqlText).join(', ')}])`;
  const meta = await readMeta(session, { files, split });
  const zDescribed = z.object({ column_name: z.string(), column_type: z.string() });
  const described = await queryRows(session, `DESCRIBE SELECT * FROM ${relation}`, zDescribed);
  const types = new Map(described.map((row) => [row.column_name, row.column_type]));
  const { rows } = await queryRow(
    session,
    `SELECT count(*)::DOUBLE AS rows FROM ${relation}`,
    z.object({ rows: z.number() }),
  );
  return {
    relation,
    numRows: rows,
    record: meta.record,
    columns: meta.columns.map((column) => {
      const type = types.get(column.column);
      if (type === undefined) throw damaged(split, `lacks the column of the feature "${column.name}"`);
      return { ...column, isList: type.endsWith('[]'), isBinary: type.startsWith('BLOB') };
    }),
  };
}

async function dataFiles(folder: string, split: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new AppError('artifact-missing', `The folder of the split "${split}" is gone: ${folder}.`, {
      nextStep: 'Run the step that made the examples again.',
      cause,
    });
  });
  const files = names.filter((name) => name.endsWith('.parquet')).toSorted();
  if (files.length === 0) throw damaged(split, 'has no Parquet file');
  return files.map((name) => path.join(folder, name));
}

type SplitFiles = { readonly files: readonly string[]; readonly split: string };

async function readMeta(session: DuckdbSession, { files, split }: SplitFiles): Promise<ExamplesMeta> {
  const rows = await queryRows(
    session,
    `SELECT file_name, decode(value) AS value FROM parquet_kv_metadata([${files.map(sqlText).join(', ')}])
      WHERE decode(key) = ${sqlText(EXAMPLES_META_KEY)}`,
    z.object({ file_name: z.string(), value: z.string() }),
  );
  const byFile = new Map(rows.map((row) => [row.file_name, row.value]));
  let first: ExamplesMeta | undefined;
  for (const file of files) {
    const text = byFile.get(file);
    if (text === undefined) throw damaged(split, `does not describe its features in ${path.basename(file)}`);
    const meta = parseMeta(text, split);
    first ??= meta;
    requireSameFeatures(first, meta, path.basename(file));
  }
  if (first === undefined) throw damaged(split, 'has no Parquet file');
  return first;
}

function parseMeta(text: string, split: string): ExamplesMeta {
  try {
    return zExamplesMeta.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(split, 'describes its features in a form that is not known here', cause);
  }
}

function requireSameFeatures(first: ExamplesMeta, other: ExamplesMeta, file: string): void {
  const names = (meta: ExamplesMeta) => JSON.stringify(meta.columns.map(({ name, column }) => [name, column]));
  if (names(first) !== names(other))
    throw new AppError('invalid-input', `${file} has other features than the first file of its split.`, {
      nextStep: 'Make the examples again from files with the same columns.',
    });
  for (const [index, column] of first.columns.entries()) {
    const kind = other.columns[index]?.kind;
    if (kind !== column.kind)
      throw new AppError(
        'invalid-input',
        `Cannot determine the type of the feature "${column.name}": it is ${column.kind} in the first file of its split and ${kind ?? 'absent'} in ${file}.`,
        { nextStep: 'Make the examples again with one type per feature.' },
      );
  }
}

function damaged(split: string, what: string, cause?: unknown): AppError {
  return new AppError('artifact-damaged', `The split "${split}" ${what}.`, {
    nextStep: 'Run the step that made the examples again.',
    cause,
  });
}
