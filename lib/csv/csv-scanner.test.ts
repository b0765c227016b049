import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cellsOf } from '../../server/testing/read-csv';
import { AppError } from '../errors';

describe('records', () => {
  it.each<readonly [name: string, text: string, expected: readonly (readonly string[])[]]>([
    [
      'end with carriage return and line feed',
      'a,b\r\n1,2\r\n3,4\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'end with several carriage returns',
      'a,b\r\r\n1,2\r\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'need no line end at the end of the file',
      'a,b\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    [
      'may end with a carriage return alone at the end of the file',
      'a,b\n1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'begin behind a byte-order mark',
      '\uFEFFa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'begin behind a byte-order mark with a quoted name',
      '\uFEFF"a",b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'skip blank lines with carriage returns, also several',
      'a,b\r\n\r\n\r\n1,2\r\n\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'are not blank when there are only commas',
      'a,b\n,\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['are not blank when there is a space', 'a\n \n', [['a'], [' ']]],
    ['are not blank when there are two quotes', 'a\n""\n', [['a'], ['']]],
    [
      'go on over lines inside quotes',
      'a,b\n"x\ny",2\n',
      [
        ['a', 'b'],
        ['x\ny', '2'],
      ],
    ],
    [
      'keep a carriage return inside quotes',
      'a,b\r\n"x\r\ny",2\r\n',
      [
        ['a', 'b'],
        ['x\r\ny', '2'],
      ],
    ],
    ['keep blank lines inside quotes', 'a\n"x\n\n\ny"\n', [['a'], ['x\n\n\ny']]],
    [
      'hold doubled quotes',
      'a,b\n"say ""hi""",""""\n',
      [
        ['a', 'b'],
        ['say "hi"', '"'],
      ],
    ],
    [
      'take what follows a closed quote as it is',
      'a,b\n"ab"cd,"e" \n',
      [
        ['a', 'b'],
        ['abcd', 'e '],
      ],
    ],
    [
      'take pairs of quotes inside a plain cell as they are',
      'a,b\nx "y" z, "q"\n',
      [
        ['a', 'b'],
        ['x "y" z', ' "q"'],
      ],
    ],
    [
      'keep spaces and NUL characters',
      'a,b\n x ,\0y\n',
      [
        ['a', 'b'],
        [' x ', '\0y'],
      ],
    ],
    [
      'hold any Unicode text',
      'ä,😀\n"é,\u2028",日本\n',
      [
        ['ä', '😀'],
        ['é,\u2028', '日本'],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(cellsOf(text)).toEqual(expected);
    expect(cellsOf(text, { chunkBytes: 1 })).toEqual(expected);
  });

  it('are the same whatever the chunks', () => {
    const piece = fc.constantFrom(',', ',', '\n', '\r\n', '\r', '"', '""', '"a,b\n"', 'x', '12', ' ', 'é', '😀', '');
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => `a,b\n${pieces.join('')}`);
    const outcome = (run: () => unknown) => {
      try {
        return run();
      } catch (error) {
        if (error instanceof AppError) return error.message;
        throw error;
      }
    };
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (csv, chunkBytes) => {
        expect(outcome(() => cellsOf(csv, { chunkBytes }))).toEqual(outcome(() => cellsOf(csv)));
      }),
      { numRuns: 2000 },
    );
  });

  it('come back as they were written, when every cell is quoted where it must be', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'ß', '😀') });
    const rows = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc
          .array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 })
          .map((body) => ({ width, body })),
      );
    const quote = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), ({ width, body }, chunkBytes) => {
        const header = Array.from({ length: width }, (_, index) => `c${index}`);
        const text = [header, ...body].map((row) => row.map(quote).join(',')).join('\n');
        expect(cellsOf(text, { chunkBytes })).toEqual([header, ...body]);
      }),
      { numRuns: 500 },
    );
  });

  it('outlive the moving of the buffer when they are longer than it', () => {
    const long = 'x'.repeat(150_000);
    const text = `a,b\n1,"${long}\n${long}"\n2,"${long}"\n`;
    expect(cellsOf(text, { chunkBytes: 7_001 })).toEqual([
      ['a', 'b'],
      ['1', `${long}\n${long}`],
      ['2', long],
    ]);
  });
});
