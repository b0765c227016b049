import { describe, expect, it } from 'vitest';

import { sqlTables } from './sql-tables';

describe('the tables of splits', () => {
  it.each([
    [
      ['train', 'eval'],
      ['train', 'eval'],
    ],
    [
      ['span-2', 'span.2', 'SPAN_2'],
      ['span_2', 'span_2_2', 'SPAN_2_3'],
    ],
    [
      ['2024', 'été'],
      ['t2024', '_t_'],
    ],
    [['x'.repeat(200)], ['x'.repeat(60)]],
  ])('of %j are %j', (splits, tables) => {
    expect(sqlTables(splits).map(({ table }) => table)).toEqual(tables);
  });
});
