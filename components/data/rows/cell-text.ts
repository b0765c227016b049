/** Cells of rows as text: on the screen, and as they are copied. */

import type { inferRouterOutputs } from '@trpc/server';

import { NO_VALUE } from '../../../lib/format/number';
import type { AppRouter } from '../../../server/api/root';

type Outputs = inferRouterOutputs<AppRouter>['rows'];
/** A feature of the rows. */
export type RowsColumn = Outputs['columns']['columns'][number];
/** A row and its place. */
export type PlacedRow = Outputs['page']['rows'][number];
/** A cell; null is missing. */
export type RowCell = PlacedRow['cells'][number];

/** A cell as it is read. Missing is a dash, an empty text is quoted, and NaN is said in words. */
export function cellText(cell: RowCell, kind: string): string {
  if (cell === null) return NO_VALUE;
  if (typeof cell === 'number') return String(cell).replace(/^-/, '−');
  if (typeof cell === 'string') return kind === 'FLOAT' ? notFinite(cell) : cell === '' ? '“”' : cell;
  return `[${cell.map((item) => cellText(item, kind)).join(', ')}]`;
}

/** A cell as it is copied: numbers as the machine writes them, missing as nothing. */
export function copiedCell(cell: RowCell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** True for numbers, which stand at the right. */
export function isNumeric(kind: string): boolean {
  return /^(INT|FLOAT|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|DECIMAL.*)$/.test(kind);
}

function notFinite(text: string): string {
  if (text === 'NaN') return 'not a number';
  return text === 'Infinity' ? '∞' : text === '-Infinity' ? '−∞' : text;
}
