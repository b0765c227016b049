import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

import { LAYERS_FOLDER, MODEL_INFO_FILE, type ModelInfo } from '../../lib/artifact/model-info';
import type { zEvalConfig } from '../../lib/evaluation/eval-config';
import { TRANSFORM_GRAPH_FILE, writeTransformGraph, type TransformStep } from '../../lib/transform/transform-graph';
import { openDuckdb } from '../duckdb/connection';
import { artifactFrom, runExecutor } from '../testing/run-executor';
import { tempFolder } from '../testing/temp-folder';
import { writeExamples, type TestColumn } from '../testing/write-examples';
import { writeTestModel } from '../testing/write-test-model';
import { startTensorFlow } from '../tf/backend';
import { saveLayers } from '../tf/layers-files';
import { buildLayers } from '../tf/layers-model';
import { evaluator } from './evaluator';

type Config = z.input<typeof zEvalConfig>;

const ROWS: readonly TestColumn[] = [
  { name: 'fare', kind: 'FLOAT', rows: [14, null, 6, 10, 8] },
  { name: 'payment_type', kind: 'STRING', rows: ['Credit Card', 'Bitcoin', 'Cash', null, 'Cash'] },
  { name: 'tip', kind: 'INT', rows: [1, 0, 0, 1, null] },
  { name: 'w', kind: 'FLOAT', rows: [1, 0.5, 0, null, 1] },
  { name: 'before', kind: 'FLOAT', rows: [0.5, 0.5, 0.5, 0.5, 0.5] },
  { name: 'text', kind: 'STRING', rows: ['yes', 'no', 'no', 'yes', 'no'] },
  { name: 'species', kind: 'STRING', rows: ['Adelie', 'Gentoo', 'Yeti', 'Chinstrap', null] },
];

/** One `deep` feature, so that the scores are those of its own weights. */
async function writeModel(
  folder: string,
  info: Pick<ModelInfo, 'task' | 'label'>,
  { kernel, bias }: { readonly kernel: readonly number[]; readonly bias: readonly number[] },
): Promise<void> {
  await startTensorFlow();
  const steps: readonly TransformStep[] = [
    {
      name: 'fare_10',
      column: 'fare',
      from: 'raw',
      inputKind: 'FLOAT',
      kind: 'FLOAT',
      fillMissing: 0,
      op: { type: 'z-score', mean: 0, variance: 100 },
    },
    { name: 'tip', column: 'tip', from: 'raw', inputKind: 'INT', kind: 'INT', op: { type: 'label' } },
  ];
  const deep = [{ feature: 'fare_10', width: 1 }];
  const training = { rows: 1, evalRows: 0, epochs: 1, bestEpoch: 1, steps: 1, parameters: 1, loss: 0 };
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, TRANSFORM_GRAPH_FILE),
    writeTransformGraph({ format: 'sluice.transform/1', steps: [...steps] }),
  );
  await writeFile(
    path.join(folder, MODEL_INFO_FILE),
    JSON.stringify({
      format: 'sluice.model/1',
      template: 'linear',
      ...info,
      deep,
      wide: [],
      training,
    } satisfies ModelInfo),
  );
  const head = { kernel: Float32Array.from(kernel), bias: Float32Array.from(bias) };
  const layers = buildLayers({ task: info.task, deep, wide: [] }, { hidden: [], head, wide: new Float32Array() });
  await saveLayers(layers, path.join(folder, LAYERS_FOLDER));
  layers.dispose();
}

const BINARY = { task: 'binary', label: { feature: 'tip', column: 'tip' } } as const;
const REGRESSION = { task: 'regression', label: { feature: 'tip', column: 'tip' } } as const;
const classesOf = (...classes: string[]) => ({
  task: 'multi-class' as const,
  label: { feature: 'species_number', column: 'species', classes },
});

type Write = (folder: string) => Promise<void>;
type Given = { readonly candidate: Write; readonly baseline?: Write; readonly columns?: readonly TestColumn[] };

