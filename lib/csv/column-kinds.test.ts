import { describe, expect, it } from 'vitest';

import { columnsOf, namedCase, refusal, type Column, type Options } from '../../server/testing/read-csv';

const f32 = Math.fround;

describe('typed columns', () => {
  const cases: readonly (readonly [
    name: string,
    text: string,
    expected: Readonly<Record<string, Partial<Column>>>,
    options?: Options,
  ])[] = [
    [
      'CSV-O1 plain types',
      'i,f,s\n1,2.0,hello\n5,12.34,world',
      {
        i: { kind: 'INT', rows: [1n, 5n] },
        f: { kind: 'FLOAT', rows: [2, f32(12.34)] },
        s: { kind: 'STRING', rows: ['hello', 'world'] },
      },
    ],
    [
      'CSV-O2 a blank cell is no value, the type comes from the other rows',
      'i,f,s\n1,,hello\n,12.34,',
      {
        i: { kind: 'INT', rows: [1n, null] },
        f: { kind: 'FLOAT', rows: [null, f32(12.34)] },
        s: { kind: 'STRING', rows: ['hello', null] },
      },
    ],
    [
      'CSV-O3 int and float in one column',
      'a,b\n2,1.5\n1.5,2',
      { a: { kind: 'FLOAT', rows: [2, 1.5] }, b: { kind: 'FLOAT', rows: [1.5, 2] } },
    ],
    [
      'CSV-O4 int and text in one column: the digits stay text',
      'a,b\n2,abc\nabc,2',
      { a: { kind: 'STRING', rows: ['2', 'abc'] }, b: { kind: 'STRING', rows: ['abc', '2'] } },
    ],
    [
      'CSV-O5 the greatest int64 is an int',
      'x\n34\n9223372036854775807',
      { x: { kind: 'INT', rows: [34n, 9_223_372_036_854_775_807n] } },
    ],
    [
      'CSV-O5 one more is text',
      'x\n34\n9223372036854775808',
      { x: { kind: 'STRING', rows: ['34', '9223372036854775808'] } },
    ],
    [
      'CSV-O6 a blank line is skipped',
      'a,b\n\n1,2',
      { a: { kind: 'INT', rows: [1n] }, b: { kind: 'INT', rows: [2n] } },
    ],
    [
      'CSV-O7 commas in quotes',
      'i,s\n1,"ab,cd,ef"\n5,"wx,xy,yz"',
      { i: { kind: 'INT', rows: [1n, 5n] }, s: { kind: 'STRING', rows: ['ab,cd,ef', 'wx,xy,yz'] } },
    ],
    [
      'CSV-O10 a column that is blank in every row has no kind',
      'A,B,C,D\n1,,x,0.1\n2,,y,0.2\n3,,,0.3',
      {
        A: { kind: 'INT', rows: [1n, 2n, 3n] },
        B: { kind: 'NONE', rows: [null, null, null] },
        C: { kind: 'STRING', rows: ['x', 'y', null] },
        D: { kind: 'FLOAT', rows: [f32(0.1), f32(0.2), f32(0.3)] },
      },
    ],
    [
      'CSV-O11 a blank line taken as a row of blanks',
      'i,f\n\n1,2.0',
      { i: { kind: 'INT', rows: [null, 1n] }, f: { kind: 'FLOAT', rows: [null, 2] } },
      { blankLines: 'empty-row' },
    ],
  ];
  it.each(cases.map(namedCase))('%s', (_, { given, expected, options }) => {
    expect(columnsOf(given, options)).toEqual(expected);
  });

  it('CSV-O8 kinds that a schema gives decide, whatever would be inferred', () => {
    const text = 'p,i,f,s\n1,1,2.0,hello\n5,5,12.34,world\n';
    expect(columnsOf(text, { kinds: ['FLOAT', 'INT', 'FLOAT', 'STRING'] })).toEqual({
      p: { kind: 'FLOAT', rows: [1, 5] },
      i: { kind: 'INT', rows: [1n, 5n] },
      f: { kind: 'FLOAT', rows: [2, Math.fround(12.34)] },
      s: { kind: 'STRING', rows: ['hello', 'world'] },
    });
  });

  it('CSV-O9 a wrong number of cells is refused with its line and both counts', () => {
    const error = refusal(() => columnsOf('i,f,s\n1,2.0,hello\n5,12.34'));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toBe('test.csv, line 3: the row has 2 cells, but the header names 3 columns.');
    expect(error.path).toBe('test.csv:3');
  });
});
