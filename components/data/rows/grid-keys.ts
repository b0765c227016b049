/** The cell that a key leads to, as the ARIA grid pattern has it. Row −1 is the head. */

/** A cell: row −1 is the head. */
export type GridCell = { readonly row: number; readonly column: number };

/** What is around the cell. */
export type GridSize = { readonly rows: number; readonly columns: number; readonly pageRows: number };

/** What of a key press counts. */
export type GridKey = { readonly key: string; readonly withControl: boolean };

/** Undefined where the key does not move. */
export function movedBy({ key, withControl }: GridKey, from: GridCell, size: GridSize): GridCell | undefined {
  const to = step({ key, withControl }, from, size);
  if (to === undefined) return undefined;
  return {
    row: Math.max(-1, Math.min(to.row, size.rows - 1)),
    column: Math.max(0, Math.min(to.column, size.columns - 1)),
  };
}

function step({ key, withControl }: GridKey, { row, column }: GridCell, size: GridSize): GridCell | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: withControl ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: withControl ? size.rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: withControl ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: withControl ? size.columns - 1 : column + 1 };
    case 'PageUp':
      return { row: Math.max(0, row - size.pageRows), column };
    case 'PageDown':
      return { row: row + size.pageRows, column };
    case 'Home':
      return { row: withControl ? 0 : row, column: 0 };
    case 'End':
      return { row: withControl ? size.rows - 1 : row, column: size.columns - 1 };
    default:
      return undefined;
  }
}
