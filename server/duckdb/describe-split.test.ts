import { rm } from 'node:fs/promises';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';

import type { FeatureStatistics, Histogram } from '../../lib/artifact/statistics';
import { zStatsOptions } from '../../lib/catalog/statistics-gen/spec';
import { tempFolder } from '../testing/temp-folder';
import { writeExamples, type TestColumn, type TestValue } from '../testing/write-examples';
import { openDuckdb, type Duckdb } from './connection';
import { describeSplit } from './describe-split';
import { openExamplesSplit } from './examples-source';

const temp = tempFolder();
let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: temp.path });
});
afterAll(async () => {
  await duckdb[Symbol.asyncDispose]();
  temp[Symbol.dispose]();
});

type Given = { readonly options?: z.input<typeof zStatsOptions>; readonly listedDistinct?: number };
let splits = 0;

async function statisticsOf(columns: readonly TestColumn[], given: Given = {}) {
  const split = `case-${splits++}`;
  await writeExamples(duckdb, columns, { folder: temp.path, split });
  const session = { connection: duckdb.connection, signal: new AbortController().signal };
  const source = await openExamplesSplit(session, { folder: temp.path, split });
  const options = zStatsOptions.parse(given.options ?? {});
  const dataset = await describeSplit(session, {
    source,
    options,
    ...(given.listedDistinct !== undefined && { listedDistinct: given.listedDistinct }),
  });
  await rm(`${temp.path}/Split-${split}`, { recursive: true });
  return dataset;
}

async function featureOf(column: TestColumn, options?: Given['options']): Promise<FeatureStatistics> {
  const { features } = await statisticsOf([column], options === undefined ? {} : { options });
  const [feature] = features;
  if (feature === undefined) throw new Error('no feature');
  return feature;
}

function expectBuckets(histogram: Histogram | undefined, expected: readonly (readonly number[])[]) {
  const buckets = (histogram?.buckets ?? []).map((b) => [b.lowValue, b.highValue, b.sampleCount]);
  expect(buckets).toHaveLength(expected.length);
  for (const [index, bucket] of buckets.entries())
    for (const [at, value] of bucket.entries()) expect(value).toBeCloseTo(expected[index]?.[at] ?? Number.NaN, 4);
}

const SMALL = { numValuesHistogramBuckets: 3, numHistogramBuckets: 3, numQuantilesHistogramBuckets: 4 };
const STANDARD = [
  [1, 2.3333333, 3.0049751],
  [2.3333333, 3.6666667, 1.0049751],
  [3.6666667, 5, 1.9900498],
];
const QUANTILES = [
  [1, 1, 2],
  [1, 3, 2],
  [3, 4, 1],
  [4, 5, 1],
];

describe('ST-O1 float lists over two batches', () => {
  it('gives moments, median and both histograms of all values', async () => {
    const rows = [[1, 2], [3, 4, 5], [1]];
    const { type, numStats } = await featureOf(
      { name: 'a', kind: 'FLOAT', rows },
      { ...SMALL, numValuesHistogramBuckets: 4 },
    );
    expect(type).toBe('FLOAT');
    expect(numStats?.commonStats).toMatchObject({
      numNonMissing: 3,
      numMissing: 0,
      minNumValues: 1,
      maxNumValues: 3,
      avgNumValues: 2,
      totNumValues: 6,
    });
    expectBuckets(numStats?.commonStats?.numValuesHistogram, [
      [1, 1, 1],
      [1, 2, 1],
      [2, 3, 0.5],
      [3, 3, 0.5],
    ]);
    expect(numStats?.mean).toBeCloseTo(2.66666666, 6);
    expect(numStats?.stdDev).toBeCloseTo(1.49071198, 6);
    expect(numStats).toMatchObject({ numZeros: 0, min: 1, max: 5, median: 3 });
    expectBuckets(numStats?.histograms[0], STANDARD);
    expectBuckets(numStats?.histograms[1], QUANTILES);
  });
});

