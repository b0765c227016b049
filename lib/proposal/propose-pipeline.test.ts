import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { addNodes } from '../pipeline/commands';
import { validatePipeline } from '../pipeline/validate';
import { plainNames, suspectHeader } from './header-question';
import { proposeExampleGen, proposeName, proposeNodes, proposePipeline, type ProposedSource } from './propose-pipeline';
import type { ColumnProfile, TableProfile } from './table-profile';

const column = (name: string, more: Partial<ColumnProfile> = {}): ColumnProfile => ({
  name,
  kind: 'INT',
  distinct: 9,
  missing: 0,
  isTime: false,
  isList: false,
  isDistinctExact: true,
  values: [],
  ...more,
});

const profile = (format: TableProfile['format'], columns: readonly ColumnProfile[]): TableProfile => ({
  format,
  files: 1,
  sizeBytes: 1,
  rows: 10,
  rowsRead: 10,
  isRowsExact: true,
  columns: [...columns],
  sample: [],
});

const source = (format: TableProfile['format'], columns: readonly ColumnProfile[]): ProposedSource => ({
  profile: profile(format, columns),
  inputBase: 'trips-up_1/trips',
  answers: { emptyCells: 'missing' },
});

describe('a proposed pipeline', () => {
  it.each(['csv', 'parquet'] as const)('of a %s file is valid as it is', (format) => {
    const pipeline = proposePipeline({ name: 'trips', description: undefined }, source(format, [column('a')]));
    expect(validatePipeline(pipeline, COMPONENTS)).toEqual([]);
    expect(Object.values(pipeline.nodes).map(({ component }) => component)).toEqual([
      format === 'csv' ? 'CsvExampleGen' : 'ParquetExampleGen',
      'StatisticsGen',
      'SchemaGen',
      'ExampleValidator',
    ]);
    expect(Object.keys(pipeline.layout ?? {})).toEqual(Object.keys(pipeline.nodes));
  });

  it('joins an open document under ids of its own, at the place of the drop', () => {
    const first = proposePipeline({ name: 'trips', description: 'x' }, source('csv', [column('a')]));
    const nodes = proposeNodes(first, source('csv', [column('a')]), { x: 100, y: 300 });
    const both = addNodes(first, nodes);
    expect(Object.keys(both.nodes)).toHaveLength(8);
    expect(validatePipeline(both, COMPONENTS)).toEqual([]);
    expect(nodes[0]?.at).toEqual({ x: 100, y: 300 });
    expect(nodes[1]?.node.inputs).toEqual({ examples: 'csvExampleGen2.examples' });
  });
});

describe('the proposed ExampleGen', () => {
  it('reads times as seconds where there are any, and blank cells as the person said', () => {
    const times = proposeExampleGen(source('parquet', [column('day', { isTime: true })]));
    expect(times.params).toMatchObject({ timestamps: 'epoch-seconds' });
    expect(proposeExampleGen(source('parquet', [column('a')])).params).not.toHaveProperty('timestamps');
    const blank = proposeExampleGen({ ...source('csv', [column('a')]), answers: { emptyCells: 'empty-list' } });
    expect(blank.params).toMatchObject({ emptyCells: 'empty-list' });
    expect(proposeExampleGen(source('csv', [column('a')])).params).not.toHaveProperty('emptyCells');
  });
});

it.each([
  ['trips.csv', 'trips'],
  ['a/b\\c.parquet', 'a b c'],
  ['.csv', 'My table'],
  [`${'ع'.repeat(200)}.csv`, 'ع'.repeat(180)],
])('a file %s makes a pipeline named %s', (file, name) => {
  expect(proposeName(file)).toBe(name);
});

describe('suspectHeader', () => {
  it.each<[string, readonly ColumnProfile[], string | undefined]>([
    ['plain names', [column('id'), column('fare', { kind: 'FLOAT' })], undefined],
    [
      'years among names',
      [column('country', { kind: 'STRING' }), column('gdp'), column('debt'), column('2020')],
      undefined,
    ],
    ['numbers over numbers', [column('5.1'), column('3.5'), column('setosa', { kind: 'STRING' })], '2 of 3 names'],
    [
      'a value in place of a name',
      [column('Oslo', { kind: 'STRING', values: [{ text: 'Oslo' }] }), column('NO', { kind: 'STRING' })],
      '1 of 2 names in the first line also stand',
    ],
    ['one blank name', [column(''), column('a')], undefined],
    ['blank names', [column(''), column(' '), column('a')], '2 of 3 names in the first line are blank.'],
  ])('%s', (_, columns, sentence) => {
    const said = suspectHeader(profile('csv', columns));
    if (sentence === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(sentence);
  });

  it('never asks of Parquet, whose columns always have names', () => {
    expect(suspectHeader(profile('parquet', [column('1')]))).toBeUndefined();
  });
});

it('names columns that have no names', () => {
  expect(plainNames(2)).toEqual(['column_1', 'column_2']);
});
