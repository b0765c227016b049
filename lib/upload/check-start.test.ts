import { describe, expect, it } from 'vitest';

import { checkStart, refusalText } from './check-start';

function look(name: string, content: string | Uint8Array, encoding: BufferEncoding = 'utf8') {
  const bytes = typeof content === 'string' ? Buffer.from(content, encoding) : content;
  return checkStart({
    name,
    sizeBytes: bytes.length,
    read: (start, end) => Promise.resolve(new Uint8Array(bytes.subarray(start, end))),
  });
}

async function refusal(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => 'taken',
    (error: unknown) => refusalText(error),
  );
}

describe('checkStart takes', () => {
  it.each<[string, string, 'csv' | 'parquet']>([
    ['a CSV', 'a,b\n1,2\n', 'csv'],
    ['one column of texts with semicolons in some', 'note\none;two\nthree\n', 'csv'],
    ['a byte order mark', '\ufeffa,b\n1,2\n', 'csv'],
    ['Parquet', 'PAR1 and much more PAR1', 'parquet'],
  ])('%s', async (_, content, format) => {
    expect(await look('x', content)).toBe(format);
  });

  it('a first row that is longer than a megabyte', async () => {
    expect(await look('x.csv', `a\n${'x'.repeat(3_000_000)}\nb\n`)).toBe('csv');
  });
});

describe('checkStart refuses', () => {
  it.each<[string, string, BufferEncoding, string]>([
    ['an empty file', '', 'utf8', 'x.csv is empty.'],
    ['a header alone', 'a,b\n', 'utf8', 'x.csv has a header, but no rows.'],
    ['a ragged row', 'a,b\n1,2\n1\n', 'utf8', 'x.csv, line 3: the row has 1 cell, but the header names 2 columns.'],
    ['Latin-1', 'a,b\n1,caf\u00e9\n', 'latin1', 'x.csv, line 2, column 6: the text is not valid UTF-8.'],
    ['UTF-16', '\ufeffa,b\n1,2\n', 'utf16le', 'x.csv, line 1: the file is UTF-16 text, not CSV text in UTF-8.'],
    ['semicolons', 'a;b\n1;2\n3;4\n', 'utf8', 'x.csv separates its columns with semicolons, not with commas.'],
    ['tabs', 'a\tb\n1\t2\n', 'utf8', 'x.csv separates its columns with tabs, not with commas.'],
    ['names that come twice', 'a,a\n1,2\n', 'utf8', 'x.csv, line 1: columns 1 and 2 have the same name.'],
    ['gzip', '\u001f\u008b\u0008', 'latin1', 'x.csv is compressed with gzip. Unpack it'],
    ['a workbook', 'PK\u0003\u0004 sheet', 'latin1', 'x.csv is a ZIP archive or an Excel workbook. Export the table'],
    ['a picture', '\u0089PNG\r\n', 'latin1', 'x.csv is a picture.'],
    ['a binary file', 'ab\u0000\u0001\u0002', 'latin1', 'x.csv is not text'],
    ['Parquet that was cut', 'PAR1 and nothing', 'latin1', 'x.csv is cut off'],
    ['encrypted Parquet', 'PARE and PARE', 'latin1', 'x.csv is encrypted Parquet.'],
  ])('%s', async (_, content, encoding, message) => {
    expect(await refusal(look('x.csv', content, encoding))).toContain(message);
  });

  it('a line that never ends, without reading on', async () => {
    let read = 0;
    const endless = checkStart({
      name: 'x.csv',
      sizeBytes: 2_000_000_000,
      read: (start, end) => {
        read += end - start;
        return Promise.resolve(new Uint8Array(end - start).fill(0x61));
      },
    });
    expect(await refusal(endless)).toContain('the record is longer than the limit of 16 MiB');
    expect(read).toBeLessThan(20_000_000);
  });

  it('JSON by its name, and only then', async () => {
    expect(await refusal(look('x.json', '[{"a": 1}]'))).toContain('x.json is JSON.');
    expect(await look('x.csv', '[a],b\n1,2\n')).toBe('csv');
  });
});
