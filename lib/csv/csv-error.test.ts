import { describe, expect, it } from 'vitest';

import { cellsOf, columnsOf, namedCase, refusal, type Options } from '../../server/testing/read-csv';

describe('a refused file', () => {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const cases: readonly (readonly [
    name: string,
    content: string | readonly number[],
    message: string,
    options?: Options,
  ])[] = [
    ['is empty', '', 'test.csv, line 1: the file is empty.'],
    ['is a byte-order mark alone', '\uFEFF', 'test.csv, line 1: the file is empty.'],
    ['begins with a blank line', '\na,b\n1,2', 'test.csv, line 1: the line is blank.'],
    [
      'has a short row',
      'a,b\n1,2\n"x\ny",2\n3\n',
      'test.csv, line 5: the row has 1 cell, but the header names 2 columns.',
    ],
    ['has a long row', 'a\n1\n\n2,3\n', 'test.csv, line 4: the row has 2 cells, but the header names 1 column.'],
    [
      'has a quote that never closes',
      'a,b\n1,2\n3,"x\n4,5\n',
      'test.csv, line 3: a quoted cell begins here and never ends.',
    ],
    [
      'has a quote that never closes, on a later line of its record',
      'a,b\n"1\n","x\n4,5\n',
      'test.csv, line 3: a quoted cell begins here and never ends.',
    ],
    [
      'has an odd quote in a plain cell',
      'a,b\n5" pipe,1\n6" pipe,2\n',
      'test.csv, line 2: a quote stands inside a cell that is not quoted, and no other closes it.',
    ],
    [
      'has an odd quote in a plain cell at its end',
      'a,b\n1,x"',
      'test.csv, line 2: a quote stands inside a cell that is not quoted, and no other closes it.',
    ],
    [
      'has a stray quote before a quoted cell',
      'a,b\nx",""y\n"',
      'test.csv, line 2: a quote stands inside a cell that is not quoted, and no other closes it.',
    ],
    ['has old Mac line ends', 'a,b\r1,2\r', 'test.csv, line 1: a carriage return stands alone outside quotes.'],
    [
      'is Latin-1',
      [...utf8('a,b\n1,2\nx,caf'), 0xe9, 0x0a],
      'test.csv, line 3, column 6: the text is not valid UTF-8.',
    ],
    [
      'has a cut character, behind others in the record',
      [...utf8('a,b\n"é\né'), 0xe2, 0x82, ...utf8('",1\n')],
      'test.csv, line 3, column 2: the text is not valid UTF-8.',
    ],
    ['has a surrogate', [...utf8('a\n'), 0xed, 0xa0, 0x80], 'test.csv, line 2, column 1: the text is not valid UTF-8.'],
    [
      'is UTF-16, little endian',
      [0xff, 0xfe, 0x61, 0],
      'test.csv, line 1: the file is UTF-16 text, not CSV text in UTF-8.',
    ],
    [
      'is UTF-16, big endian',
      [0xfe, 0xff, 0, 0x61],
      'test.csv, line 1: the file is UTF-16 text, not CSV text in UTF-8.',
    ],
    ['is gzip', [0x1f, 0x8b, 8, 0], 'test.csv, line 1: the file is compressed with gzip, not CSV text in UTF-8.'],
    [
      'has a record above the limit',
      `a,b\n1,2\n1,${'x'.repeat(2000)}\n`,
      'test.csv, line 3: the record is longer than the limit of 1000 bytes.',
      { maxRecordBytes: 1000 },
    ],
    [
      'has an open quote that reaches the limit',
      `a,b\n1,2\n\n1,"x\n${'1,2\n'.repeat(2000)}\n`,
      'test.csv, line 4: the record is longer than the limit of 1000 bytes; a quote that opens on line 4 may never close.',
      { maxRecordBytes: 1000 },
    ],
  ];
  it.each(cases.map(namedCase))('%s', (_, { given: content, expected: message, options }) => {
    const bytes = typeof content === 'string' ? utf8(content) : Uint8Array.from(content);
    for (const chunkBytes of [1, 3, 64, 100_000]) {
      const error = refusal(() => cellsOf(bytes, { ...options, chunkBytes }));
      expect(error.message).toBe(message);
      expect(error.code).toBe('invalid-input');
      expect(error.nextStep).toBeDefined();
    }
  });

  it('may have a record of exactly the limit', () => {
    const options = { maxRecordBytes: 10 };
    expect(cellsOf('a,b\r\n12345,7890\r\n', { ...options, chunkBytes: 1 })).toEqual([
      ['a', 'b'],
      ['12345', '7890'],
    ]);
    expect(refusal(() => cellsOf('a,b\r\n12345,78901\r\n', options)).message).toContain('the limit of 10 bytes');
  });

  it.each<readonly [name: string, header: string, message: string]>([
    ['a name twice', 'a,b,c,b\n', 'test.csv, line 1: columns 2 and 4 have the same name.'],
    ['no name twice', ',a,\n', 'test.csv, line 1: columns 1 and 3 have the same name.'],
    ['a NUL in a name', 'a,b\0\n', 'test.csv, line 1: a column name holds a NUL character.'],
  ])('has %s', (_, header, message) => {
    expect(refusal(() => columnsOf(header)).message).toBe(message);
  });

  it('is never quoted in the message', () => {
    const secret = 'S3CRET';
    for (const text of [
      `${secret}\n1,${secret}`,
      `${secret},${secret}\n`,
      `a\n${secret}"`,
      `a\n"${secret}`,
      `a\n${secret}\rx`,
    ]) {
      const error = refusal(() => columnsOf(text, { maxRecordBytes: 30 }));
      expect(JSON.stringify([error.message, error.nextStep, error.path])).not.toContain(secret);
    }
  });
});
