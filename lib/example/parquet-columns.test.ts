import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parquetColumnNames } from './parquet-columns';

describe('Parquet columns of features', () => {
  it.each<readonly [features: readonly string[], columns: readonly string[]]>([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [
      ['A', 'a'],
      ['A', 'a_2'],
    ],
    [
      ['a', 'A', 'a_2'],
      ['a', 'A_3', 'a_2'],
    ],
    [
      ['', 'x'],
      ['column_1', 'x'],
    ],
    [
      ['x', '', 'Column_2'],
      ['x', 'column_3', 'Column_2'],
    ],
    [
      ['ä', 'Ä'],
      ['ä', 'Ä_2'],
    ],
  ])('of %j are %j', (features, columns) => {
    expect(parquetColumnNames(features)).toEqual(columns);
  });

  it('are different without regard to case, never empty, and the name itself wherever that can be', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'A', '_', '2', '3', 'b'), maxLength: 4 });
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 12 }), (features) => {
        const columns = parquetColumnNames(features);
        expect(new Set(columns.map((column) => column.toLowerCase())).size).toBe(features.length);
        expect(columns).not.toContain('');
        features.forEach((feature, index) => {
          const isFirst = features.findIndex((other) => other.toLowerCase() === feature.toLowerCase()) === index;
          if (feature !== '' && isFirst) expect(columns[index]).toBe(feature);
        });
      }),
    );
  });
});
