import { expect, it } from 'vitest';

import { CsvScanner } from './csv-scanner';
import { writeCsv } from './write-csv';

it('writes cells that a reader takes for the same text', () => {
  const rows = [
    ['a', 'b'],
    ['1,5', 'she said "no"'],
    ['two\nlines', ''],
    ['\r', ' kept '],
  ];
  const read: string[][] = [];
  const scanner = new CsvScanner({
    file: 'x.csv',
    maxRecordBytes: 1_000,
    onRecord: ({ bytes, starts, ends, count }) => {
      read.push(
        Array.from({ length: count }, (_, cell) =>
          new TextDecoder().decode(bytes.slice(starts[cell] ?? 0, ends[cell] ?? 0)),
        ),
      );
    },
  });
  scanner.push(new TextEncoder().encode(writeCsv(rows)));
  scanner.end();
  expect(read).toEqual(rows);
});

it('quotes a blank cell that is alone in its row', () => {
  expect(writeCsv([['a'], ['']])).toBe('a\n""\n');
});
