import { describe, expect, it } from 'vitest';

import { modelColumns, readCsvRows, readJsonRows, type ModelColumn } from './raw-rows';

const COLUMNS: readonly ModelColumn[] = [
  { name: 'fare', kind: 'FLOAT', isLabel: false },
  { name: 'hour', kind: 'INT', isLabel: false },
  { name: 'company', kind: 'STRING', isLabel: false },
  { name: 'tip', kind: 'INT', isLabel: true },
];
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

describe('the columns of a model', () => {
  it('are what its graph reads raw, the label apart', () => {
    const step = { from: 'raw', kind: 'FLOAT', inputKind: 'FLOAT' } as const;
    expect(
      modelColumns({
        format: 'sluice.transform/1',
        steps: [
          { ...step, name: 'a', column: 'fare', op: { type: 'identity' } },
          { ...step, name: 'b', column: 'a', from: 'feature', op: { type: 'log1p' } },
          { ...step, name: 'c', column: 'tip', op: { type: 'label' } },
        ],
      }),
    ).toEqual([
      { name: 'fare', kind: 'FLOAT', isLabel: false },
      { name: 'tip', kind: 'FLOAT', isLabel: true },
    ]);
  });
});

describe('rows of CSV', () => {
  it('are read by the kinds of the model: floats in single precision, empty cells missing, others left out', () => {
    const text = 'hour,unknown,fare\n3,x,0.1\n,y,\n9007199254740993,"a,b",2\n';
    expect(readCsvRows(file('rows.csv', text), COLUMNS)).toEqual({
      rows: 3,
      columns: { fare: [Math.fround(0.1), null, 2], hour: [3, null, 9007199254740993n] },
      ignored: ['unknown'],
      missing: ['company'],
    });
  });

  it.each([
    ['fare\nabc\n', 'rows.csv:2'],
    ['hour\n1.5\n', 'rows.csv:2'],
  ])('are refused with their place: %j', (text, place) => {
    expect(() => readCsvRows(file('rows.csv', text), COLUMNS)).toThrow(
      expect.objectContaining({ code: 'invalid-input', path: expect.stringContaining(place) as unknown }),
    );
  });
});

describe('rows of JSON lines', () => {
  it('are read by the kinds of the model', () => {
    const text = '{"fare": 0.1, "company": "", "unknown": 1}\n\n{"company": null, "hour": 4}\n';
    expect(readJsonRows(file('rows.jsonl', text), COLUMNS)).toEqual({
      rows: 2,
      columns: { fare: [Math.fround(0.1), null], hour: [null, 4], company: ['', null] },
      ignored: ['unknown'],
      missing: [],
    });
  });

  it.each(['[1]', '{', '{"fare": "1"}', '{"hour": 1.5}', '{"company": 3}'])(
    'are refused with their line: %s',
    (text) => {
      expect(() => readJsonRows(file('rows.jsonl', `{}\n${text}\n`), COLUMNS)).toThrow(
        expect.objectContaining({ code: 'invalid-input', path: 'rows.jsonl:2' }),
      );
    },
  );
});
