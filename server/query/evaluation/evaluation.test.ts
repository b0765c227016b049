import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';

import type { zEvalConfig } from '../../../lib/evaluation/eval-config';
import type { RowsMark } from '../../../lib/evaluation/evaluated-rows';
import { binBounds } from '../../../lib/evaluation/error-bins';
import { toScoreCurve } from '../../../lib/evaluation/score-curve';
import { openDuckdb, type Duckdb } from '../../duckdb/connection';
import { evaluator } from '../../executors/evaluator';
import { artifactFrom, runExecutor, type FinishedRun } from '../../testing/run-executor';
import { tempFolder } from '../../testing/temp-folder';
import { writeExamples, type TestColumn } from '../../testing/write-examples';
import { answerEvaluation } from './answer-evaluation';
import type { EvaluationAnswerOf, EvaluationRequest, EvaluationRequestOf } from './evaluation-message';

const ROWS = 500;
const numbers = (of: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => of(row));
/** Scores that lie on thresholds, beside them, and at both ends. */
const score = (row: number) => (row % 7 === 0 ? (row % 21) / 20 : ((row * 37) % 1_000) / 999);
const LABELS = numbers((row) => (row % 3 === 0 ? 1 : 0));

const COLUMNS: readonly TestColumn[] = [
  { name: 'label', kind: 'INT', rows: LABELS },
  { name: 'score', kind: 'FLOAT', rows: numbers(score) },
  { name: 'before', kind: 'FLOAT', rows: numbers((row) => score(row + 5)) },
  { name: 'heavy', kind: 'FLOAT', rows: numbers((row) => (row % 4) / 2) },
  { name: 'kind', kind: 'INT', rows: numbers((row) => row % 3) },
  {
    name: 'scores',
    kind: 'FLOAT',
    rows: numbers((row) => row).map((row) => [score(row), score(row + 1), score(row + 2)]),
  },
  { name: 'size', kind: 'FLOAT', rows: numbers((row) => row / 10) },
  { name: 'guess', kind: 'FLOAT', rows: numbers((row) => row / 10 + (row % 11) - 5) },
  {
    name: 'city',
    kind: 'STRING',
    rows: numbers((row) => row).map((row) => (row % 5 === 0 ? null : `city ${row % 4}`)),
  },
  { name: 'tags', kind: 'INT', rows: numbers((row) => row).map((row) => (row % 2 === 0 ? [1, 2] : [2])) },
];

const home = tempFolder();
let duckdb: Duckdb | undefined;
const runs: FinishedRun<typeof evaluator.spec>[] = [];

type Config = z.input<typeof zEvalConfig>;
const BINARY: Config['modelSpecs'] = [
  { name: 'candidate', labelKey: 'label', predictionKey: 'score', exampleWeightKey: 'heavy' },
  { name: 'baseline', labelKey: 'label', predictionKey: 'before', exampleWeightKey: 'heavy', isBaseline: true },
];

/** Evaluates the rows and returns the name of the evaluation's folder below the store. */
async function evaluated(modelSpecs: Config['modelSpecs'], metrics: readonly string[] = []): Promise<string> {
  const run = await runExecutor(evaluator, {
    params: {
      evalConfig: {
        modelSpecs,
        slicingSpecs: [{}, { featureKeys: ['city'] }, { featureKeys: ['city', 'tags'] }],
        metricsSpecs: [{ metrics: metrics.map((className) => ({ className })) }],
      },
    },
    inputs: { examples: artifactFrom('Examples', path.join(home.path, 'examples'), { splitNames: ['eval'] }) },
  });
  runs.push(run);
  return run.folders.evaluation;
}

async function ask<R extends EvaluationRequest>(request: R): Promise<EvaluationAnswerOf<R['type']>> {
  if (duckdb === undefined) throw new Error('not open');
  const session = { connection: duckdb.connection, signal: new AbortController().signal };
  // The answer of a request type is of that type; TypeScript cannot follow the switch.
  return (await answerEvaluation(session, '/', request)) as EvaluationAnswerOf<R['type']>;
}