describe('ST-O2 missing lists; byte-length average', () => {
  it('counts missing lists apart from values', async () => {
    const { numStats } = await featureOf(
      { name: 'a', kind: 'FLOAT', rows: [[1, 2], null, [3, 4, 5], [1], null] },
      SMALL,
    );
    expect(numStats?.commonStats).toMatchObject({ numNonMissing: 3, numMissing: 2, totNumValues: 6 });
    expectBuckets(numStats?.commonStats?.numValuesHistogram, [
      [1, 2, 2],
      [2, 3, 0.5],
      [3, 3, 0.5],
    ]);
    expect(numStats?.mean).toBeCloseTo(2.66666666, 6);
    expect(numStats?.stdDev).toBeCloseTo(1.49071198, 6);
    expect(numStats?.median).toBe(3);
    expectBuckets(numStats?.histograms[0], STANDARD);
    expectBuckets(numStats?.histograms[1], QUANTILES);
  });
  it('averages the lengths of texts', async () => {
    const rows = [['x', 'y', 'z', 'w'], null, ['qwe', 'abc'], null, ['qwe']];
    const { type, stringStats } = await featureOf({ name: 'b', kind: 'STRING', rows }, SMALL);
    expect(type).toBe('STRING');
    expect(stringStats?.commonStats).toMatchObject({
      numNonMissing: 3,
      numMissing: 2,
      minNumValues: 1,
      maxNumValues: 4,
      totNumValues: 7,
    });
    expect(stringStats?.commonStats?.avgNumValues).toBeCloseTo(2.33333333, 6);
    expectBuckets(stringStats?.commonStats?.numValuesHistogram, [
      [1, 2, 2],
      [2, 4, 0.5],
      [4, 4, 0.5],
    ]);
    expect(stringStats?.avgLength).toBeCloseTo(1.85714285, 6);
  });
});

describe('ST-O3 NaN counts in tot_num_values but not in moments', () => {
  it('leaves NaN out of everything but the counts', async () => {
    const rows = [
      [1, 2],
      [3, 4, Number.NaN, 5],
      [Number.NaN, 1],
    ];
    const { numStats } = await featureOf({ name: 'a', kind: 'FLOAT', rows }, SMALL);
    expect(numStats?.commonStats).toMatchObject({
      numNonMissing: 3,
      minNumValues: 2,
      maxNumValues: 4,
      totNumValues: 8,
    });
    expect(numStats?.commonStats?.avgNumValues).toBeCloseTo(2.66666666, 6);
    expectBuckets(numStats?.commonStats?.numValuesHistogram, [
      [2, 2, 2],
      [2, 4, 0.5],
      [4, 4, 0.5],
    ]);
    expect(numStats?.mean).toBeCloseTo(2.66666666, 6);
    expect(numStats?.stdDev).toBeCloseTo(1.49071198, 6);
    expect(numStats?.median).toBe(3);
    expect(numStats?.histograms.map(({ numNan }) => numNan)).toEqual([2, 2]);
    expectBuckets(numStats?.histograms[0], STANDARD);
    expectBuckets(numStats?.histograms[1], QUANTILES);
  });
});

describe('ST-O4 all-empty lists are present', () => {
  it.each<[string, Partial<TestColumn>]>([
    ['as lists of no value', { rows: [[], [], []] }],
    ['as nulls that mean an empty list', { rows: [null, null, null], nullMeans: 'empty-list' }],
    ['as null lists that mean an empty list', { rows: [null, null, null], nullMeans: 'empty-list', isList: true }],
  ])('%s', async (_, column) => {
    const { type, numStats } = await featureOf({ name: 'a_int', kind: 'INT', rows: [], ...column });
    expect(type).toBe('INT');
    expect(numStats?.commonStats).toMatchObject({
      numNonMissing: 3,
      numMissing: 0,
      minNumValues: 0,
      maxNumValues: 0,
      totNumValues: 0,
    });
    expectBuckets(
      numStats?.commonStats?.numValuesHistogram,
      Array.from({ length: 10 }, () => [0, 0, 0.3]),
    );
    expect(numStats).toMatchObject({ mean: 0, stdDev: 0, min: 0, max: 0, median: 0, histograms: [] });
  });
});

