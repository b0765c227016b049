import { rmSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RowQuery } from '../../../lib/artifact/row-query';
import { MIXED, openRowsWorld, rowQuery, scrambled, type RowsWorld } from '../../testing/rows-world';
import type { TestColumn } from '../../testing/write-examples';
import type { RowsRequestOf } from './rows-message';

let world: RowsWorld;
const ids = (...given: Parameters<RowsWorld['ids']>) => world.ids(...given);

beforeAll(async () => {
  world = await openRowsWorld();
});

afterAll(() => world[Symbol.asyncDispose]());

describe('a page', () => {
  const page = (given: Partial<RowsRequestOf<'rows-page'>>) =>
    world.ask<'rows-page'>({
      type: 'rows-page',
      folder: 'big',
      splits: ['train', 'eval'],
      query: rowQuery({}),
      offset: 0,
      limit: 3,
      columns: ['id', 'word'],
      ...given,
    });

  it('names the split of each row and its position there', async () => {
    await expect(page({ offset: 898 })).resolves.toEqual({
      rows: [
        { split: 'train', position: 898, cells: [898, `w${scrambled(898, 9)}`] },
        { split: 'train', position: 899, cells: [899, `w${scrambled(899, 9)}`] },
        { split: 'eval', position: 0, cells: [10_000, null] },
      ],
      isLast: false,
    });
  });

  it('ends where the rows end', async () => {
    await expect(page({ offset: 1_498 })).resolves.toMatchObject({
      rows: [{ position: 598 }, { position: 599 }],
      isLast: true,
    });
    await expect(page({ offset: 9_999 })).resolves.toEqual({ rows: [], isLast: true });
  });

  it('shows a feature that the split does not have as missing', async () => {
    await expect(page({ folder: 'mixed', offset: 5, limit: 2, columns: ['id', 'tags'] })).resolves.toMatchObject({
      rows: [{ cells: [5, ['x']] }, { cells: [100, null] }],
    });
  });

  it('cuts long texts, and more tightly where many do not fit', async () => {
    const long = 'é'.repeat(2_000);
    const columns = Array.from({ length: 30 }, (_, n): TestColumn => ({
      name: `c${n}`,
      kind: 'STRING',
      rows: Array.from({ length: 200 }, () => long),
    }));
    await world.write(columns, 'long');
    const few = await page({ folder: 'long', splits: ['train'], columns: ['c0'], limit: 1 });
    expect(few).toMatchObject({ rows: [{ cells: [`${'é'.repeat(300)}…`] }] });
    const many = await page({
      folder: 'long',
      splits: ['train'],
      columns: columns.map(({ name }) => name),
      limit: 200,
    });
    expect(Buffer.byteLength(JSON.stringify(many))).toBeLessThan(2_000_000);
    const row = await world.ask<'rows-row'>({ type: 'rows-row', folder: 'long', splits: ['train'], position: 7 });
    expect(row).toMatchObject({ truncated: false, row: { position: 7 } });
    expect('row' in row && row.row.cells[0]).toBe(long);
  });
});

describe('the values of a feature', () => {
  const values = (given: Partial<RowsRequestOf<'rows-values'>> & { readonly column: string }) =>
    world.ask<'rows-values'>({
      type: 'rows-values',
      folder: 'mixed',
      splits: ['train'],
      query: rowQuery({}),
      limit: 3,
      ...given,
    });

  it('come with their rows, most frequent first, and with what is missing', async () => {
    await expect(values({ column: 'n' })).resolves.toEqual({
      values: [
        { value: 5, rows: 2 },
        { value: -3, rows: 1 },
        { value: 0, rows: 1 },
      ],
      distinct: 4,
      missing: 1,
      notANumber: 0,
      min: -3,
      max: 40,
    });
    await expect(values({ column: 'f' })).resolves.toMatchObject({
      notANumber: 1,
      missing: 1,
      min: -0.5,
      max: 'Infinity',
    });
    await expect(values({ column: 'tags' })).resolves.toMatchObject({
      values: [{ value: 'a', rows: 2 }, {}, {}],
      distinct: 5,
    });
    await expect(values({ column: 'bytes' })).resolves.toMatchObject({ values: [{ value: 'Zürich', rows: 4 }, {}] });
    await expect(values({ column: 'none' })).resolves.toMatchObject({ values: [], missing: 6 });
  });

  it('are those of the rows that all other conditions leave', async () => {
    const where: RowQuery['where'] = [
      { column: 'n', op: 'in', values: [5] },
      { column: 's', op: 'contains', text: 'apple' },
    ];
    await expect(values({ column: 's', query: rowQuery({ where }) })).resolves.toMatchObject({ distinct: 2 });
  });

  it('can be looked for', async () => {
    await expect(values({ column: 's', holding: 'APP' })).resolves.toMatchObject({
      values: [{ value: 'Apple' }, { value: 'apple pie' }],
      distinct: 2,
    });
  });
});

describe('the engine', () => {
  it('says that the files are gone', async () => {
    await world.write(MIXED, 'gone');
    rmSync(path.join(world.storePath, 'gone'), { recursive: true });
    await expect(ids({}, { folder: 'gone' })).rejects.toMatchObject({ code: 'artifact-missing' });
    await expect(ids({}, { folder: '../..' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('ends a question that is withdrawn, and answers the next one', async () => {
    const withdrawn = new AbortController();
    const asked = world.engine.answer(
      { type: 'rows-count', folder: 'big', splits: ['train'], query: rowQuery({ search: 'w3' }) },
      withdrawn.signal,
    );
    withdrawn.abort();
    await expect(asked).rejects.toMatchObject({ code: 'canceled' });
    await expect(ids({ search: 'w3' }, { folder: 'big', splits: ['train'] })).resolves.not.toEqual([]);
  });
});
