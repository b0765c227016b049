import { describe, expect, it } from 'vitest';

import type { FeatureKind } from '../artifact/examples';
import { RowValues } from '../example/row-values';
import { CsvScanner } from './csv-scanner';
import { fillRow } from './row-parser';

function fits(kind: FeatureKind, cell: string): boolean {
  const outcomes: boolean[] = [];
  const row = new RowValues(1);
  const scanner = new CsvScanner({
    file: 'test.csv',
    maxRecordBytes: 1000,
    onRecord: (record) => void outcomes.push(fillRow(record, [kind], row)),
  });
  scanner.push(new TextEncoder().encode(`"${cell}"\n`));
  scanner.end();
  return outcomes[0] ?? false;
}

describe('a cell', () => {
  it.each<readonly [cell: string, kinds: readonly FeatureKind[]]>([
    ['', ['INT', 'FLOAT', 'STRING', 'NONE']],
    ['1', ['INT', 'FLOAT', 'STRING']],
    ['1.5', ['FLOAT', 'STRING']],
    ['x', ['STRING']],
    ['9223372036854775808', ['STRING']],
  ])('"%s" fits columns of %s only, which tells a file that changed between two passes', (cell, kinds) => {
    const all: readonly FeatureKind[] = ['INT', 'FLOAT', 'STRING', 'NONE'];
    expect(all.filter((kind) => fits(kind, cell))).toEqual(kinds);
  });
});
