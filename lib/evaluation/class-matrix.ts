/** Cells of a matrix of classes as they are drawn: the most frequent classes, shares of the true class, confusions. */

/** A cell with rows. */
export type ClassCellCount = { readonly actual: number; readonly predicted: number; readonly rows: number };

/** See the module. */
export type PreparedMatrix = {
  /** Those drawn, by number. */
  readonly classes: readonly number[];
  readonly classesInAll: number;
  readonly rowsAt: (actual: number, predicted: number) => number;
  /** Of all rows of the true class, from 0 to 1. */
  readonly shareAt: (actual: number, predicted: number) => number;
  /** The most frequent first, those of classes that are not drawn among them. */
  readonly confusions: readonly (ClassCellCount & { readonly share: number })[];
};

/** Classes that fit on a screen. */
const DRAWN = 24;

/** Prepares the cells of one model. */
export function prepareClassMatrix(cells: readonly ClassCellCount[], classes: number): PreparedMatrix {
  const totals = new Map<number, number>();
  const rows = new Map<string, number>();
  for (const { actual, predicted, rows: count } of cells) {
    totals.set(actual, (totals.get(actual) ?? 0) + count);
    rows.set(`${actual} ${predicted}`, count);
  }
  const totalOf = (classId: number) => totals.get(classId) ?? 0;
  const rowsAt = (actual: number, predicted: number) => rows.get(`${actual} ${predicted}`) ?? 0;
  const shareAt = (actual: number, predicted: number) =>
    totalOf(actual) === 0 ? 0 : rowsAt(actual, predicted) / totalOf(actual);
  // A label that the model does not know stands beside its classes.
  const known = [...new Set([...Array.from({ length: classes }, (_, id) => id), ...totals.keys()])];
  const drawn = known.toSorted((a, b) => totalOf(b) - totalOf(a) || a - b).slice(0, DRAWN);
  return {
    classes: drawn.toSorted((a, b) => a - b),
    classesInAll: known.length,
    rowsAt,
    shareAt,
    confusions: cells
      .filter(({ actual, predicted, rows: count }) => actual !== predicted && count > 0)
      .toSorted((a, b) => b.rows - a.rows)
      .map((cell) => ({ ...cell, share: shareAt(cell.actual, cell.predicted) })),
  };
}