async function evaluated(evalConfig: Config, { candidate, baseline, columns = ROWS }: Given) {
  using home = tempFolder();
  const place = (name: string) => path.join(home.path, name);
  for (const name of ['examples', 'candidate', 'baseline']) await mkdir(place(name));
  await using duckdb = await openDuckdb({ memoryMb: 256, threads: 1, tempFolder: home.path });
  await writeExamples(duckdb, columns, { folder: place('examples'), split: 'eval' });
  await candidate(place('candidate'));
  await baseline?.(place('baseline'));
  await using run = await runExecutor(evaluator, {
    params: { evalConfig },
    inputs: {
      examples: artifactFrom('Examples', place('examples'), { splitNames: ['eval'] }),
      model: { ...artifactFrom('Model', place('candidate'), {}), id: 'art_new', digest: 'digest-new' },
      ...(baseline !== undefined && {
        baselineModel: { ...artifactFrom('Model', place('baseline'), { resolvedFrom: 'art_old' }), id: 'art_copy' },
      }),
    },
  });
  const { folders, facts } = run;
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folders.evaluation, file), 'utf8'));
  const predictions = await duckdb.connection.runAndReadAll(
    `SELECT * FROM read_parquet('${path.join(folders.evaluation, 'predictions.parquet')}')`,
  );
  return {
    metrics: read('metrics.json'),
    validation: read('validation_ok.json'),
    predictions: predictions.getRowObjectsJson(),
    evaluation: facts.outputs.evaluation.properties,
    blessing: facts.outputs.blessing.properties,
    isBlessed: existsSync(path.join(folders.blessing, 'BLESSED')),
    isNotBlessed: existsSync(path.join(folders.blessing, 'NOT_BLESSED')),
  };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const rounded = (values: readonly unknown[]) => values.map((value) => Number(Number(value).toFixed(5)));

