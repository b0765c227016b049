import { describe, expect, it } from 'vitest';

import { guessLabels, tasksOf } from './guess-label';
import type { ColumnProfile, TableProfile } from './table-profile';

type Short = readonly [name: string, kind: ColumnProfile['kind'], distinct: number, missing?: number];

const column = ([name, kind, distinct, missing = 0]: Short): ColumnProfile => ({
  name,
  kind,
  distinct,
  missing,
  isTime: false,
  isList: false,
  isDistinctExact: true,
  values: [],
});

const table = (rows: number, columns: readonly Short[]): TableProfile => ({
  format: 'csv',
  files: 1,
  sizeBytes: 1,
  rows,
  rowsRead: rows,
  isRowsExact: true,
  columns: columns.map(column),
  sample: [],
});

describe('guessLabels', () => {
  it.each<[string, TableProfile, string | undefined, string | undefined]>([
    [
      'bird strikes',
      table(10_000, [
        ['Airport Name', 'STRING', 50],
        ['Flight Date', 'STRING', 3625],
        ['Wildlife Size', 'STRING', 3],
        ['Speed IAS in knots', 'INT', 122, 2836],
        ['damage', 'INT', 2],
      ]),
      'damage',
      'binary',
    ],
    [
      'penguins',
      table(344, [
        ['Species', 'STRING', 3],
        ['Island', 'STRING', 3],
        ['Beak Length (mm)', 'FLOAT', 164, 2],
        ['Sex', 'STRING', 3, 10],
      ]),
      'Species',
      'multi-class',
    ],
    [
      'flights',
      table(1_000_000, [
        ['date', 'INT', 200_000],
        ['delay', 'INT', 900],
        ['distance', 'INT', 1_200],
        ['origin', 'STRING', 229],
        ['destination', 'STRING', 230],
      ]),
      'delay',
      'regression',
    ],
    [
      'a table whose last column has two values',
      table(500, [
        ['id', 'INT', 500],
        ['age', 'INT', 60],
        ['left', 'STRING', 2],
      ]),
      'left',
      'binary',
    ],
    [
      'a name that says it, wherever it stands',
      table(150, [
        ['target', 'FLOAT', 140],
        ['a', 'FLOAT', 140],
        ['b', 'INT', 2],
      ]),
      'target',
      'regression',
    ],
    [
      'nothing but ids, blanks and constants',
      table(100, [
        ['uuid', 'STRING', 100],
        ['empty', 'NONE', 0, 100],
        ['same', 'INT', 1],
      ]),
      undefined,
      undefined,
    ],
  ])('finds the label of %s', (_, profile, label, task) => {
    const [first] = guessLabels(profile);
    expect([first?.column, first?.task]).toEqual([label, task]);
  });

  it('says why in a sentence', () => {
    const profile = table(100, [
      ['a', 'FLOAT', 90],
      ['damage', 'INT', 2],
    ]);
    expect(guessLabels(profile)[0]?.reason).toBe(
      'Its name is one of what is often learnt, it is the last column and it has two values.',
    );
  });

  it('offers the others behind the first, ids and half-blank columns last', () => {
    const profile = table(100, [
      ['row id', 'INT', 100],
      ['b', 'STRING', 4],
      ['half', 'STRING', 4, 60],
      ['c', 'FLOAT', 90],
    ]);
    expect(guessLabels(profile).map((guess) => guess.column)).toEqual(['c', 'b', 'half', 'row id']);
  });
});

describe('tasksOf', () => {
  it.each<[Short, readonly string[]]>([
    [
      ['rating', 'INT', 5],
      ['multi-class', 'regression'],
    ],
    [
      ['flag', 'INT', 2],
      ['binary', 'regression'],
    ],
    [['city', 'STRING', 7], ['multi-class']],
    [['amount', 'INT', 5_000], ['regression']],
    [
      ['share', 'FLOAT', 30],
      ['regression', 'multi-class'],
    ],
    [['note', 'STRING', 9_000], []],
  ])('%j allows %j', (short, tasks) => {
    expect(tasksOf(column(short), 10_000)).toEqual(tasks);
  });
});