const THREE_THOUSAND = [0, 1000, 2000].map((start) => Array.from({ length: 1000 }, (_, index) => start + index + 1));

describe('ST-O5 1..3000 in three lists of 1000', () => {
  it.each([
    ['counted value by value', 100_000],
    ['found by bins', 100],
  ])('%s', async (_, listedDistinct) => {
    const column: TestColumn = { name: 'c', kind: 'INT', rows: THREE_THOUSAND };
    const { features } = await statisticsOf([column], { options: SMALL, listedDistinct });
    const [feature] = features;
    const numStats = feature?.numStats;
    expect(feature?.type).toBe('INT');
    expect(numStats?.commonStats).toMatchObject({
      numNonMissing: 3,
      minNumValues: 1000,
      maxNumValues: 1000,
      avgNumValues: 1000,
      totNumValues: 3000,
    });
    expectBuckets(
      numStats?.commonStats?.numValuesHistogram,
      Array.from({ length: 3 }, () => [1000, 1000, 1]),
    );
    expect(numStats?.mean).toBeCloseTo(1500.5, 8);
    expect(numStats?.stdDev).toBeCloseTo(866.025355672, 4);
    expect(numStats).toMatchObject({ numZeros: 0, min: 1, max: 3000, median: 1501 });
    expectBuckets(numStats?.histograms[0], [
      [1, 1000.66666667, 1000.6666667],
      [1000.66666667, 2000.33333333, 999.6666667],
      [2000.33333333, 3000, 999.6666667],
    ]);
    expectBuckets(numStats?.histograms[1], [
      [1, 751, 751],
      [751, 1501, 750],
      [1501, 2251, 750],
      [2251, 3000, 749],
    ]);
  });
});

describe('ST-O7 invalid UTF-8', () => {
  const invalid = Uint8Array.of(0xfc, 0xa1, 0xa1, 0xa1, 0xa1, 0xa1);
  it.each<[string, (value: Uint8Array) => TestColumn['rows'][number]]>([
    ['one value a row', (value) => value],
    ['a list a row', (value) => [value]],
  ])('is counted and gets one label, %s', async (_, row) => {
    const rows = [row(Uint8Array.of(0x61)), row(invalid), null, row(invalid)];
    const { type, stringStats } = await featureOf(
      { name: 'a', kind: 'STRING', rows },
      { ...SMALL, numValuesHistogramBuckets: 4 },
    );
    expect(type).toBe('STRING');
    expect(stringStats).toMatchObject({ invalidUtf8Count: 2, unique: 2 });
    expect(stringStats?.avgLength).toBeCloseTo(4.333333, 5);
    expect(stringStats?.commonStats).toMatchObject({ numNonMissing: 3, numMissing: 1 });
    expectBuckets(
      stringStats?.commonStats?.numValuesHistogram,
      Array.from({ length: 4 }, () => [1, 1, 0.75]),
    );
    expect(stringStats?.topValues).toEqual([
      { value: '__BYTES_VALUE__', frequency: 2 },
      { value: 'a', frequency: 1 },
    ]);
  });
});

describe('ST-O9 two batches that disagree on type', () => {
  it('are refused with the feature and the file', async () => {
    const place = { folder: temp.path, split: 'disagree', shards: 2 };
    await writeExamples(duckdb, [{ name: 'a', kind: 'FLOAT', rows: [[1, 2]] }], { ...place, shard: 0 });
    await writeExamples(duckdb, [{ name: 'a', kind: 'INT', rows: [[1]] }], { ...place, shard: 1 });
    const session = { connection: duckdb.connection, signal: new AbortController().signal };
    await expect(openExamplesSplit(session, place)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^Cannot determine the type of the feature "a": .*data-00001-of-00002\.parquet/),
    });
  });
});

