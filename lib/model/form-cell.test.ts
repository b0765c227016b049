import { describe, expect, it } from 'vitest';

import { cellWords, isSameCell, readListText, rowLine, storedRow, toModelCell } from './form-cell';
import { modelColumns, readJsonRows } from './raw-rows';

const field = (column: string, kind: 'INT' | 'FLOAT' | 'STRING', isList = false) => ({ column, kind, isList });

describe('cells of a form', () => {
  it.each([
    ['missing', null, field('x', 'INT'), null],
    ['a number for a text', 12, field('x', 'STRING'), '12'],
    ['NaN as text', 'NaN', field('x', 'FLOAT'), Number.NaN],
    ['an infinity as text', '-Infinity', field('x', 'FLOAT'), -Infinity],
    ['a whole number beyond 2^53', '9007199254740993', field('x', 'INT'), 9_007_199_254_740_993n],
    ['a text that is no number', 'abc', field('x', 'FLOAT'), null],
    ['a list', [1, null, 2], field('x', 'INT', true), [1, 2]],
    ['a list for one value', [7], field('x', 'INT'), 7],
    ['one value for a list', 7, field('x', 'INT', true), [7]],
    ['an empty list', [], field('x', 'FLOAT', true), []],
  ] as const)('reads %s', (_, cell, of, expected) => {
    expect(toModelCell(cell, of)).toEqual(expected);
  });

  it('reads a list from text, and refuses a value of another kind', () => {
    expect(readListText(' 1, 2.5 ', 'FLOAT')).toEqual([1, 2.5]);
    expect(readListText('', 'INT')).toEqual([]);
    expect(readListText('1,,2', 'INT')).toBeUndefined();
    expect(readListText('a', 'INT')).toBeUndefined();
    expect(cellWords(['a', 'b'])).toBe('a, b');
  });

  it('takes NaN for the same as NaN, and lists by their content', () => {
    expect(isSameCell(Number.NaN, Number.NaN)).toBe(true);
    expect(isSameCell([1, 2], [1, 2])).toBe(true);
    expect(isSameCell([1], 1)).toBe(false);
    expect(isSameCell(null, '')).toBe(false);
  });

  it('writes a line that the command line reads as the same row', () => {
    const fields = [
      field('fare', 'FLOAT'),
      field('zone "a"', 'STRING'),
      field('ids', 'INT', true),
      field('hour', 'INT'),
    ];
    const row = { fare: 12.35, 'zone "a"': 'north', ids: [1, 2], hour: null };
    const wanted = modelColumns({
      format: 'sluice.transform/1',
      steps: fields.map(({ column, kind }) => ({
        name: column,
        column,
        from: 'raw' as const,
        inputKind: kind,
        kind,
        op: { type: 'identity' as const },
      })),
    });
    const bytes = new TextEncoder().encode(`${rowLine(row, fields)}\n`);
    const { columns } = readJsonRows({ name: 'row.jsonl', bytes }, wanted);
    const read = Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[0] ?? null]));
    expect(read).toEqual(storedRow(row, fields));
    expect(read['fare']).toBe(Math.fround(12.35));
  });
});
