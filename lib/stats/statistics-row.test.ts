import { describe, expect, it } from 'vitest';

import type { DatasetStatistics } from '../artifact/statistics';
import { zFeatureDetail, zStatisticsRow } from '../artifact/statistics-table';
import { describeChart, findingsOf, whyNoChart } from './describe-row';
import { alarmsOf } from './feature-alarms';
import { toFeatureDetail } from './feature-detail';
import { orderRows, type RowChoice } from './order-rows';
import { barCondition, findingCondition, valueCondition } from './row-conditions';
import { joinFeatures, looksLikeIdentifier, toStatisticsRow } from './statistics-row';
import { toyDataset, type ToyFeature } from './toy-statistics';

const NAMES = ['train', 'eval'];

function rowsOf(...datasets: readonly DatasetStatistics[]) {
  return [...joinFeatures(datasets)].map(([key, sides]) => zStatisticsRow.parse(toStatisticsRow(key, sides)));
}

function rowOf(...features: readonly (ToyFeature | undefined)[]) {
  const datasets = features.map((feature) => toyDataset(100, feature === undefined ? {} : { one: feature }));
  const [row] = rowsOf(...datasets);
  if (row === undefined) throw new Error('no row');
  return row;
}

const NUMBERS: ToyFeature = {
  ...{ type: 'FLOAT', present: 98, missing: 2, total: 98, range: [0, 10] },
  standard: [
    [0, 5, 60],
    [5, 10, 38],
  ],
  quantiles: [
    [0, 4, 49],
    [4, 10, 49],
  ],
};
const WORDS: ToyFeature = {
  type: 'STRING',
  present: 100,
  total: 100,
  rank: [
    ['a', 60],
    ['b', 40],
  ],
};

describe('a row of the table', () => {
  it('holds both datasets by key, and what only one has', () => {
    const rows = rowsOf(toyDataset(10, { a: NUMBERS, b: WORDS }), toyDataset(10, { b: WORDS, c: NUMBERS }));
    expect(rows.map(({ name, sides }) => [name, sides.map((side) => side !== null)])).toEqual([
      ['a', [true, false]],
      ['b', [true, true]],
      ['c', [false, true]],
    ]);
  });

  it('is numeric where there are numbers, whatever the type, and counted otherwise', () => {
    expect(rowOf(NUMBERS).group).toBe('numeric');
    expect(rowOf({ type: 'INT', rank: [['1', 3]], present: 3, total: 3 }).group).toBe('categorical');
  });

  it('measures distance 0 between the same and 1 between what has nothing in common', () => {
    expect(rowOf(NUMBERS, NUMBERS).distance).toEqual({ measure: 'jensen-shannon', value: 0 });
    expect(rowOf(WORDS, { ...WORDS, rank: [['c', 9]] }).distance?.value).toBeCloseTo(0.6 + 0.4, 9);
    expect(rowOf(NUMBERS, undefined).distance).toBeUndefined();
  });

  it('counts values that only the second dataset has, unless the first list was cut', () => {
    const more: ToyFeature = {
      ...WORDS,
      rank: [
        ['a', 1],
        ['x', 1],
        ['y', 1],
      ],
    };
    expect(rowOf(WORDS, more).newValues).toBe(2);
    expect(rowOf({ ...WORDS, unique: 5_000 }, more).newValues).toBeUndefined();
  });

  it('cuts long texts between characters', () => {
    const name = '🦆'.repeat(400);
    const [row] = rowsOf(toyDataset(1, { [name]: WORDS }));
    expect(row?.name.endsWith('🦆…')).toBe(true);
    expect(row?.name.length).toBeLessThanOrEqual(300);
    expect(row?.key).toBe(name);
  });

  it.each([
    ['trip_id', true],
    ['dropoff_census_tract', true],
    ['zipCode', true],
    ['invoice no', true],
    ['no_of_doors', false],
    ['valid', false],
    ['fare', false],
  ])('takes the whole numbers of %s for names of things: %s', (name, expected) => {
    const [feature] = toyDataset(1, {
      [name]: { range: [17_031_010_100, 17_031_980_100], standard: [[1, 2, 3]] },
    }).features;
    expect(feature && looksLikeIdentifier(feature)).toBe(expected);
  });

  it('never takes fractions for names of things', () => {
    const [feature] = toyDataset(1, { code: { type: 'FLOAT', range: [0.5, 1.5], standard: [[1, 2, 3]] } }).features;
    expect(feature && looksLikeIdentifier(feature)).toBe(false);
  });
});

describe('alarms', () => {
  const figures = (feature: ToyFeature, other?: ToyFeature) =>
    alarmsOf(rowOf(feature, other)).map(({ figure, side }) => `${figure} ${side}`);

  it('are none at the limits of Facets, and one beyond them', () => {
    expect(figures({ ...NUMBERS, present: 98, missing: 2 })).toEqual([]);
    expect(figures({ ...NUMBERS, present: 97, missing: 3 })).toEqual(['missing 0']);
  });

  it('say which side is alarming', () => {
    expect(figures(NUMBERS, { ...NUMBERS, present: 0, missing: 100, total: 0, standard: [], quantiles: [] })).toEqual([
      'count 1',
      'missing 1',
    ]);
    expect(figures(WORDS, { ...WORDS, rank: [['z', 1]] })).toEqual(['newValues 1']);
    expect(figures({ ...NUMBERS, numNan: 4 })).toEqual(['notFinite 0']);
  });
});