describe('ST-O10 all-null column with weight', () => {
  it('is STRING, missing by count and by weight', async () => {
    const { features, weightedNumExamples } = await statisticsOf(
      [
        { name: 'a', kind: 'NONE', rows: [null, null, null] },
        { name: 'w', kind: 'FLOAT', rows: [[1], [1], [1]] },
      ],
      { options: { weightFeature: 'w' } },
    );
    const common = features[0]?.stringStats?.commonStats;
    expect(features.map(({ type }) => type)).toEqual(['STRING', 'FLOAT']);
    expect(weightedNumExamples).toBe(3);
    expect(common).toMatchObject({
      numNonMissing: 0,
      numMissing: 3,
      minNumValues: 0,
      maxNumValues: 0,
      avgNumValues: 0,
    });
    expect(common?.weightedCommonStats).toMatchObject({ numMissing: 3, numNonMissing: 0 });
    expect(common?.numValuesHistogram).toBeUndefined();
  });
});

it('TK-O1 texts are ranked inside DuckDB by the same rule', async () => {
  const rows = [
    ['a', 'b', 'c', 'e'],
    ['a', 'c', 'd', 'a'],
    ['a', 'b', 'c', 'd'],
  ];
  const { stringStats } = await featureOf(
    { name: 'fa', kind: 'STRING', rows },
    { numTopValues: 4, numRankHistogramBuckets: 3 },
  );
  expect(stringStats?.topValues.map(({ value, frequency }) => [value, frequency])).toEqual([
    ['a', 4],
    ['c', 3],
    ['d', 2],
    ['b', 2],
  ]);
  expect(stringStats?.rankHistogram?.buckets.map((b) => [b.lowRank, b.label, b.sampleCount])).toEqual([
    [0, 'a', 4],
    [1, 'c', 3],
    [2, 'd', 2],
  ]);
  expect(stringStats?.unique).toBe(5);
});

it.each([100_000, 2])(
  'WT-O1 weighs values by their examples, listing up to %d distinct ones',
  async (listedDistinct) => {
    const { features } = await statisticsOf(
      [
        {
          name: 'a',
          kind: 'FLOAT',
          rows: [[1, 2], [3, 4, 5], [1, Number.NaN, Number.NaN, Number.NaN], null],
        },
        { name: 'w', kind: 'FLOAT', rows: [[1], [2], [3], [2]] },
      ],
      { options: { ...SMALL, numValuesHistogramBuckets: 4, weightFeature: 'w' }, listedDistinct },
    );
    const numStats = features[0]?.numStats;
    expect(numStats?.commonStats).toMatchObject({ numNonMissing: 3, numMissing: 1, totNumValues: 9 });
    expect(numStats?.commonStats?.weightedCommonStats).toMatchObject({
      numNonMissing: 6,
      numMissing: 2,
      totNumValues: 20,
    });
    expect(numStats?.commonStats?.weightedCommonStats?.avgNumValues).toBeCloseTo(3.33333333, 6);
    expect(numStats?.mean).toBeCloseTo(2.66666666, 6);
    const weighted = numStats?.weightedNumericStats;
    expect(weighted?.mean).toBeCloseTo(2.7272727, 6);
    expect(weighted?.stdDev).toBeCloseTo(1.5427784, 6);
    expect(weighted?.median).toBe(3);
    expect(weighted?.histograms.map(({ numNan }) => numNan)).toEqual([3, 3]);
    expectBuckets(weighted?.histograms[0], [
      [1, 2.3333333, 5.0091324],
      [2.3333333, 3.6666667, 2.0091324],
      [3.6666667, 5, 3.9817352],
    ]);
    expectBuckets(weighted?.histograms[1], [
      [1, 1, 4],
      [1, 3, 3],
      [3, 4, 2],
      [4, 5, 2],
    ]);
  },
);

