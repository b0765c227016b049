/** Type inference over the rows of one input split, by spec: a column's kind is the greatest of its cells'. */

import type { FeatureKind } from '../artifact/examples';
import type { CsvRecord } from './csv-scanner';
import { CELL_KIND, cellKind, type CellKind } from './number-text';

const NAMES: { readonly [K in CellKind]: FeatureKind } = { 0: 'NONE', 1: 'INT', 2: 'FLOAT', 3: 'STRING' };

/** Collects the kinds of columns, row by row, over all files of an input split. */
export class ColumnKinds {
  private readonly kinds: CellKind[];

  constructor(columns: number) {
    this.kinds = new Array<CellKind>(columns).fill(CELL_KIND.EMPTY);
  }

  /** Takes one row into account. */
  add({ bytes, starts, ends, count }: CsvRecord): void {
    const { kinds } = this;
    for (let column = 0; column < count; column++) {
      const known = kinds[column] ?? CELL_KIND.STRING;
      if (known === CELL_KIND.STRING) continue;
      const kind = cellKind(bytes, starts[column] ?? 0, ends[column] ?? 0);
      if (kind > known) kinds[column] = kind;
    }
  }

  /** The kinds so far, in column order; `NONE` where every cell was empty. */
  featureKinds(): readonly FeatureKind[] {
    return this.kinds.map((kind) => NAMES[kind]);
  }
}