describe('the words of a row', () => {
  it('stand in place of a picture that would be empty', () => {
    const one: ToyFeature = { ...NUMBERS, total: 1, present: 1, missing: 99 };
    expect(whyNoChart(rowOf(one, { type: 'FLOAT', missing: 100 }), NAMES)).toBe('1 value in train, none in eval');
    expect(whyNoChart(rowOf({ type: 'FLOAT', missing: 100 }), ['train'])).toBe('No values');
    const always: ToyFeature = { ...NUMBERS, standard: [[7, 7, 98]], quantiles: [[7, 7, 98]] };
    expect(whyNoChart(rowOf(always), ['train'])).toBe('Always 7');
    expect(whyNoChart(rowOf(NUMBERS), ['train'])).toBeUndefined();
  });

  it('tell where most values are', () => {
    const row = rowOf(NUMBERS, NUMBERS);
    expect(describeChart(row, row.equal, NAMES)).toMatch(/^train and eval: 20 bars from 0 to 10, the highest from /);
  });

  it('name the number and the limit of what alarms', () => {
    expect(findingsOf(rowOf({ ...NUMBERS, present: 71, missing: 29 }, NUMBERS), NAMES)).toEqual([
      '29.0 % missing in train, 2.0 % in eval: alarming above 2 %.',
    ]);
    expect(findingsOf(rowOf(NUMBERS), ['train'])).toEqual(['Nothing alarming.']);
    expect(JSON.stringify(findingsOf(rowOf({ type: 'FLOAT', missing: 100 }), ['train']))).not.toContain('NaN');
  });
});

describe('the order of rows', () => {
  const rows = rowsOf(
    toyDataset(100, {
      b2: { ...NUMBERS, present: 50, missing: 50 },
      b10: NUMBERS,
      a: { type: 'FLOAT', present: 0, missing: 100 },
      text: WORDS,
    }),
  );
  const all: RowChoice = { sort: 'order', isReversed: false, text: '', type: undefined, onlyAlarming: false };
  const names = (choice: Partial<RowChoice>) => orderRows(rows, { ...all, ...choice }).map(({ name }) => name);

  it.each([
    [{ sort: 'order' }, ['b2', 'b10', 'a', 'text']],
    [{ sort: 'order', isReversed: true }, ['text', 'a', 'b10', 'b2']],
    [{ sort: 'name' }, ['a', 'b2', 'b10', 'text']],
    [{ sort: 'missing' }, ['a', 'b2', 'b10', 'text']],
    [{ sort: 'alarming' }, ['a', 'b2', 'b10', 'text']],
    // What has no zeros to count comes last either way.
    [{ sort: 'zeros' }, ['b2', 'b10', 'a', 'text']],
    [{ text: 'B' }, ['b2', 'b10']],
    [{ type: 'STRING' }, ['text']],
    [{ onlyAlarming: true }, ['b2', 'a']],
  ] as const)('%j is %j', (choice, expected) => {
    expect(names(choice)).toEqual(expected);
  });
});

describe('the rows behind', () => {
  it('a bar are those between its ends, the upper one only of the last', () => {
    const bins = { kind: 'equal', edges: [0, 1, 2] } as const;
    expect([0, 1].map((bar) => barCondition('x', { ...bins, edges: [...bins.edges] }, bar))).toEqual([
      { column: 'x', op: 'between', min: 0, max: 1, maxExcluded: true },
      { column: 'x', op: 'between', min: 1, max: 2 },
    ]);
  });

  it('a value are those that hold it, as a number where it is one', () => {
    expect(valueCondition(rowOf(WORDS), '7')).toMatchObject({ op: 'in', values: ['7'] });
    expect(valueCondition(rowOf({ ...WORDS, type: 'INT', rank: [['7', 100]] }), '7')).toMatchObject({ values: [7] });
  });

  it('a finding are those at fault', () => {
    expect(findingCondition(rowOf({ ...NUMBERS, missing: 50 }))).toEqual({ column: 'one', op: 'missing' });
    expect(findingCondition(rowOf(NUMBERS))).toBeUndefined();
  });
});

describe('the detail of a feature', () => {
  it('lists values of both sides, those that are new, and how many are not listed', () => {
    const left: ToyFeature = { ...WORDS, unique: 2 };
    const right: ToyFeature = {
      ...WORDS,
      rank: [
        ['c', 7],
        ['a', 3],
      ],
    };
    const [[key, sides] = ['', []]] = joinFeatures([toyDataset(100, { one: left }), toyDataset(100, { one: right })]);
    const detail = zFeatureDetail.parse(toFeatureDetail(toStatisticsRow(key, sides), sides));
    expect(detail.values).toEqual({
      labels: ['a', 'b'],
      counts: [
        [60, 40],
        [3, 0],
      ],
      unlisted: 0,
    });
    expect(detail.fresh).toEqual([{ value: 'c', count: 7 }]);
    expect(detail.sides[0]?.rankShares).toEqual([
      { rank: 1, share: 0.6 },
      { rank: 2, share: 1 },
    ]);
  });

  it('gives the bounds of the quantiles, and the distance as TFDV measures it', () => {
    const [[key, sides] = ['', []]] = joinFeatures([
      toyDataset(100, { one: NUMBERS }),
      toyDataset(100, { one: NUMBERS }),
    ]);
    const detail = toFeatureDetail(toStatisticsRow(key, sides), sides);
    expect(detail.sides[0]?.quantiles).toEqual([0, 4, 10]);
    expect(detail.comparatorDistance).toBeCloseTo(0, 12);
  });
});