it('values that are not UTF-8 stay apart and are ranked by their bytes, as in TFDV', async () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  const rows = [bytes(0x61), bytes(0xfc, 0xa1), bytes(0xfc), bytes(0xef, 0xbb, 0xbf, 0x62)];
  const { stringStats } = await featureOf({ name: 'b', kind: 'STRING', rows });
  expect(stringStats).toMatchObject({ unique: 4, invalidUtf8Count: 2, avgLength: 2 });
  expect(stringStats?.topValues.map(({ value }) => value)).toEqual([
    '__BYTES_VALUE__',
    '__BYTES_VALUE__',
    '\uFEFFb',
    'a',
  ]);
});

describe('the weight feature', () => {
  it.each<[string, Partial<TestColumn> | undefined, string]>([
    ['is absent', undefined, 'is not a feature of the examples'],
    ['is text', { kind: 'STRING', rows: ['x', 'y'] }, 'is text, not a number'],
    ['has no value anywhere', { kind: 'NONE', rows: [null, null] }, 'has no value in any row'],
    ['lacks a value', { rows: [1, null] }, 'has no value in 1 row'],
    ['has an empty list', { rows: [[1], []] }, 'has no value in 1 row'],
    [
      'has two values',
      {
        rows: [
          [1, 2],
          [1, 2],
        ],
      },
      'has more than one value in 2 rows',
    ],
    ['is NaN', { rows: [Number.NaN, 1] }, 'is NaN or infinite in 1 row'],
  ])('that %s is refused', async (_, column, message) => {
    const columns: TestColumn[] = [{ name: 'a', kind: 'INT', rows: [1, 2] }];
    if (column !== undefined) columns.push({ name: 'w', kind: 'FLOAT', rows: [], ...column });
    await expect(statisticsOf(columns, { options: { weightFeature: 'w' } })).rejects.toMatchObject({
      code: 'invalid-input',
      message: `The weight feature "w" ${message}.`,
    });
  });
});

const someNumbers = fc.array(
  fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.float({ noNaN: true }),
    fc.float({ min: 1e6, max: Math.fround(1.001e6), noNaN: true }),
    fc.constant(Number.NaN),
  ),
  { minLength: 1, maxLength: 200 },
);

/** Sums in another order differ by rounding. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'number' ? (Number.isFinite(item) ? Number(item.toPrecision(9)) : String(item)) : item,
    ),
  );
}

it('bins and lists give the same statistics, weighted or not, whatever the numbers', async () => {
  const weights = fc.infiniteStream(fc.constantFrom(0, 0.5, 1, 3));
  await fc.assert(
    fc.asyncProperty(someNumbers, weights, fc.boolean(), async (rows, stream, isWeighted) => {
      const w: TestValue[] = [...stream.take(rows.length)];
      const columns: TestColumn[] = [
        { name: 'a', kind: 'FLOAT', rows },
        { name: 'w', kind: 'FLOAT', rows: w },
      ];
      const options = { featureAllowlist: ['a'], ...(isWeighted && { weightFeature: 'w' }) };
      const listed = await statisticsOf(columns, { options });
      const binned = await statisticsOf(columns, { options, listedDistinct: -1 });
      expect(rounded(binned)).toEqual(rounded(listed));
    }),
    { numRuns: 25 },
  );
});

it('an aborted description ends the running query and says so', async () => {
  const column: TestColumn = { name: 'a', kind: 'INT', rows: [1] };
  await writeExamples(duckdb, [column], { folder: temp.path, split: 'abort' });
  const controller = new AbortController();
  const session = { connection: duckdb.connection, signal: controller.signal };
  const source = await openExamplesSplit(session, { folder: temp.path, split: 'abort' });
  const endless = { ...source, relation: '(SELECT range AS a FROM range(100000000000))' };
  const described = describeSplit(session, { source: endless, options: zStatsOptions.parse({}) });
  setImmediate(() => controller.abort());
  await expect(described).rejects.toMatchObject({ code: 'canceled' });
});
