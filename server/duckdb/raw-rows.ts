/** The rows of some splits as they were read in, a batch at a time, for those who look at each of them. */

import { AppError } from '../../lib/errors';
import type { TransformCell } from '../../lib/transform/apply-transform';
import { sqlName } from './connection';
import type { ExamplesSource } from './examples-source';
import type { DuckdbSession } from './query';
import { toStorageError } from './storage-error';

/** A split and its files. */
export type RawSplit = { readonly name: string; readonly source: ExamplesSource };

/** Some rows of one split, column by column. */
export type RawBatch = {
  readonly split: string;
  /** Number of the first row in its split, from 0. */
  readonly firstRow: number;
  readonly rows: number;
  /** Cells by column, as many as there are rows. A column that the split does not have is not there. */
  readonly columns: Readonly<Record<string, TransformCell[]>>;
};

/** Rows of a batch: a few of DuckDB's chunks. */
const BATCH_ROWS = 8_192;

/** Reads the named columns of every row, splits one after the other, rows in their order. */
export async function* rawBatches(
  session: DuckdbSession,
  splits: readonly RawSplit[],
  names: readonly string[],
): AsyncGenerator<RawBatch> {
  for (const { name: split, source } of splits) {
    const there = names.filter((name) => source.columns.some((column) => column.name === name));
    const selected = there.map((name) => cellSql(source, name));
    const sql = `SELECT ${selected.length === 0 ? '1' : selected.join(', ')} FROM ${source.relation}`;
    let firstRow = 0;
    let rows = 0;
    let cells = there.map((): TransformCell[] => []);
    const batch = (): RawBatch => ({
      split,
      firstRow,
      rows,
      columns: Object.fromEntries(there.map((name, index) => [name, cells[index] ?? []])),
    });
    for await (const chunk of chunksOf(session, sql)) {
      for (const [index, column] of cells.entries())
        chunk.visitColumnValues(index, (value) => {
          column.push(toCell(value));
        });
      rows += chunk.rowCount;
      if (rows < BATCH_ROWS) continue;
      yield batch();
      firstRow += rows;
      rows = 0;
      cells = there.map(() => []);
    }
    if (rows > 0) yield batch();
  }
}

async function* chunksOf({ connection, signal }: DuckdbSession, sql: string) {
  try {
    const result = await connection.stream(sql);
    for await (const chunk of result) {
      if (signal.aborted) throw new AppError('canceled', 'The work was stopped before it was complete.');
      yield chunk;
    }
  } catch (error) {
    throw error instanceof AppError ? error : toStorageError(error, "DuckDB's temporary files");
  }
}

/** Bytes that are no text have no value. */
function cellSql(source: ExamplesSource, name: string): string {
  const column = source.columns.find((each) => each.name === name);
  if (column === undefined || column.kind === 'NONE') return 'NULL';
  const raw = sqlName(column.column);
  if (column.kind !== 'STRING' || !column.isBinary) return raw;
  return column.isList ? `list_transform(${raw}, lambda b: TRY(decode(b)))` : `TRY(decode(${raw}))`;
}

function toCell(value: unknown): TransformCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' && 'items' in value && Array.isArray(value.items))
    return value.items.filter((item) => item !== null).map(toValue);
  return toValue(value);
}

function toValue(value: unknown): number | bigint | string {
  if (typeof value === 'string' || typeof value === 'number') return value;
  const number = Number(value);
  return typeof value === 'bigint' && !Number.isSafeInteger(number) ? value : number;
}
