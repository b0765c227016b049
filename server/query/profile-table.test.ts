import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { openDuckdb } from '../duckdb/connection';
import { tempFolder } from '../testing/temp-folder';
import { writeParquet } from '../testing/write-parquet';
import { findSourceFiles } from '../storage/source-files';
import { profileCsv } from './profile-csv';
import { profileTable } from './profile-table';

const FOREVER = new AbortController().signal;

async function profile(write: (folder: string) => Promise<void> | void) {
  using home = tempFolder();
  const folder = path.join(home.path, 'uploads', 'trips-up_1');
  mkdirSync(folder, { recursive: true });
  await write(folder);
  await using duckdb = await openDuckdb({ memoryMb: 256, threads: 1, tempFolder: home.path });
  const session = { connection: duckdb.connection, signal: FOREVER };
  return await profileTable(session, { root: path.join(home.path, 'uploads'), folder: 'trips-up_1' });
}

describe('a CSV', () => {
  it('is described by the kinds that CsvExampleGen infers, with blanks, different values and first rows', async () => {
    const table = await profile((folder) => {
      writeFileSync(path.join(folder, 'trips.csv'), 'id,fare,city,note\n1,2.5,Oslo,\n2,,Oslo,\n3,4,"Bergen, north",\n');
      writeFileSync(path.join(folder, '.upload.json'), '{}');
    });
    expect(table).toMatchObject({ format: 'csv', files: 1, rows: 3, isRowsExact: true, rowsRead: 3 });
    expect(table.columns.map(({ name, kind, missing, distinct }) => [name, kind, missing, distinct])).toEqual([
      ['id', 'INT', 0, 3],
      ['fare', 'FLOAT', 1, 2],
      ['city', 'STRING', 0, 2],
      ['note', 'NONE', 3, 0],
    ]);
    expect(table.columns[2]?.values).toEqual([
      { text: 'Oslo', count: 2 },
      { text: 'Bergen, north', count: 1 },
    ]);
    expect(table.sample[1]).toEqual(['2', null, 'Oslo', null]);
  });

  it('of several files with one header is one table', async () => {
    const table = await profile((folder) => {
      writeFileSync(path.join(folder, 'b.csv'), 'a\n2.5\n');
      writeFileSync(path.join(folder, 'a.csv'), 'a\n1\n');
    });
    expect(table).toMatchObject({ files: 2, rows: 2, columns: [{ name: 'a', kind: 'FLOAT' }] });
  });

  it.each([
    ['a header alone', 'a,b\n', 'has a header, but no rows'],
    ['a ragged row', 'a,b\n1,2\n1,2,3\n', 'trips.csv, line 3: the row has 3 cells, but the header names 2 columns'],
    ['Latin-1', 'a,b\n1,caf\u00e9\n', 'line 2, column 6: the text is not valid UTF-8'],
  ])('with %s is refused with the place', async (_, text, message) => {
    const work = profile((folder) => {
      writeFileSync(path.join(folder, 'trips.csv'), Buffer.from(text, 'latin1'));
    });
    await expect(work).rejects.toThrow(message);
  });

  it('with files of different headers is refused with both names', async () => {
    const work = profile((folder) => {
      writeFileSync(path.join(folder, 'a.csv'), 'a\n1\n');
      writeFileSync(path.join(folder, 'b.csv'), 'b\n1\n');
    });
    await expect(work).rejects.toThrow('b.csv has another header than a.csv: column 1 has another name.');
  });

  it('that is long is read in part, its rows estimated', async () => {
    using home = tempFolder();
    const rows = 400_000;
    const text = `id,half\n${Array.from({ length: rows }, (_, row) => `${row},${row / 2}`).join('\n')}\n`;
    writeFileSync(path.join(home.path, 'long.csv'), text);
    const files = await findSourceFiles(home.path, '*');
    const table = await profileCsv(files, { signal: FOREVER, maxBytes: 2_000_000 });
    expect(table.isRowsExact).toBe(false);
    expect(table.rowsRead).toBeLessThan(rows);
    expect(Math.abs(table.rows - rows) / rows).toBeLessThan(0.1);
  });
});

describe('a Parquet file', () => {
  it('is described by the kinds of ParquetExampleGen, with what it would refuse', async () => {
    const table = await profile(async (folder) => {
      const select = `SELECT i AS id, i % 3 AS class, CASE WHEN i % 2 = 0 THEN 'even' END AS parity,
        TIMESTAMP '2024-01-01' + INTERVAL (i) DAY AS day, [i, i] AS pair, 1.5::DECIMAL(9, 2) AS price FROM range(1000) t(i)`;
      await writeParquet(select, { file: path.join(folder, 'x.parquet'), tempFolder: folder });
    });
    expect(table).toMatchObject({ format: 'parquet', rows: 1000, isRowsExact: true });
    const [id, kind, parity, day, pair, price] = table.columns;
    expect(id).toMatchObject({ kind: 'INT', missing: 0, isDistinctExact: false });
    expect(kind).toMatchObject({ distinct: 3, isDistinctExact: true, values: [{ text: '0', count: 334 }, {}, {}] });
    expect(parity).toMatchObject({ kind: 'STRING', missing: 500, distinct: 1 });
    expect(day).toMatchObject({ kind: 'INT', isTime: true });
    expect(pair).toMatchObject({ kind: 'INT', isList: true });
    expect(price?.trouble).toContain('holds decimals, which a feature cannot hold');
    expect(table.sample[1]).toEqual(['1', '1', null, '2024-01-02 00:00:00', '[1, 1]', '1.50']);
  });

  it('that was cut is refused', async () => {
    const work = profile((folder) => {
      writeFileSync(path.join(folder, 'x.parquet'), 'PAR1 and nothing more');
    });
    await expect(work).rejects.toThrow('x.parquet is cut off');
  });
});

it('reads nothing outside the uploads', async () => {
  using home = tempFolder();
  const root = path.join(home.path, 'uploads');
  mkdirSync(root);
  mkdirSync(path.join(home.path, 'private'));
  symlinkSync(path.join(home.path, 'private'), path.join(root, 'link'));
  await using duckdb = await openDuckdb({ memoryMb: 64, threads: 1, tempFolder: home.path });
  const session = { connection: duckdb.connection, signal: FOREVER };
  for (const folder of ['../private', 'link', '.'])
    await expect(profileTable(session, { root, folder })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(profileTable(session, { root, folder: 'gone' })).rejects.toMatchObject({ code: 'not-found' });
});
