/** Parquet files that somebody else wrote: whether they are any, what is in them, and their rows in order. */

import { open } from 'node:fs/promises';

import type { DuckDBDataChunk } from '@duckdb/node-api';
import * as z from 'zod';

import { AppError } from '../../lib/errors';
import { toSourceError, type SourceFile } from '../storage/source-files';
import { sqlText } from './connection';
import type { ParquetColumn, ParquetFeature } from './parquet-features';
import { queryRow, queryRows, running, type DuckdbSession } from './query';
import { toStorageError } from './storage-error';

const MAGIC = 'PAR1';
const ENCRYPTED_MAGIC = 'PARE';
/** Magic, length of the description, magic. */
const SMALLEST_BYTES = 12;

/** What a Parquet file says of itself. */
export type ParquetDescription = { readonly rows: number; readonly columns: readonly ParquetColumn[] };

const zNode = z.object({ name: z.string(), children: z.number().nullable() });
const zColumn = z.object({ column_name: z.string(), column_type: z.string() });

/** Reads the description at a file's end. Throws `invalid-input` where the file is no Parquet, cut off or damaged. */
export async function describeParquet(session: DuckdbSession, file: SourceFile): Promise<ParquetDescription> {
  await requireParquet(file);
  try {
    const place = sqlText(file.path);
    const { rows } = await queryRow(
      session,
      `SELECT num_rows::DOUBLE AS rows FROM parquet_file_metadata(${place})`,
      z.object({ rows: z.number() }),
    );
    const nodes = await queryRows(
      session,
      `SELECT name, num_children::INTEGER AS children FROM parquet_schema(${place})`,
      zNode,
    );
    const described = await queryRows(session, `DESCRIBE SELECT * FROM ${relationOf(file)}`, zColumn);
    const names = topLevelNames(nodes);
    const columns = described.map((row, index) => ({
      name: names[index] ?? row.column_name,
      column: row.column_name,
      type: row.column_type,
    }));
    requireDifferentNames(file, columns);
    return { rows, columns };
  } catch (error) {
    throw toReadError(error, file);
  }
}

/** The rows of a file in their order, chunk by chunk: one column for each of `features`, as their SQL has it. */
export async function* readParquet(
  session: DuckdbSession,
  file: SourceFile,
  features: readonly ParquetFeature[],
): AsyncGenerator<DuckDBDataChunk, void, undefined> {
  const select = features.map(({ sql }) => sql).join(', ');
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await running(session, work);
    } catch (error) {
      throw toReadError(error, file);
    }
  };
  const result = await guarded(() => session.connection.stream(`SELECT ${select} FROM ${relationOf(file)}`));
  for (;;) {
    const chunk = await guarded(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
  }
}

/** A file as a table in SQL. Names of folders are not columns: TFX does not read them as such. */
export function relationOf(file: SourceFile): string {
  return `read_parquet(${sqlText(file.path)}, hive_partitioning = false)`;
}

/** The names of the columns: what stands below the root, without what stands inside lists and structs. */
function topLevelNames(nodes: readonly z.infer<typeof zNode>[]): readonly string[] {
  const names: string[] = [];
  let inside = 0;
  for (const { name, children } of nodes.slice(1)) {
    if (inside === 0) names.push(name);
    else inside--;
    inside += children ?? 0;
  }
  return names;
}

function requireDifferentNames(file: SourceFile, columns: readonly ParquetColumn[]): void {
  if (columns.length === 0) throw new AppError('invalid-input', `${file.name} has no columns.`, { path: file.name });
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) {
      throw new AppError('invalid-input', `${file.name} has two columns of the name "${name}".`, {
        nextStep: 'Give each column a name of its own.',
        path: file.name,
      });
    }
    seen.add(name);
  }
}

async function requireParquet(file: SourceFile): Promise<void> {
  const { first, last, sizeBytes } = await readEnds(file);
  const refuse = (what: string, nextStep: string) =>
    new AppError('invalid-input', `${file.name} ${what}.`, { nextStep, path: file.name });
  if (sizeBytes === 0)
    throw refuse('is empty', 'Check that this is the right file and that it was written to its end.');
  if (first === ENCRYPTED_MAGIC || last === ENCRYPTED_MAGIC) {
    throw refuse('is encrypted Parquet', 'Write it without encryption.');
  }
  if (first !== MAGIC) {
    throw refuse('is not a Parquet file', 'Name Parquet files only; a pattern in inputConfig leaves others out.');
  }
  if (last !== MAGIC || sizeBytes < SMALLEST_BYTES) {
    throw refuse('is cut off: the description at the end of a Parquet file is missing', 'Copy or write it again.');
  }
}

type Ends = { readonly first: string; readonly last: string; readonly sizeBytes: number };

async function readEnds(file: SourceFile): Promise<Ends> {
  const handle = await open(file.path).catch((error: unknown) => {
    throw toSourceError(error, file.path);
  });
  try {
    const { size } = await handle.stat();
    const read = async (position: number) => {
      const bytes = Buffer.alloc(MAGIC.length);
      const { bytesRead } = await handle.read(bytes, 0, MAGIC.length, position);
      return bytes.toString('latin1', 0, bytesRead);
    };
    return { first: await read(0), last: await read(Math.max(0, size - MAGIC.length)), sizeBytes: size };
  } finally {
    await handle.close();
  }
}

/** What DuckDB says of a file in words. Its own text may quote values of the data, so it is kept only where it cannot. */
export function toReadError(thrown: unknown, file: SourceFile): unknown {
  const error = toStorageError(thrown, "DuckDB's temporary files");
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const { message } = error;
  const refuse = (what: string, nextStep: string) =>
    new AppError('invalid-input', `${file.name} ${what}.`, { nextStep, path: file.name });
  if (/valid UTF-?8|Invalid string encoding/i.test(message)) {
    return refuse('calls bytes text that are not UTF-8', 'Write them as UTF-8, or as a column of bytes.');
  }
  if (/^Conversion Error.*UINT64/.test(message)) {
    const column = /source column (\S+)/.exec(message)?.[1];
    const where = column === undefined ? '' : ` in the column "${column}"`;
    return refuse(`holds an unsigned integer${where} beyond the 64 bits of INT`, 'Write the column as text.');
  }
  return refuse('is damaged: it cannot be read as Parquet', 'Copy or write it again.');
}
