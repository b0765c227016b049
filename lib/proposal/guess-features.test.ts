import { describe, expect, it } from 'vitest';

import { guessFeatures, usesOf } from './guess-features';
import type { ColumnProfile, TableProfile } from './table-profile';

const column = (more: Partial<ColumnProfile>): ColumnProfile => ({
  name: 'a',
  kind: 'INT',
  distinct: 9,
  missing: 0,
  isTime: false,
  isList: false,
  isDistinctExact: true,
  values: [],
  ...more,
});

const table = (columns: readonly ColumnProfile[]): TableProfile => ({
  format: 'csv',
  files: 1,
  sizeBytes: 1,
  rows: 1_000,
  rowsRead: 1_000,
  isRowsExact: true,
  columns: [...columns],
  sample: [],
});

describe('guessFeatures', () => {
  it.each<[string, Partial<ColumnProfile>, string]>([
    ['an amount', { kind: 'FLOAT', distinct: 800 }, 'number'],
    ['whole numbers with many values', { distinct: 120 }, 'number'],
    ['whole numbers with few values', { distinct: 7 }, 'vocabulary'],
    ['texts that come again', { kind: 'STRING', distinct: 40 }, 'vocabulary'],
    ['texts of which nearly each is another', { kind: 'STRING', distinct: 990 }, 'none'],
    ['numbers that tell rows apart', { name: 'row id', distinct: 1_000 }, 'none'],
    ['an id that comes again', { name: 'station_id', distinct: 14 }, 'number'],
    ['a time', { isTime: true, distinct: 600 }, 'none'],
    ['dates as texts', { name: 'Flight Date', kind: 'STRING', distinct: 300 }, 'none'],
    ['a constant', { distinct: 1 }, 'none'],
    ['a blank column', { kind: 'NONE', distinct: 0, missing: 1_000 }, 'none'],
    ['a column with hardly a value', { kind: 'FLOAT', distinct: 20, missing: 970 }, 'none'],
    ['half a column', { kind: 'FLOAT', distinct: 300, missing: 500 }, 'number'],
    ['lists', { isList: true }, 'none'],
    ['what cannot be read', { trouble: 'It is a map.' }, 'none'],
  ])('%s', (_, more, use) => {
    const [guess] = guessFeatures(table([column(more), column({ name: 'label' })]), 'label');
    expect(guess?.use).toBe(use);
    expect(guess?.reason).toMatch(/^[A-Z].*\.$/);
  });

  it('leaves the label out, and keeps the order of the table', () => {
    const profile = table([column({ name: 'b' }), column({ name: 'y' }), column({ name: 'a' })]);
    expect(guessFeatures(profile, 'y').map((guess) => guess.column)).toEqual(['b', 'a']);
  });
});

it.each<[Partial<ColumnProfile>, readonly string[]]>([
  [{ kind: 'STRING' }, ['vocabulary', 'none']],
  [{ kind: 'FLOAT' }, ['number', 'buckets', 'none']],
  [{ kind: 'INT' }, ['number', 'vocabulary', 'buckets', 'none']],
  [{ kind: 'INT', isTime: true }, ['number', 'buckets', 'none']],
  [{ kind: 'NONE' }, ['none']],
])('a column %j allows %j', (more, uses) => {
  expect(usesOf(column(more))).toEqual(uses);
});
