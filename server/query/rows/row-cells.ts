/** Values of rows → cells, short enough that a page of them travels. */

import { DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';

import { sqlName } from '../../duckdb/connection';
import type { SourceColumn } from '../../duckdb/examples-source';
import { readableText } from '../../duckdb/sql/row-conditions';
import { shortestFloat32 } from '../cells';
import type { RowCell } from './rows-message';

/** How much of a cell is shown. */
export type CellBounds = { readonly characters: number; readonly items: number };

/** What stands where a text or a list was cut. */
const CUT = '…';

/** The column of a feature, cut by DuckDB to one more than is shown: a text may have megabytes. */
export function cellSql(column: SourceColumn, { characters, items }: CellBounds): string {
  const name = sqlName(column.column);
  const text = (value: string) =>
    column.kind === 'STRING' ? `left(${readableText(column, value)}, ${characters + 1})` : value;
  if (!column.isList) return text(name);
  const some = `list_slice(${name}, 1, ${items + 1})`;
  return column.kind === 'STRING' ? `list_transform(${some}, lambda v: ${text('v')})` : some;
}

/** The cell of a value that {@link cellSql} gave. */
export function rowCell(value: DuckDBValue, column: SourceColumn, bounds: CellBounds): RowCell {
  return cutCell(valueCell(value), bounds);
}

/** A value as a cell, whole. */
export function valueCell(value: DuckDBValue): RowCell {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? shortestFloat32(value) : String(value);
  return value instanceof DuckDBListValue ? value.items.map(valueCell) : String(value);
}

/** A cell within tighter bounds; what is cut ends in an ellipsis. */
export function cutCell(cell: RowCell, bounds: CellBounds): RowCell {
  const { characters, items } = bounds;
  if (typeof cell === 'string') {
    const points = cell.length > characters ? Array.from(cell) : undefined;
    return points === undefined || points.length <= characters ? cell : points.slice(0, characters).join('') + CUT;
  }
  if (typeof cell === 'number' || cell === null) return cell;
  const shown = cell.slice(0, items).map((item) => cutCell(item, bounds));
  return cell.length > items ? [...shown, CUT] : shown;
}
