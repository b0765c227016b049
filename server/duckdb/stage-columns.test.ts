import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { zStatsOptions } from '../../lib/catalog/statistics-gen/spec';
import { tempFolder } from '../testing/temp-folder';
import { writeExamples, type TestColumn } from '../testing/write-examples';
import { openDuckdb } from './connection';
import { describeSplit } from './describe-split';
import { openExamplesSplit } from './examples-source';

const ROWS = 60;
const WIDE = 450;
const weight: TestColumn = { name: 'weight', kind: 'FLOAT', rows: rowsOf((row) => (row % 4) + 0.5) };
const columns: readonly TestColumn[] = Array.from({ length: WIDE }, (_, n) => column(n));

function rowsOf<T>(value: (row: number) => T): T[] {
  return Array.from({ length: ROWS }, (_, row) => value(row));
}

function column(n: number): TestColumn {
  const name = `f${n}`;
  if (n % 4 === 0) return { name, kind: 'INT', rows: rowsOf((row) => (row % 7 === n % 7 ? null : (row * n) % 13)) };
  if (n % 4 === 1) return { name, kind: 'FLOAT', rows: rowsOf((row) => (row * (n + 1)) / 7) };
  if (n % 4 === 2) return { name, kind: 'STRING', rows: rowsOf((row) => `v${(row * n) % 11}`) };
  return { name, kind: 'INT', isList: true, rows: rowsOf((row) => (row % 3 === 0 ? null : [row, n])) };
}

describe('a split of hundreds of features', () => {
  it.each([undefined, 'weight'])('is described as its parts are, with the weight %s', async (weightFeature) => {
    using home = tempFolder();
    await using database = await openDuckdb({ memoryMb: 300, threads: 2, tempFolder: home.path });
    const session = { connection: database.connection, signal: new AbortController().signal };
    const options = zStatsOptions.parse({ weightFeature });
    const describeColumns = async (split: string, part: readonly TestColumn[]) => {
      await writeExamples(database, part, { folder: path.join(home.path, 'examples'), split });
      const source = await openExamplesSplit(session, { folder: path.join(home.path, 'examples'), split });
      return describeSplit(session, { source, options });
    };
    const whole = await describeColumns('whole', [weight, ...columns]);
    expect(whole.features).toHaveLength(WIDE + 1);
    for (let start = 0; start < WIDE; start += 90) {
      const part = await describeColumns(`part${start}`, [weight, ...columns.slice(start, start + 90)]);
      expect(whole.features.slice(start + 1, start + 91)).toEqual(part.features.slice(1));
    }
  });
});
