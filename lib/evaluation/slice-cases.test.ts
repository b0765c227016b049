import { describe, expect, it } from 'vitest';

import { sliceFeature } from './slice-feature';
import { findSlices, isSliceOf, sliceText, type SliceKey } from './slices';

const spec = (featureKeys: readonly string[], featureValues: Readonly<Record<string, string>> = {}) => ({
  featureKeys: [...featureKeys],
  featureValues,
});

const ONE_ROW = new Map([
  ['gender', sliceFeature(['f'])],
  ['age', sliceFeature([5])],
  ['interest', sliceFeature(['cars'])],
]);

describe('slices', () => {
  it.each([
    { name: 'S01 no feature: all rows', given: spec([]), keys: [[]] },
    { name: 'S01 a value that the row does not have', given: spec([], { age: '99' }), keys: [] },
    { name: 'S01 a feature that is not there', given: spec(['no_such_column']), keys: [] },
    { name: 'S01 a feature', given: spec(['age']), keys: [[['age', 5]]] },
    { name: 'S01 a value as text of a feature of numbers', given: spec([], { age: '5' }), keys: [[['age', 5]]] },
    {
      name: 'S01 features and a value, sorted by name',
      given: spec(['interest', 'gender'], { age: '5' }),
      keys: [
        [
          ['age', 5],
          ['gender', 'f'],
          ['interest', 'cars'],
        ],
      ],
    },
  ])('$name', ({ given, keys }) => {
    expect(findSlices({ specs: [given], features: ONE_ROW, rows: 1 }).map(({ key }) => key)).toEqual(keys);
  });

  it.each<{ name: string; key: SliceKey; text: string }>([
    { name: 'S02 all rows', key: [], text: 'Overall' },
    { name: 'S02 one feature', key: [['age_str', '5']], text: 'age_str:5' },
    {
      name: 'S02 two features',
      key: [
        ['age', 1],
        ['gender', 'f'],
      ],
      text: 'age_X_gender:1_X_f',
    },
    {
      name: 'S02 three features',
      key: [
        ['age', 1],
        ['gender', 'f'],
        ['interest', 'cars'],
      ],
      text: 'age_X_gender_X_interest:1_X_f_X_cars',
    },
  ])('$name as text', ({ key, text }) => {
    expect(sliceText(key)).toBe(text);
  });

  const CROSS: SliceKey = [
    ['column1', 'value1'],
    ['column3', 'value3'],
    ['column4', 'value4'],
  ];
  const ONE: SliceKey = [['column1', 'value1']];
  it.each([
    {
      name: 'S03 all columns of the slice are named',
      given: spec(['column1'], { column3: 'value3', column4: 'value4' }),
      key: CROSS,
      fits: true,
    },
    {
      name: 'S03 a column is named that the slice does not have',
      given: spec(['column1', 'column2'], { column3: 'value3', column4: 'value4' }),
      key: CROSS,
      fits: false,
    },
    {
      name: 'S03 a column of the slice is not named',
      given: spec(['column1'], { column3: 'value3' }),
      key: CROSS,
      fits: false,
    },
    { name: 'S03 the one column is named', given: spec(['column1']), key: ONE, fits: true },
    {
      name: 'S03 all rows, and columns are named',
      given: spec(['column1'], { column2: 'value1' }),
      key: [],
      fits: false,
    },
    { name: 'S03 all rows, and none is named', given: spec([]), key: [], fits: true },
  ])('$name', ({ given, key, fits }) => {
    expect(isSliceOf(key, given)).toBe(fits);
  });
});

describe('rows of slices', () => {
  it('puts a row with several values into each of their slices once, and a row without one into none', () => {
    const found = findSlices({
      specs: [spec(['tag'])],
      features: new Map([['tag', sliceFeature([['a', 'b', 'a'], null, 'b', []])]]),
      rows: 4,
    });
    expect(found.map(({ key, rows }) => [sliceText(key), [...rows]])).toEqual([
      ['tag:a', [0]],
      ['tag:b', [0, 2]],
    ]);
  });

  it('crosses features, keeps numbers apart from equal texts, and names a slice once that several specs name', () => {
    const features = new Map([
      ['a', sliceFeature([1, '1', 2, 1])],
      ['b', sliceFeature(['x', 'x', 'y', null])],
    ]);
    const found = findSlices({ specs: [spec(['a', 'b']), spec(['a'], { b: 'x' }), spec([])], features, rows: 4 });
    expect(found.map(({ key, rows }) => [key, [...rows]])).toEqual([
      [
        [
          ['a', 1],
          ['b', 'x'],
        ],
        [0],
      ],
      [
        [
          ['a', '1'],
          ['b', 'x'],
        ],
        [1],
      ],
      [
        [
          ['a', 2],
          ['b', 'y'],
        ],
        [2],
      ],
      [[], [0, 1, 2, 3]],
    ]);
  });
});
