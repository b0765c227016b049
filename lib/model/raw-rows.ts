/**
 * Rows from a file → the raw columns that a model reads, by the kinds that its transform graph expects. The same for CSV
 * and JSON lines: columns that the model does not read are left out, what is not there is missing.
 */

import { csvError } from '../csv/csv-error';
import { CsvScanner, type CsvRecord } from '../csv/csv-scanner';
import { readHeader } from '../csv/header';
import { CELL_KIND, cellKind, writeFloat32 } from '../csv/number-text';
import { AppError } from '../errors';
import type { TransformCell } from '../transform/apply-transform';
import type { TransformGraph, TransformKind } from '../transform/transform-graph';

/** A raw column that a model reads. */
export type ModelColumn = {
  readonly name: string;
  readonly kind: TransformKind;
  /** True where only the label is computed from it: predictions do without. */
  readonly isLabel: boolean;
};

/** The raw columns that a graph reads, each once, in its order. */
export function modelColumns({ steps }: TransformGraph): readonly ModelColumn[] {
  const columns = new Map<string, ModelColumn>();
  for (const { column, from, inputKind, op } of steps) {
    if (from !== 'raw') continue;
    const known = columns.get(column);
    const isLabel = op.type === 'label' && (known?.isLabel ?? true);
    columns.set(column, { name: column, kind: known?.kind ?? inputKind, isLabel });
  }
  return [...columns.values()];
}

/** Rows as a model takes them. */
export type RawRows = {
  readonly columns: Readonly<Record<string, readonly TransformCell[]>>;
  readonly rows: number;
  /** Columns of the file that the model does not read. */
  readonly ignored: readonly string[];
  /** Columns that the model reads and the file does not have, without the label. */
  readonly missing: readonly string[];
};

/** A file of rows, for messages. */
type RowsFile = { readonly name: string; readonly bytes: Uint8Array };

/** Longest record of a CSV file, in bytes. */
const MAX_RECORD_BYTES = 10_000_000;

/** Reads CSV with a header. An empty cell is missing. Throws `invalid-input` with line and column where a cell is no number. */
export function readCsvRows(file: RowsFile, wanted: readonly ModelColumn[]): RawRows {
  const cells = emptyColumns(wanted);
  let header: readonly string[] | undefined;
  let taken: readonly { readonly at: number; readonly column: ModelColumn; readonly into: TransformCell[] }[] = [];
  let rows = 0;
  const scanner = new CsvScanner({
    file: file.name,
    maxRecordBytes: MAX_RECORD_BYTES,
    onRecord: (record) => {
      if (header === undefined) {
        const names = readHeader(record, file.name);
        header = names;
        taken = wanted.flatMap((column) => {
          const at = names.indexOf(column.name);
          const into = cells.get(column.name);
          return at < 0 || into === undefined ? [] : [{ at, column, into }];
        });
        return;
      }
      rows += 1;
      for (const { at, column, into } of taken) into.push(csvCell(record, at, { column, file: file.name }));
    },
  });
  scanner.push(file.bytes);
  scanner.end();
  return finish({ cells, rows, wanted, named: header ?? [] });
}

type CellPlace = { readonly column: ModelColumn; readonly file: string };

const floatBits = new Uint32Array(1);
const floatValue = new Float32Array(floatBits.buffer);
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function csvCell({ bytes, starts, ends, line }: CsvRecord, at: number, { column, file }: CellPlace): TransformCell {
  const start = starts[at] ?? 0;
  const end = ends[at] ?? 0;
  if (start === end) return null;
  const text = () => decoder.decode(bytes.subarray(start, end));
  if (column.kind === 'STRING') return text();
  const found = cellKind(bytes, start, end);
  if (column.kind === 'FLOAT' && found !== CELL_KIND.STRING && writeFloat32({ bytes, start, end }, floatBits, 0))
    return floatValue[0] ?? null;
  if (column.kind === 'INT' && found === CELL_KIND.INT) return wholeNumber(text().trim());
  throw csvError(
    { file, line, column: at + 1 },
    `"${column.name}" holds something that is no ${column.kind === 'INT' ? 'whole number' : 'number'}`,
    'Write a number, or leave the cell empty.',
  );
}

function wholeNumber(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text.replace(/^\+/, ''));
}

/** Reads JSON lines: an object a line. Null and what is not there are missing. Throws `invalid-input` with line and column. */
export function readJsonRows(file: RowsFile, wanted: readonly ModelColumn[]): RawRows {
  const cells = emptyColumns(wanted);
  const named = new Set<string>();
  let rows = 0;
  for (const [index, line] of new TextDecoder().decode(file.bytes).split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `${file.name}:${index + 1}`;
    const row = parseObject(line, place);
    rows += 1;
    for (const name of Object.keys(row)) named.add(name);
    for (const column of wanted) {
      const value = Object.hasOwn(row, column.name) ? row[column.name] : undefined;
      cells.get(column.name)?.push(jsonCell(value ?? null, column, place));
    }
  }
  return finish({ cells, rows, wanted, named: [...named] });
}

function parseObject(line: string, path: string): Record<string, unknown> {
  const refuse = (cause?: unknown) =>
    new AppError('invalid-input', `${path} is not a JSON object.`, {
      nextStep: 'Write one object a line: {"column": value, …}.',
      path,
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw refuse(error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse();
  return { ...value };
}

function jsonCell(value: unknown, column: ModelColumn, path: string): TransformCell {
  if (value === null) return null;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.flatMap((item) => {
      const cell = jsonCell(item, column, path);
      return typeof cell === 'object' ? [] : [cell];
    });
  }
  if (column.kind === 'STRING' && typeof value === 'string') return value;
  if (column.kind === 'FLOAT' && typeof value === 'number') return Math.fround(value);
  if (column.kind === 'INT' && typeof value === 'number' && Number.isInteger(value)) return value;
  const kinds = { STRING: 'text', FLOAT: 'a number', INT: 'a whole number' } as const;
  throw new AppError('invalid-input', `"${column.name}" in ${path} is not ${kinds[column.kind]}.`, {
    nextStep: `The model reads ${kinds[column.kind]} there; null means missing.`,
    path,
  });
}

function emptyColumns(wanted: readonly ModelColumn[]): Map<string, TransformCell[]> {
  return new Map(wanted.map(({ name }) => [name, []]));
}

type Found = {
  readonly cells: ReadonlyMap<string, TransformCell[]>;
  readonly rows: number;
  readonly wanted: readonly ModelColumn[];
  readonly named: readonly string[];
};

function finish({ cells, rows, wanted, named }: Found): RawRows {
  const read = new Set(wanted.map(({ name }) => name));
  const given = new Set(named);
  return {
    columns: Object.fromEntries([...cells].filter(([name]) => given.has(name))),
    rows,
    ignored: named.filter((name) => !read.has(name)),
    missing: wanted.filter(({ name, isLabel }) => !isLabel && !given.has(name)).map(({ name }) => name),
  };
}
