/** Reads the rows at given places: only the files and row groups that hold them are opened, only the wanted columns. */

import type { DuckDBValue } from '@duckdb/node-api';

import { assert } from '../../../lib/assert';
import { sqlText } from '../../duckdb/connection';
import type { SourceColumn } from '../../duckdb/examples-source';
import { running, type DuckdbSession } from '../../duckdb/query';
import { MAX_ANSWER_BYTES } from '../query-message';
import { cellSql, cutCell, rowCell, type CellBounds } from './row-cells';
import type { RowCell, RowsAnswerOf } from './rows-message';
import type { RowFile, RowSource, RowSplit } from './row-source';

type PlacedRow = RowsAnswerOf<'rows-row'>['row'];

/** Tried in turn until the page fits into an answer. */
const PAGE_BOUNDS: readonly CellBounds[] = [
  { characters: 300, items: 50 },
  { characters: 60, items: 8 },
  { characters: 12, items: 2 },
];

/** Rows with the cells of `columns`, in the order of `places`. */
export async function readPage(
  session: DuckdbSession,
  source: RowSource,
  { places, columns }: { readonly places: Uint32Array; readonly columns: readonly string[] },
): Promise<readonly PlacedRow[]> {
  const [widest] = PAGE_BOUNDS;
  assert(widest !== undefined, 'a page has bounds');
  let rows = await readPlaces(session, source, { places, columns, bounds: widest });
  for (const bounds of PAGE_BOUNDS.slice(1)) {
    if (Buffer.byteLength(JSON.stringify(rows)) <= MAX_ANSWER_BYTES) break;
    rows = rows.map((row) => ({ ...row, cells: row.cells.map((cell) => cutCell(cell, bounds)) }));
  }
  return rows;
}

/** What is read of which rows. */
export type PlacesToRead = {
  readonly places: Uint32Array;
  readonly columns: readonly string[];
  readonly bounds: CellBounds;
};

/** The same with bounds of the caller's own. */
export async function readPlaces(
  session: DuckdbSession,
  source: RowSource,
  { places, columns, bounds }: PlacesToRead,
): Promise<readonly PlacedRow[]> {
  const byPlace = new Map<number, PlacedRow>();
  for (const split of source.splits) {
    const wanted = places.filter((place) => place >= split.start && place < split.start + split.rows);
    if (wanted.length === 0) continue;
    const found = columns.map((name) => split.columns.find((column) => column.name === name));
    const cellsOf = (values: readonly DuckDBValue[]): RowCell[] =>
      found.map((column, index) => (column === undefined ? null : rowCell(values[index + 1] ?? null, column, bounds)));
    const sql = pageSql(split, { wanted, found, bounds });
    const rows = await running(session, async ({ connection }) => (await connection.run(sql)).getRows());
    for (const values of rows) {
      const place = Number(values[0]);
      byPlace.set(place, { split: split.name, position: place - split.start, cells: cellsOf(values) });
    }
  }
  return Array.from(places, (place) => {
    const row = byPlace.get(place);
    assert(row !== undefined, 'every place has its row');
    return row;
  });
}

type PageParts = {
  readonly wanted: Uint32Array;
  readonly found: readonly (SourceColumn | undefined)[];
  readonly bounds: CellBounds;
};

function pageSql(split: RowSplit, { wanted, found, bounds }: PageParts): string {
  const cells = found.map((column) => `, ${column === undefined ? 'NULL' : cellSql(column, bounds)}`).join('');
  return split.files
    .flatMap((file) => {
      const rows = Array.from(wanted, (place) => place - file.start).filter((row) => row >= 0 && row < file.rows);
      return rows.length === 0
        ? []
        : [`SELECT ${placeSql(file)} AS p${cells} FROM ${fileSql(file)} WHERE ${within(rows)}`];
    })
    .join(' UNION ALL ');
}

function placeSql(file: RowFile): string {
  return `file_row_number + ${file.start}`;
}

function fileSql(file: RowFile): string {
  return `read_parquet(${sqlText(file.path)}, file_row_number = true)`;
}

/** The numbers are our own. A range lets DuckDB pass over row groups. */
function within(rows: readonly number[]): string {
  const first = Math.min(...rows);
  const last = Math.max(...rows);
  const range = `file_row_number BETWEEN ${first} AND ${last}`;
  return last - first + 1 === rows.length ? range : `${range} AND file_row_number IN (${rows.join(', ')})`;
}
