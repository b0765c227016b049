/** CSV text read in one go through the scanner, type inference and cell values, for tests. */

import { strict as assert } from 'node:assert';

import type { FeatureKind } from '../../lib/artifact/examples';
import { ColumnKinds } from '../../lib/csv/column-kinds';
import { CsvScanner, type CsvRecord, type CsvScannerOptions } from '../../lib/csv/csv-scanner';
import { readHeader } from '../../lib/csv/header';
import { fillRow } from '../../lib/csv/row-parser';
import { AppError } from '../../lib/errors';
import { RowValues } from '../../lib/example/row-values';

/** The value of a cell. */
export type Value = bigint | number | string | null;
/** A typed column, null where a cell is blank. */
export type Column = { readonly kind: FeatureKind; readonly rows: readonly Value[] };
/** Options of the scanner, and the size of the chunks that it is given. */
export type Options = Partial<CsvScannerOptions> & {
  readonly chunkBytes?: number;
  /** What a schema says of the columns, in their order, in place of what would be inferred. */
  readonly kinds?: readonly FeatureKind[];
};

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function scan(bytes: Uint8Array, onRecord: (record: CsvRecord) => void, options: Options = {}): void {
  const scanner = new CsvScanner({ file: 'test.csv', maxRecordBytes: 1_000_000, ...options, onRecord });
  const step = options.chunkBytes ?? Math.max(1, bytes.length);
  for (let at = 0; at < bytes.length; at += step) scanner.push(bytes.subarray(at, at + step));
  scanner.end();
}

/** Every record as its cells' text. */
export function cellsOf(text: string | Uint8Array, options: Options = {}): readonly (readonly string[])[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const records: string[][] = [];
  const onRecord = ({ bytes: buffer, starts, ends, count }: CsvRecord) =>
    void records.push(
      Array.from({ length: count }, (_, cell) => DECODER.decode(buffer.subarray(starts[cell], ends[cell]))),
    );
  scan(bytes, onRecord, options);
  return records;
}

/** Columns by name, with the values of every row; null where the cell is blank. */
export function columnsOf(text: string, options: Options = {}): Readonly<Record<string, Column>> {
  const bytes = new TextEncoder().encode(text);
  let names: readonly string[] | undefined;
  let kinds = new ColumnKinds(0);
  const infer = (record: CsvRecord) => {
    if (names !== undefined) return kinds.add(record);
    names = readHeader(record, 'test.csv');
    kinds = new ColumnKinds(names.length);
  };
  scan(bytes, infer, options);
  const found = options.kinds ?? kinds.featureKinds();
  const columns = found.map((kind) => ({ kind, rows: [] as Value[] }));
  const row = new RowValues(found.length);
  let isHeader = true;
  const collect = (record: CsvRecord) => {
    if (isHeader) isHeader = false;
    else {
      assert(fillRow(record, found, row), 'every cell fits its column');
      columns.forEach(({ kind, rows }, slot) => rows.push(valueOf(row, slot, kind)));
    }
  };
  scan(bytes, collect, options);
  return Object.fromEntries((names ?? []).map((name, index) => [name, columns[index] ?? { kind: 'NONE', rows: [] }]));
}

function valueOf(row: RowValues, slot: number, kind: FeatureKind): Value {
  if (row.present[slot] === 0) return null;
  if (kind === 'INT') return new BigInt64Array(row.intHalves.slice(slot * 2, slot * 2 + 2).buffer)[0] ?? null;
  if (kind === 'FLOAT') return new Float32Array(row.floatBits.slice(slot, slot + 1).buffer)[0] ?? null;
  return DECODER.decode(row.bytes.subarray(row.starts[slot], row.ends[slot]));
}

/** The error that `run` throws; fails where it throws another one or none. */
export function refusal(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A row of a table test: its name, and the rest as one object. */
export function namedCase<A, B>([name, given, expected, options = {}]: readonly [string, A, B, Options?]) {
  return [name, { given, expected, options }] as const;
}
