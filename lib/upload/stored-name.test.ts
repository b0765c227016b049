import { describe, expect, it } from 'vitest';

import { nameStem, storedName, storedNames } from './stored-name';

describe('storedName', () => {
  it.each([
    ['trips.csv', 'trips.csv'],
    ['Trips 2024 (final).CSV', 'Trips 2024 (final).CSV'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\boot.csv', '_.._boot.csv'],
    ['/abs/olute.csv', '_abs_olute.csv'],
    ['.hidden.csv', 'hidden.csv'],
    ['.csv', 'table.csv'],
    ['..', 'table'],
    ['', 'table'],
    ['con.csv', 'con_.csv'],
    ['a\u0000b\n.csv', 'a_b_.csv'],
    ['invoice\u202evsc.exe', 'invoice_vsc.exe'],
    ['رحلات التاكسي.csv', 'رحلات التاكسي.csv'],
  ])('%j is kept as %j', (name, stored) => {
    expect(storedName(name)).toBe(stored);
    expect(storedName(stored)).toBe(stored);
  });

  it('cuts names of 200 characters of any script to what a file system takes, extension kept', () => {
    for (const letter of ['a', 'ع', '🦩']) {
      const stored = storedName(`${letter.repeat(200)}.parquet`);
      expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(180);
      expect(stored).toMatch(new RegExp(`^(${letter})+\\.parquet$`, 'u'));
    }
  });
});

it('tells files of the same name apart', () => {
  expect(storedNames(['a.csv', 'A.csv', 'a.csv', 'b.csv'])).toEqual(['a.csv', 'A-2.csv', 'a-3.csv', 'b.csv']);
});

it('names a table after its file', () => {
  expect(nameStem('trips.2024.csv')).toBe('trips.2024');
  expect(nameStem('no extension')).toBe('no extension');
});
