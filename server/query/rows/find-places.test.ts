import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RowQuery } from '../../../lib/artifact/row-query';
import { BEYOND, BIG_SPLITS, bigColumns, openRowsWorld, rowQuery, type RowsWorld } from '../../testing/rows-world';

let world: RowsWorld;
const ids = (...given: Parameters<RowsWorld['ids']>) => world.ids(...given);

beforeAll(async () => {
  world = await openRowsWorld();
});

afterAll(() => world[Symbol.asyncDispose]());

describe('a condition', () => {
  it.each<[string, RowQuery['where'], readonly number[]]>([
    ['in, whole numbers', [{ column: 'n', op: 'in', values: [5, 40] }], [0, 4, 5]],
    ['in, a number that no whole one equals', [{ column: 'n', op: 'in', values: [0.5] }], []],
    ['in, a text among whole numbers', [{ column: 'n', op: 'in', values: ['five'] }], []],
    ['in, a float32 by its shortest form', [{ column: 'f', op: 'in', values: [0.1] }], [0, 5]],
    ['in, NaN and infinity, which travel as text', [{ column: 'f', op: 'in', values: ['NaN', 'Infinity'] }], [1, 4]],
    ['in, a text with its case', [{ column: 's', op: 'in', values: ['apple'] }], []],
    ['in, a text with a quote', [{ column: 's', op: 'in', values: ["O'Hare"] }], [3]],
    ['in, a text that would be SQL', [{ column: 's', op: 'in', values: ["' OR true --"] }], []],
    ['in, any of several values', [{ column: 'tags', op: 'in', values: ['a'] }], [0, 4]],
    ['in, bytes', [{ column: 'bytes', op: 'in', values: ['Zürich'] }], [0, 3, 4, 5]],
    ['in, a feature without values', [{ column: 'none', op: 'in', values: ['x'] }], []],
    ['in, a name with a quote', [{ column: 'we"ird', op: 'in', values: ['y'] }], [5]],
    ['notIn leaves out what is missing', [{ column: 'n', op: 'notIn', values: [5] }], [2, 3, 5]],
    ['notIn keeps what is present without a value', [{ column: 'blank', op: 'notIn', values: [5] }], [1, 2, 3, 5]],
    ['notIn, none of several values', [{ column: 'tags', op: 'notIn', values: ['a'] }], [1, 3, 5]],
    ['notIn with nothing that could be equal', [{ column: 'n', op: 'notIn', values: ['x'] }], [0, 2, 3, 4, 5]],
    ['notIn, several values, no value', [{ column: 'more', op: 'notIn', values: [2] }], [1, 2, 4, 5]],
    ['between, both ends', [{ column: 'n', op: 'between', min: 0, max: 5 }], [0, 3, 4]],
    ['between, the upper end left out', [{ column: 'n', op: 'between', min: 0, max: 5, maxExcluded: true }], [3]],
    ['between, ends that are not whole', [{ column: 'n', op: 'between', min: -3.5, max: 4.5 }], [2, 3]],
    [
      'between, an upper end that is not whole, left out',
      [{ column: 'n', op: 'between', max: 4.5, maxExcluded: true }],
      [2, 3],
    ],
    [
      'between, ends beyond all whole numbers',
      [{ column: 'n', op: 'between', min: -1e300, max: 1e300 }],
      [0, 2, 3, 4, 5],
    ],
    ['between, nothing so great', [{ column: 'n', op: 'between', min: 1e300 }], []],
    ['between, open: every number but NaN', [{ column: 'f', op: 'between' }], [0, 3, 4, 5]],
    ['between, NaN is not great', [{ column: 'f', op: 'between', min: 0.05 }], [0, 4, 5]],
    ['between, any of several values', [{ column: 'more', op: 'between', min: 8, max: 9 }], [4]],
    ['between, text', [{ column: 's', op: 'between', min: 0 }], []],
    ['contains, whatever the case', [{ column: 's', op: 'contains', text: 'APPLE' }], [0, 1]],
    ['contains, beyond ASCII', [{ column: 's', op: 'contains', text: 'är' }], [4]],
    ['contains, a sign that patterns use', [{ column: 's', op: 'contains', text: '%' }], [5]],
    ['contains, any of several values', [{ column: 'tags', op: 'contains', text: 'b' }], [0, 3]],
    ['contains, digits of a number', [{ column: 'n', op: 'contains', text: '4' }], [5]],
    ['contains, bytes', [{ column: 'bytes', op: 'contains', text: 'züri' }], [0, 3, 4, 5]],
    ['missing', [{ column: 'n', op: 'missing' }], [1]],
    ['missing, where null is present without a value', [{ column: 'blank', op: 'missing' }], []],
    ['missing, several values', [{ column: 'tags', op: 'missing' }], [2]],
    ['missing, a feature without values', [{ column: 'none', op: 'missing' }], [0, 1, 2, 3, 4, 5]],
    ['present', [{ column: 'n', op: 'present' }], [0, 2, 3, 4, 5]],
    ['present without a value', [{ column: 'tags', op: 'present' }], [0, 1, 3, 4, 5]],
    ['present, a feature without values', [{ column: 'none', op: 'present' }], []],
    ['notANumber', [{ column: 'f', op: 'notANumber' }], [1]],
    ['notANumber, whole numbers', [{ column: 'n', op: 'notANumber' }], []],
    ['valueCount', [{ column: 'tags', op: 'valueCount', min: 1, max: 1 }], [3, 5]],
    ['valueCount, none', [{ column: 'tags', op: 'valueCount', max: 0 }], [1]],
    ['valueCount, none where null is no value', [{ column: 'more', op: 'valueCount', max: 0 }], [1, 2]],
    ['valueCount, one value a row', [{ column: 'blank', op: 'valueCount', max: 0 }], [1, 3]],
    [
      'two at once',
      [
        { column: 'n', op: 'in', values: [5] },
        { column: 's', op: 'contains', text: 'apple' },
      ],
      [0],
    ],
  ])('%s', async (_, where, expected) => {
    await expect(ids({ where })).resolves.toEqual(expected);
    const counted = await world.ask<'rows-count'>({
      type: 'rows-count',
      folder: 'mixed',
      splits: ['train'],
      query: rowQuery({ where }),
    });
    expect(counted).toEqual({ matches: expected.length, total: 6 });
  });

  it('on whole numbers beyond 2⁵³ meets that number alone', async () => {
    const where: RowQuery['where'] = [{ column: 'id', op: 'in', values: [BEYOND] }];
    await expect(ids({ where }, { folder: 'far' })).resolves.toEqual([BEYOND]);
  });

  it('on a feature that no split has is refused', async () => {
    await expect(ids({ where: [{ column: 'gone', op: 'missing' }] })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(ids({ sort: { column: 'gone', direction: 'asc' } })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('a search', () => {
  it.each<[string, readonly number[]]>([
    ['apple', [0, 1]],
    ['40', [5]],
    ['-0.5', [3]],
    ['zür', [0, 3, 4, 5]],
    ['nothing has this', []],
  ])('finds rows in which any feature holds %s', async (search, expected) => {
    await expect(ids({ search })).resolves.toEqual(expected);
  });
});

type Row = { readonly id: number; readonly place: number; readonly key: number | string | null };

/** Numbers or texts in order, then NaN, then what is missing; equal ones as they are stored. */
function sorted(
  column: string,
  direction: 'asc' | 'desc',
  wanted: (id: number) => boolean = () => true,
): readonly number[] {
  const rows: Row[] = [];
  for (const [split, shards] of BIG_SPLITS) {
    for (let shard = 0; shard < shards; shard++) {
      const columns = bigColumns(split, shard);
      const keys = columns.find(({ name }) => name === column)?.rows ?? [];
      for (const [index, id] of (columns[0]?.rows ?? []).entries()) {
        if (!wanted(Number(id))) continue;
        const key = keys[index];
        rows.push({
          id: Number(id),
          place: rows.length,
          key: typeof key === 'number' || typeof key === 'string' ? key : Array.isArray(key) ? key.join() : null,
        });
      }
    }
  }
  const rank = ({ key }: Row) => (key === null ? 2 : Number.isNaN(key) ? 1 : 0);
  const sign = direction === 'asc' ? 1 : -1;
  return rows
    .toSorted((a, b) => {
      if (rank(a) !== rank(b)) return rank(a) - rank(b);
      if (rank(a) > 0 || a.key === b.key) return a.place - b.place;
      return (a.key ?? 0) < (b.key ?? 0) ? -sign : sign;
    })
    .map(({ id }) => id);
}

describe('an order', () => {
  const both = { folder: 'big', splits: ['train', 'eval'] };

  it.each(
    ['small', 'wide', 'share', 'word', 'list'].flatMap((column) => [
      [column, 'asc'] as const,
      [column, 'desc'] as const,
    ]),
  )(
    'by %s, %s, goes through splits and files, missing values last, equal ones as they are stored',
    async (column, direction) => {
      await expect(ids({ sort: { column, direction } }, both)).resolves.toEqual(sorted(column, direction));
    },
  );

  it('holds under conditions', async () => {
    const where: RowQuery['where'] = [{ column: 'id', op: 'between', min: 100, max: 10_200 }];
    const wanted = (id: number) => id >= 100 && id <= 10_200;
    for (const column of ['small', 'word', 'list']) {
      const found = await ids({ where, sort: { column, direction: 'desc' } }, both);
      expect(found).toEqual(sorted(column, 'desc', wanted));
    }
  });

  it('tells whole numbers apart that are one as doubles', async () => {
    const far = ['9007199254740992', BEYOND, '9007199254740994'];
    for (const direction of ['asc', 'desc'] as const) {
      const found = await ids({ sort: { column: 'id', direction } }, { folder: 'far' });
      expect(found).toEqual(
        direction === 'asc' ? ['-9223372036854775808', ...far] : [...far.toReversed(), '-9223372036854775808'],
      );
    }
  });

  it('takes whole numbers and others of two splits for one feature', async () => {
    await expect(ids({ sort: { column: 'n', direction: 'asc' } }, { splits: ['train', 'eval'] })).resolves.toEqual([
      2, 3, 100, 0, 4, 101, 5, 1,
    ]);
  });
});
