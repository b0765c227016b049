import { describe, expect, it } from 'vitest';

import { zRowQuery } from './row-query';
import { columnsParam, queryParam, readRowsScreen, rowParam } from './rows-screen';

const read = (params: Record<string, string>) => readRowsScreen({ get: (name) => params[name] ?? null });

describe('the address of the rows screen', () => {
  it('says nothing where every row is shown', () => {
    expect(queryParam(zRowQuery.parse({}))).toBeUndefined();
    expect(columnsParam({ pinned: [], hidden: [] })).toBeUndefined();
    expect(read({})).toEqual({
      query: { where: [] },
      columns: { pinned: [], hidden: [] },
      row: undefined,
      sql: undefined,
    });
  });

  it('brings back what it was made of', () => {
    const query = zRowQuery.parse({
      where: [{ column: 'a', op: 'missing' }],
      sort: { column: 'b', direction: 'desc' },
    });
    const columns = { pinned: ['a'], hidden: ['c'] };
    const row = { split: 'a:b', position: 7 };
    const screen = read({
      rows: queryParam(query) ?? '',
      columns: columnsParam(columns) ?? '',
      row: rowParam(row),
      sql: 'select 1',
    });
    expect(screen).toEqual({ query, columns, row, sql: 'select 1' });
  });

  it.each(['', '{', 'null', '{"where":[{"op":"drop"}]}', '[]'])(
    'passes over what it does not understand: %s',
    (text) => {
      expect(read({ rows: text, columns: text, row: text })).toMatchObject({
        query: { where: [] },
        columns: { pinned: [], hidden: [] },
        row: undefined,
      });
    },
  );
});
