import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { COMPONENTS } from '../catalog/index';
import { validatePipeline } from '../pipeline/validate';
import { guessFeatures } from './guess-features';
import { tasksOf, type Task } from './guess-label';
import { decidingThreshold } from './propose-model';
import { proposePipeline } from './propose-pipeline';
import type { ColumnProfile, TableProfile } from './table-profile';

const column = (name: string, more: Partial<ColumnProfile> = {}): ColumnProfile => ({
  name,
  kind: 'FLOAT',
  distinct: 900,
  missing: 0,
  isTime: false,
  isList: false,
  isDistinctExact: true,
  values: [],
  ...more,
});

const COLUMNS = [
  column('fare'),
  column('city', { kind: 'STRING', distinct: 12 }),
  column('note', { kind: 'STRING', distinct: 990 }),
  column('flag', { kind: 'INT', distinct: 2, values: [{ text: '0' }, { text: '1' }] }),
  column('sex', { kind: 'STRING', distinct: 2, values: [{ text: 'f' }, { text: 'm' }] }),
  column('species', {
    kind: 'STRING',
    distinct: 3,
    values: [
      { text: 'a', count: 440 },
      { text: 'b', count: 360 },
      { text: 'c', count: 200 },
    ],
  }),
];

const table = (columns: readonly ColumnProfile[], rows = 1_000): TableProfile => ({
  format: 'csv',
  files: 1,
  sizeBytes: 1,
  rows,
  rowsRead: rows,
  isRowsExact: true,
  columns: [...columns],
  sample: [],
});

function propose(profile: TableProfile, label: string, task?: Task) {
  const found = profile.columns.find(({ name }) => name === label);
  const chosen = task ?? (found === undefined ? undefined : tasksOf(found, profile.rowsRead)[0]);
  if (chosen === undefined) throw new Error(`${label} is no label`);
  const model = { label, task: chosen, features: guessFeatures(profile, label) };
  return proposePipeline(
    { name: 'trips', description: undefined },
    { profile, inputBase: 'trips.csv', answers: { emptyCells: 'missing' }, model },
  );
}

const paramsOf = (pipeline: ReturnType<typeof propose>, component: string) =>
  Object.values(pipeline.nodes).find((node) => node.component === component)?.params;

describe('a proposed model', () => {
  it.each(['flag', 'sex', 'species', 'fare'])('that learns %s is a valid pipeline of nine nodes', (label) => {
    const pipeline = propose(table(COLUMNS), label);
    expect(validatePipeline(pipeline, COMPONENTS)).toEqual([]);
    expect(Object.values(pipeline.nodes).map(({ component }) => component)).toEqual([
      'CsvExampleGen',
      'StatisticsGen',
      'SchemaGen',
      'ExampleValidator',
      'Transform',
      'Trainer',
      'Resolver',
      'Evaluator',
      'Pusher',
    ]);
  });

  it('numbers the two values of a text, and takes 0 and 1 as they are', () => {
    expect(paramsOf(propose(table(COLUMNS), 'sex'), 'Transform')).toMatchObject({
      features: { sex: { op: 'computeAndApplyVocabulary', column: 'sex' } },
    });
    expect(paramsOf(propose(table(COLUMNS), 'flag'), 'Transform')).toMatchObject({
      features: { flag: { op: 'label', column: 'flag' } },
    });
  });

  it.each<[string, readonly ColumnProfile[], string]>([
    ['numbers and groups', COLUMNS, 'wide-and-deep'],
    ['numbers alone', [column('fare'), column('flag', { kind: 'INT', distinct: 2 })], 'dense'],
    ['groups alone', COLUMNS.slice(1), 'linear'],
  ])('of %s uses its template', (_, columns, template) => {
    const pipeline = propose(table(columns), 'flag');
    expect(paramsOf(pipeline, 'Trainer')).toMatchObject({ template });
    expect(validatePipeline(pipeline, COMPONENTS)).toEqual([]);
  });

  it.each([
    [300, 60, 32],
    [10_000, 60, 128],
    [3_000_000, 1, 1_024],
  ])('of %i rows sees each %i times, %i at once', (rows, epochs, batchSize) => {
    expect(paramsOf(propose(table(COLUMNS, rows), 'flag'), 'Trainer')).toMatchObject({ epochs, batchSize });
  });

  it('gives features names that no column has', () => {
    const columns = [column('a'), column('a_z'), column('flag', { kind: 'INT', distinct: 2 })];
    const params = z
      .object({ features: z.record(z.string(), z.unknown()) })
      .parse(paramsOf(propose(table(columns), 'flag'), 'Transform'));
    expect(Object.keys(params.features)).toEqual(['a_z2', 'a_z_z', 'flag']);
  });

  it('asks for more than always saying the most frequent class', () => {
    const profile = table(COLUMNS);
    expect(decidingThreshold(profile, { label: 'species', task: 'multi-class' }).lowerBound).toBe(0.44);
    expect(decidingThreshold(profile, { label: 'flag', task: 'binary' })).toEqual({
      className: 'AUC',
      lowerBound: 0.6,
    });
  });
});

it('describes and checks only, where no column is of use', () => {
  const profile = table([column('same', { distinct: 1 }), column('flag', { kind: 'INT', distinct: 2 })]);
  expect(Object.keys(propose(profile, 'flag').nodes)).toHaveLength(4);
});
