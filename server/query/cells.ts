/** DuckDB's values → cells that JSON can hold, within the bounds of one answer. */

import { DuckDBListValue, type DuckDBResult, type DuckDBValue } from '@duckdb/node-api';

import { MAX_ANSWER_BYTES, MAX_CELL_CHARACTERS, type Cell } from './query-message';

/** Items of a list that are shown. */
const MAX_LIST_ITEMS = 100;
/** Digits that always tell one float32 from the next. */
const FLOAT32_DIGITS = 9;

/** A cell. `isFloat32` asks for the shortest number that is the same float32: 0.1, not 0.10000000149011612. */
export function toCell(value: DuckDBValue, isFloat32 = false): Cell {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) return String(value);
      return isFloat32 ? shortestFloat32(value) : value;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'string':
      return cut(value);
    default:
      break;
  }
  if (value === null) return null;
  if (value instanceof DuckDBListValue)
    return value.items.slice(0, MAX_LIST_ITEMS).map((item) => toCell(item, isFloat32));
  return cut(String(value));
}

/** The shortest decimal that rounds to the same float32. */
export function shortestFloat32(value: number): number {
  for (let digits = 1; digits < FLOAT32_DIGITS; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(FLOAT32_DIGITS));
}

function cut(text: string): string {
  return text.length <= MAX_CELL_CHARACTERS ? text : `${text.slice(0, MAX_CELL_CHARACTERS - 1)}…`;
}

/** Rows as far as the bounds allow. */
export type BoundedRows = { readonly rows: Cell[][]; readonly truncated: boolean };

/** Fetches a result chunk by chunk and stops at `limit` rows or {@link MAX_ANSWER_BYTES}; `truncated` tells that more was there. */
export async function readBounded(result: DuckDBResult, limit: number): Promise<BoundedRows> {
  const isFloat32 = result.columnTypes().map((type) => /^FLOAT(\[|$)/.test(String(type)));
  const rows: Cell[][] = [];
  let bytes = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const values of chunk.getRows()) {
      if (rows.length === limit) return { rows, truncated: true };
      const row = values.map((value, column) => toCell(value, isFloat32[column]));
      bytes += Buffer.byteLength(JSON.stringify(row));
      if (bytes > MAX_ANSWER_BYTES) return { rows, truncated: true };
      rows.push(row);
    }
  }
  return { rows, truncated: false };
}