const rowsOf = (folder: string, mark: RowsMark, given: Partial<EvaluationRequestOf<'evaluation-rows'>> = {}) =>
  ask({
    ...{ type: 'evaluation-rows', folder, examples: path.join(home.path, 'examples'), columns: ['city', 'size'] },
    ...{ offset: 0, limit: 200, rows: { slice: [], mark, order: 'wrong' }, ...given },
  });

beforeAll(async () => {
  await mkdir(path.join(home.path, 'examples'));
  duckdb = await openDuckdb({ memoryMb: 256, threads: 1, tempFolder: home.path });
  await writeExamples(duckdb, COLUMNS, { folder: path.join(home.path, 'examples'), split: 'eval' });
});

afterAll(async () => {
  for (const run of runs) await run[Symbol.asyncDispose]();
  await duckdb?.[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

describe('an evaluation as screens ask for it', () => {
  it('tells its slices with their rows, and figures of both models entry by entry', async () => {
    const unweighted = BINARY.map(({ exampleWeightKey: _, ...model }) => model);
    const folder = await evaluated(unweighted, ['ExampleCount', 'AUC']);
    const summary = await ask({ type: 'evaluation-summary', folder });
    expect(summary).toMatchObject({ task: 'binary', classes: 1, rows: ROWS, hasBaseline: true, hasWeights: false });
    const counts = summary.series.find(({ name }) => name === 'example_count');
    expect(summary.slices.map(({ rows }) => rows)).toEqual(counts?.candidate);
    expect(summary.slices[0]).toEqual({ key: [], rows: ROWS });
    expect(summary.slices.map(({ key }) => JSON.stringify(key))).toContain('[["city","city 1"],["tags",2]]');
    const auc = summary.series.find(({ name }) => name === 'auc');
    const [candidate, baseline, change] = [auc?.candidate[0], auc?.baseline?.[0], auc?.change?.[0]];
    expect(Number(candidate) - Number(baseline)).toBeCloseTo(Number(change), 12);
  });

  it('sums scores so that every threshold counts the rows that it leads to', async () => {
    const folder = await evaluated(BINARY);
    const { series, rows } = await ask({ type: 'evaluation-scores', folder, slice: [] });
    expect(rows).toBe(ROWS);
    expect(series.map(({ model }) => model)).toEqual(['candidate', 'baseline']);
    for (const each of series) {
      const curve = toScoreCurve(each, false);
      for (const threshold of [0, 0.05, 0.1, 0.35, 0.5, 0.9999, 1]) {
        const counts = curve.at(threshold);
        for (const outcome of ['tp', 'fp', 'fn', 'tn'] as const) {
          const { matches } = await rowsOf(folder, { type: 'outcome', model: each.model, outcome, threshold });
          expect([threshold, outcome, counts[outcome]]).toEqual([threshold, outcome, matches]);
        }
      }
    }
    const [first] = series;
    const weights = numbers((row) => (row % 4) / 2).reduce((sum, weight) => sum + weight, 0);
    expect((first?.weighted?.positives ?? []).concat(first?.weighted?.negatives ?? []).reduce((a, b) => a + b, 0)).toBe(
      weights,
    );
    expect(first?.calibration.reduce((sum, bin) => sum + bin.rows, 0)).toBe(ROWS);
  });

  it('takes a slice by its values, and a list that holds one', async () => {
    const folder = await evaluated(BINARY);
    const summary = await ask({ type: 'evaluation-summary', folder });
    for (const { key, rows } of summary.slices) {
      const slice = key.map(([name, value]): [string, string | number] => [name, value]);
      expect((await ask({ type: 'evaluation-scores', folder, slice })).rows).toBe(rows);
    }
    await expect(ask({ type: 'evaluation-scores', folder, slice: [['nope', 1]] })).rejects.toThrow(
      /no slice of "nope"/,
    );
  });

  it('joins rows with those that they were made from, the most wrong first', async () => {
    const folder = await evaluated(BINARY);
    const { rows, matches } = await rowsOf(folder, { type: 'all' }, { limit: 3 });
    expect(matches).toBe(ROWS);
    const wrong = (row: number) => Math.abs(Math.fround(score(row)) - (LABELS[row] ?? 0));
    const expected = numbers((row) => row).toSorted((a, b) => wrong(b) - wrong(a) || a - b);
    expect(rows.map(({ position }) => position)).toEqual(expected.slice(0, 3));
    for (const { position, cells, label, split } of rows) {
      expect([split, label]).toEqual(['eval', LABELS[position]]);
      expect(cells).toEqual([position % 5 === 0 ? null : `city ${position % 4}`, position / 10]);
    }
    const stored = await rowsOf(
      folder,
      { type: 'all' },
      { offset: 10, limit: 2, rows: { slice: [['city', 'city 1']], mark: { type: 'all' }, order: 'stored' } },
    );
    expect(stored.rows.map(({ position }) => position)).toEqual([53, 57]);
  });

  it('counts who is taken for whom, and one class against the rest', async () => {
    const folder = await evaluated([{ labelKey: 'kind', predictionKey: 'scores' }], ['SparseCategoricalAccuracy']);
    const summary = await ask({ type: 'evaluation-summary', folder });
    expect(summary).toMatchObject({ task: 'classes', classes: 3, hasBaseline: false });
    const { series } = await ask({ type: 'evaluation-classes', folder, slice: [] });
    const cells = series[0]?.cells ?? [];
    const right = cells.reduce((sum, cell) => sum + (cell.actual === cell.predicted ? cell.rows : 0), 0);
    const accuracy = summary.series.find(({ name }) => name === 'sparse_categorical_accuracy')?.candidate[0];
    expect(right / ROWS).toBe(accuracy);
    for (const { actual, predicted, rows } of cells)
      expect((await rowsOf(folder, { type: 'classes', model: 'candidate', actual, predicted })).matches).toBe(rows);
    const scores = await ask({ type: 'evaluation-scores', folder, slice: [], classId: 2 });
    const curve = scores.series[0] === undefined ? undefined : toScoreCurve(scores.series[0], false);
    expect(curve?.positive).toBe(numbers((row) => row % 3).filter((kind) => kind === 2).length);
    await expect(ask({ type: 'evaluation-scores', folder, slice: [] })).rejects.toThrow(/name one/);
  });

  it('sums errors in bins that lead to their rows', async () => {
    const folder = await evaluated([{ labelKey: 'size', predictionKey: 'guess' }], ['MeanSquaredError']);
    expect(await ask({ type: 'evaluation-summary', folder })).toMatchObject({ task: 'regression' });
    const { errors, values, series } = await ask({ type: 'evaluation-errors', folder, slice: [] });
    const [candidate] = series;
    if (errors === undefined || values === undefined || candidate === undefined) throw new Error('no errors');
    expect(candidate.counts.reduce((a, b) => a + b, 0)).toBe(ROWS);
    for (const [bin, count] of candidate.counts.entries()) {
      const mark: RowsMark = { type: 'error', model: 'candidate', ...binBounds(errors, bin) };
      expect([bin, (await rowsOf(folder, mark)).matches]).toEqual([bin, count]);
    }
    for (const { x, y, rows } of candidate.places.slice(0, 20)) {
      const mark: RowsMark = {
        ...{ type: 'place', model: 'candidate' },
        ...{ predicted: binBounds(values, x), actual: binBounds(values, y) },
      };
      expect((await rowsOf(folder, mark)).matches).toBe(rows);
    }
    expect(candidate.places.reduce((sum, { rows }) => sum + rows, 0)).toBe(ROWS);
  });

  it('says so where the predictions are no file of ours, and where there is no baseline', async () => {
    const folder = path.join(home.path, 'broken');
    await mkdir(folder);
    await writeFile(path.join(folder, 'predictions.parquet'), 'nothing');
    await expect(ask({ type: 'evaluation-scores', folder, slice: [] })).rejects.toThrow(/cannot be read/);
    const alone = await evaluated([{ labelKey: 'label', predictionKey: 'score' }]);
    await expect(rowsOf(alone, { type: 'disagree' })).rejects.toThrow(/no baseline/);
  });
});
