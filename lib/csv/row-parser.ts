/** Turns the cells of a record into the values of a row, once the kinds of the columns are known. */

import type { FeatureKind } from '../artifact/examples';
import type { RowValues } from '../example/row-values';
import type { CsvRecord } from './csv-scanner';
import { writeFloat32, writeInt64 } from './number-text';

/**
 * Fills `row` with the cells of `record`; an empty cell has no value. False when a cell does not fit its column's kind,
 * which happens only when the file has changed since the kinds were inferred.
 */
export function fillRow(record: CsvRecord, kinds: readonly FeatureKind[], row: RowValues): boolean {
  const { bytes, starts, ends } = record;
  row.bytes = bytes;
  for (let column = 0; column < kinds.length; column++) {
    const start = starts[column] ?? 0;
    const end = ends[column] ?? 0;
    if (start === end) {
      row.present[column] = 0;
      continue;
    }
    row.present[column] = 1;
    switch (kinds[column]) {
      case 'INT':
        if (!writeInt64({ bytes, start, end }, row.intHalves, column * 2)) return false;
        break;
      case 'FLOAT':
        if (!writeFloat32({ bytes, start, end }, row.floatBits, column)) return false;
        break;
      case 'STRING':
        row.starts[column] = start;
        row.ends[column] = end;
        break;
      default:
        return false;
    }
  }
  return true;
}
