/** The columns of files that a node is going to read, seen without running it: headers and first rows, descriptions, schemas. */

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { parseSchemaText } from '../../lib/artifact/data-schema';
import type { SourceFiles } from '../../lib/catalog/component-spec';
import { ColumnKinds } from '../../lib/csv/column-kinds';
import { CsvScanner } from '../../lib/csv/csv-scanner';
import { readHeader } from '../../lib/csv/header';
import { AppError } from '../../lib/errors';
import type { ArrivingColumn } from '../../lib/pipeline/arriving-columns';
import { askQueryProcess } from '../query/client';
import { readChunks } from '../storage/read-chunks';
import { findSourceFiles, type SourceFile } from '../storage/source-files';

/** What was seen, and where. */
export type SourceColumns = { readonly columns: readonly ArrivingColumn[]; readonly seenIn: string };

/** Which files, relative to which folder, and who reads Parquet. */
export type SourceColumnsRequest = {
  readonly source: SourceFiles;
  /** Absolute. */
  readonly baseFolder: string;
  readonly querySocket: string;
  readonly signal: AbortSignal;
};

/** Longest record that is looked at, in bytes. */
const MAX_RECORD_BYTES = 16_777_216;
/** A schema file larger than this is not one that a person keeps, in bytes. */
const MAX_SCHEMA_BYTES = 16_000_000;

/**
 * The columns of a source, from the first file of each pattern. Kinds of a CSV are those of its first megabyte: a later
 * row may widen them. Undefined where such files hold no columns. Throws an `AppError` where they cannot be read.
 */
export async function readSourceColumns(request: SourceColumnsRequest): Promise<SourceColumns | undefined> {
  const { source, baseFolder, querySocket, signal } = request;
  if (source.columnsIn === undefined) return undefined;
  const base = path.resolve(baseFolder, source.base);
  const files: SourceFile[] = [];
  for (const pattern of source.patterns) {
    const [first] = await findSourceFiles(base, pattern);
    if (first !== undefined && !files.some((file) => file.path === first.path)) files.push(first);
  }
  if (files.length === 0)
    throw new AppError('not-found', `No file in ${source.base} matches ${source.patterns.join(' or ')}.`);
  const seenIn = files.map(({ name }) => name).join(', ');
  switch (source.columnsIn) {
    case 'csv': {
      const kinds = new Map<string, string>();
      for (const file of files)
        for (const { name, kind } of await readCsvColumns(file, signal)) if (!kinds.has(name)) kinds.set(name, kind);
      return { columns: [...kinds].map(([name, kind]) => ({ name, kind })), seenIn };
    }
    case 'parquet': {
      const of = { files: files.map((file) => file.path) };
      const { columns } = await askQueryProcess({ type: 'columns', of }, { socket: querySocket, signal });
      return { columns, seenIn };
    }
    case 'schema': {
      const [file] = files;
      return file === undefined ? undefined : { columns: await readSchemaColumns(file.path, file.name), seenIn };
    }
  }
}

/** The features of a `schema.pbtxt`, each with its type. */
export async function readSchemaColumns(file: string, name: string): Promise<readonly ArrivingColumn[]> {
  if ((await stat(file)).size > MAX_SCHEMA_BYTES)
    throw new AppError('unsupported', `${name} is too large for a schema.`);
  const { feature } = parseSchemaText(await readFile(file, 'utf8'), name);
  return feature.map((each) => ({ name: each.name ?? '', kind: String(each.type ?? 'TYPE_UNKNOWN') }));
}

async function readCsvColumns(file: SourceFile, signal: AbortSignal): Promise<readonly ArrivingColumn[]> {
  let names: readonly string[] | undefined;
  let kinds = new ColumnKinds(0);
  const scanner = new CsvScanner({
    file: file.name,
    maxRecordBytes: MAX_RECORD_BYTES,
    onRecord: (record) => {
      if (names !== undefined) return kinds.add(record);
      names = readHeader(record, file.name);
      kinds = new ColumnKinds(names.length);
    },
  });
  let read = 0;
  try {
    for await (const chunk of readChunks(file.path, signal)) {
      scanner.push(chunk);
      read += chunk.length;
      // The first chunk shows most headers; a header longer than it goes on.
      if (names !== undefined) break;
    }
    // Where more follows, the last record is cut and does not count.
    if (read >= file.sizeBytes) scanner.end();
  } catch (error) {
    // A row that the run is going to refuse: the names of the columns stand all the same.
    if (!(error instanceof AppError) || error.code === 'canceled' || names === undefined) throw error;
  }
  const inferred = kinds.featureKinds();
  return (names ?? []).map((name, index) => ({ name, kind: inferred[index] ?? 'NONE' }));
}