describe('Evaluator of models', () => {
  it('predicts raw rows by candidate and baseline, keeps both, and says how figures changed', async () => {
    const { metrics, predictions, evaluation } = await evaluated(
      {
        modelSpecs: [{ labelKey: 'tip' }],
        slicingSpecs: [{}, { featureKeys: ['payment_type'] }],
        metricsSpecs: [
          { metrics: [{ className: 'ExampleCount' }, { className: 'AUC' }, { className: 'MeanPrediction' }] },
        ],
      },
      {
        candidate: (folder) => writeModel(folder, BINARY, { kernel: [10], bias: [-10] }),
        baseline: (folder) => writeModel(folder, BINARY, { kernel: [0], bias: [0] }),
      },
    );
    expect(predictions.map(({ row_id: id }) => id)).toEqual(['eval:0', 'eval:1', 'eval:2', 'eval:3']);
    expect(rounded(predictions.map(({ prediction }) => prediction))).toEqual(
      rounded([sigmoid(4), sigmoid(-10), sigmoid(-4), 0.5]),
    );
    expect(predictions.map(({ baseline_prediction: before }) => before)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(predictions.map((row) => row['feature:payment_type'])).toEqual(['Credit Card', 'Bitcoin', 'Cash', null]);
    const overall = (metrics as { slice: unknown[]; model: string; isDiff?: true; metrics: object }[]).filter(
      ({ slice }) => slice.length === 0,
    );
    expect(overall).toMatchObject([
      { model: 'candidate', metrics: { example_count: 4, auc: 1 } },
      { model: 'baseline', metrics: { example_count: 4, auc: 0.5, mean_prediction: 0.5 } },
      { model: 'candidate', isDiff: true, metrics: { auc: 0.5 } },
    ]);
    expect(evaluation).toMatchObject({
      rowCount: 4,
      examplesDigest: '0'.repeat(64),
      headlineMetric: 'auc',
      headlineValue: 1,
      headlineChange: 0.5,
    });
  });

  it('takes wide and deep features of a trained model as the transform graph makes them', async () => {
    const { predictions } = await evaluated(
      { modelSpecs: [{ labelKey: 'tip' }] },
      { candidate: (folder) => writeTestModel(folder, 0.125) },
    );
    const deep = (z: number) => 0.5 * Math.max(0, z) + 0.25 * Math.max(0, 0.5 - 2 * z) + 0.125;
    const expected = [sigmoid(deep(2) + 2), sigmoid(deep(-5)), sigmoid(deep(-2) + 1), sigmoid(deep(0))];
    expect(rounded(predictions.map(({ prediction }) => prediction))).toEqual(rounded(expected));
  });

  it('blesses a candidate that is good enough, and says which model that is', async () => {
    const { isBlessed, blessing } = await evaluated(
      {
        modelSpecs: [{ labelKey: 'tip' }],
        metricsSpecs: [{ metrics: [{ className: 'AUC', threshold: { valueThreshold: { lowerBound: 0.9 } } }] }],
      },
      {
        candidate: (folder) => writeModel(folder, BINARY, { kernel: [10], bias: [-10] }),
        baseline: (folder) => writeModel(folder, BINARY, { kernel: [0], bias: [0] }),
      },
    );
    expect(isBlessed).toBe(true);
    expect(blessing).toEqual({
      blessed: 1,
      currentModelId: 'art_new',
      currentModelDigest: 'digest-new',
      baselineModelId: 'art_old',
    });
  });

  const CHANGE: Config = {
    modelSpecs: [
      { name: 'candidate', labelKey: 'tip' },
      { name: 'baseline', labelKey: 'tip', isBaseline: true },
    ],
    metricsSpecs: [
      {
        metrics: [
          {
            className: 'AUC',
            threshold: { changeThreshold: { direction: 'HIGHER_IS_BETTER', absolute: { value: 0.1 } } },
          },
        ],
      },
    ],
  };
  const GOOD: Write = (folder) => writeModel(folder, BINARY, { kernel: [10], bias: [-10] });
  const FLAT: Write = (folder) => writeModel(folder, BINARY, { kernel: [0], bias: [0] });
  it.each([
    { name: 'better than the baseline', given: { candidate: GOOD, baseline: FLAT }, expected: [true, false] },
    { name: 'no better than the baseline', given: { candidate: GOOD, baseline: GOOD }, expected: [false, true] },
    { name: 'the first one, with change thresholds alone', given: { candidate: GOOD }, expected: [false, false] },
  ])('judges a candidate that is $name', async ({ given, expected }) => {
    const { isBlessed, isNotBlessed, blessing } = await evaluated(CHANGE, given);
    expect([isBlessed, isNotBlessed]).toEqual(expected);
    expect(blessing['blessed']).toBe(expected[0] === true ? 1 : expected[1] === true ? 0 : undefined);
  });

  it('compares a model with predictions that a column holds', async () => {
    const { predictions, metrics } = await evaluated(
      {
        modelSpecs: [
          { name: 'candidate', labelKey: 'tip' },
          { name: 'baseline', labelKey: 'tip', predictionKey: 'before', isBaseline: true },
        ],
        metricsSpecs: [{ metrics: [{ className: 'MeanPrediction' }] }],
      },
      { candidate: FLAT },
    );
    expect(predictions.map(({ baseline_prediction: before }) => before)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(metrics).toMatchObject([{ model: 'candidate' }, { model: 'baseline' }, { isDiff: true }]);
  });

  it('matches text labels with the classes, and takes the scores of both models in one order', async () => {
    const { predictions, metrics } = await evaluated(
      {
        modelSpecs: [{ labelKey: 'species' }],
        metricsSpecs: [{ metrics: [{ className: 'SparseCategoricalAccuracy' }] }],
      },
      {
        candidate: (folder) =>
          writeModel(folder, classesOf('Adelie', 'Chinstrap', 'Gentoo'), { kernel: [0, 0, 0], bias: [2, 1, 0] }),
        baseline: (folder) =>
          writeModel(folder, classesOf('Gentoo', 'Adelie', 'Chinstrap'), { kernel: [0, 0, 0], bias: [0, 2, 1] }),
      },
    );
    expect(predictions.map(({ label }) => label)).toEqual([0, 2, -1, 1]);
    expect(predictions.map(({ baseline_prediction: before }) => before)).toEqual(
      predictions.map(({ prediction }) => prediction),
    );
    expect(metrics).toMatchObject([
      { model: 'candidate', metrics: { sparse_categorical_accuracy: 0.25 } },
      { model: 'baseline', metrics: { sparse_categorical_accuracy: 0.25 } },
      { isDiff: true, metrics: { sparse_categorical_accuracy: 0 } },
    ]);
  });

  it('weighs rows by a column, where a row without a weight counts 1', async () => {
    const { metrics } = await evaluated(
      {
        modelSpecs: [{ labelKey: 'tip', exampleWeightKey: 'w' }],
        metricsSpecs: [{ metrics: [{ className: 'WeightedExampleCount' }, { className: 'MeanLabel' }] }],
      },
      { candidate: FLAT },
    );
    expect(metrics).toMatchObject([{ metrics: { weighted_example_count: 2.5, mean_label: 0.8 } }]);
  });

  const AUC: Config = { modelSpecs: [{ labelKey: 'tip' }], metricsSpecs: [{ metrics: [{ className: 'AUC' }] }] };
  it.each<{ name: string; config: Config; given: Given; says: RegExp }>([
    {
      name: 'metrics of yes and no of a model that predicts a number',
      config: AUC,
      given: { candidate: (folder) => writeModel(folder, REGRESSION, { kernel: [1], bias: [0] }) },
      says: /auc is about yes and no, and the model predicts a number/,
    },
    {
      name: 'metrics of several classes of a model of two outcomes',
      config: { ...AUC, metricsSpecs: [{ metrics: [{ className: 'SparseCategoricalAccuracy' }] }] },
      given: { candidate: GOOD },
      says: /SparseCategoricalAccuracy needs several classes/,
    },
    {
      name: 'a baseline of another task',
      config: AUC,
      given: { candidate: GOOD, baseline: (folder) => writeModel(folder, REGRESSION, { kernel: [1], bias: [0] }) },
      says: /The baseline is a model of regression, and the candidate one of binary/,
    },
    {
      name: 'a baseline that does not know a class',
      config: { modelSpecs: [{ labelKey: 'species' }] },
      given: {
        candidate: (folder) => writeModel(folder, classesOf('Adelie', 'Gentoo'), { kernel: [0, 0], bias: [0, 0] }),
        baseline: (folder) => writeModel(folder, classesOf('Adelie', 'Yeti'), { kernel: [0, 0], bias: [0, 0] }),
      },
      says: /knows a class that the baseline does not know/,
    },
    {
      name: 'a label that is text',
      config: { ...AUC, modelSpecs: [{ labelKey: 'text' }] },
      given: { candidate: GOOD },
      says: /"text" is text/,
    },
    {
      name: 'a label that is nowhere',
      config: { ...AUC, modelSpecs: [{ labelKey: 'nope' }] },
      given: { candidate: GOOD },
      says: /"nope" is not there/,
    },
    {
      name: 'labels that are all missing',
      config: AUC,
      given: {
        candidate: GOOD,
        columns: ROWS.map((column) =>
          column.name === 'tip' ? { ...column, rows: [null, null, null, null, null] } : column,
        ),
      },
      says: /"tip" has no value in any row/,
    },
    {
      name: 'a model whose weights are no numbers',
      config: AUC,
      given: { candidate: (folder) => writeModel(folder, BINARY, { kernel: [Number.NaN], bias: [0] }) },
      says: /row 0 of the split "eval" is no number/,
    },
  ])('says so of $name', async ({ config, given, says }) => {
    await expect(evaluated(config, given)).rejects.toThrow(says);
  });
});
