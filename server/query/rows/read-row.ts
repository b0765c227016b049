/** One row with all its features. */

import { AppError } from '../../../lib/errors';
import type { DuckdbSession } from '../../duckdb/query';
import { MAX_ANSWER_BYTES } from '../query-message';
import { describeColumns } from './describe-columns';
import { readPlaces } from './read-page';
import { cutCell } from './row-cells';
import type { RowSource } from './row-source';
import type { RowsAnswerOf } from './rows-message';

const BOUNDS = { characters: 100_000, items: 1_000 };
/** What a cell is cut to when the row does not fit into an answer. */
const TIGHT = { characters: 40, items: 3 };

/** Reads the row at a position of the source's only split. Throws `not-found` behind the last row. */
export async function readRow(
  session: DuckdbSession,
  source: RowSource,
  position: number,
): Promise<RowsAnswerOf<'rows-row'>> {
  if (position >= source.rows) {
    throw new AppError('not-found', `There is no row ${position + 1}: these are ${source.rows}.`);
  }
  const { columns } = describeColumns(source);
  const names = columns.map(({ name }) => name);
  const [row] = await readPlaces(session, source, { places: Uint32Array.of(position), columns: names, bounds: BOUNDS });
  if (row === undefined) throw new Error('The row was not read');
  const left = MAX_ANSWER_BYTES - Buffer.byteLength(JSON.stringify(columns));
  if (Buffer.byteLength(JSON.stringify(row)) <= left) return { columns, row, truncated: false };
  return { columns, row: { ...row, cells: row.cells.map((cell) => cutCell(cell, TIGHT)) }, truncated: true };
}
