import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

import type { zEvalConfig } from '../../lib/evaluation/eval-config';
import { openDuckdb } from '../duckdb/connection';
import { artifactFrom, runExecutor } from '../testing/run-executor';
import { tempFolder } from '../testing/temp-folder';
import { writeExamples, type TestColumn } from '../testing/write-examples';
import { evaluator } from './evaluator';

type Config = z.input<typeof zEvalConfig>;

const ROWS: readonly TestColumn[] = [
  { name: 'label', kind: 'INT', rows: [0, 0, 1, 1, null] },
  { name: 'score', kind: 'FLOAT', rows: [0, 0.5, 0.25, 0.75, 0.5] },
  { name: 'before', kind: 'FLOAT', rows: [0.5, 0.5, 0.25, 0.5, 0.5] },
  { name: 'city', kind: 'STRING', rows: ['Bern', 'Bern', 'Basel', null, 'Bern'] },
  { name: 'text', kind: 'STRING', rows: ['a', 'b', 'a', 'b', 'a'] },
];

const MODEL = { labelKey: 'label', predictionKey: 'score' };

async function evaluated(evalConfig: Config, columns: readonly TestColumn[] = ROWS) {
  using home = tempFolder();
  await mkdir(path.join(home.path, 'examples'));
  await using duckdb = await openDuckdb({ memoryMb: 256, threads: 1, tempFolder: home.path });
  const folder = path.join(home.path, 'examples');
  await writeExamples(duckdb, columns, { folder, split: 'eval' });
  await using run = await runExecutor(evaluator, {
    params: { evalConfig },
    inputs: { examples: artifactFrom('Examples', folder, { splitNames: ['eval'] }) },
  });
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(run.folders.evaluation, file), 'utf8'));
  const predictions = await duckdb.connection.runAndReadAll(
    `SELECT * FROM read_parquet('${path.join(run.folders.evaluation, 'predictions.parquet')}')`,
  );
  return {
    metrics: read('metrics.json'),
    validation: read('validation_ok.json'),
    config: read('eval_config.json'),
    predictions: predictions.getRowObjectsJS(),
    isBlessed: existsSync(path.join(run.folders.blessing, 'BLESSED')),
    isNotBlessed: existsSync(path.join(run.folders.blessing, 'NOT_BLESSED')),
    log: run.log.map(({ message }) => message),
  };
}

describe('Evaluator', () => {
  it('writes figures of every slice, and leaves out rows without a label', async () => {
    const { metrics, log } = await evaluated({
      modelSpecs: [MODEL],
      slicingSpecs: [{}, { featureKeys: ['city'] }],
      metricsSpecs: [{ metrics: [{ className: 'ExampleCount' }, { className: 'Precision' }, { className: 'Recall' }] }],
    });
    expect(metrics).toEqual([
      { slice: [], model: 'candidate', output: '', metrics: { example_count: 4, precision: 1, recall: 0.5 } },
      {
        slice: [['city', 'Bern']],
        model: 'candidate',
        output: '',
        metrics: { example_count: 2, precision: 'NaN', recall: 'NaN' },
      },
      {
        slice: [['city', 'Basel']],
        model: 'candidate',
        output: '',
        metrics: { example_count: 1, precision: 'NaN', recall: 0 },
      },
    ]);
    expect(log).toContain('1 rows have no label and are left out.');
  });

  it('keeps predictions row by row under ids that stay', async () => {
    const { predictions } = await evaluated({ modelSpecs: [MODEL], slicingSpecs: [{ featureKeys: ['city'] }] });
    expect(predictions.map(({ row_id: id, row, label, prediction }) => [id, row, label, prediction])).toEqual([
      ['eval:0', 0, 0, 0],
      ['eval:1', 1, 0, 0.5],
      ['eval:2', 2, 1, 0.25],
      ['eval:3', 3, 1, 0.75],
    ]);
    expect(Object.keys(predictions[0] ?? {})).toEqual([
      'row_id',
      'split',
      'row',
      'label',
      'weight',
      'prediction',
      'feature:city',
    ]);
  });

  const AT_LEAST = (lowerBound: number): Config => ({
    modelSpecs: [MODEL],
    metricsSpecs: [{ metrics: [{ className: 'ExampleCount', threshold: { valueThreshold: { lowerBound } } }] }],
  });
  it.each([
    { name: 'V06 blesses what holds its thresholds', config: AT_LEAST(0), blessed: true },
    { name: 'V06 does not bless what fails one', config: AT_LEAST(5), blessed: false },
    {
      name: 'V06 leaves a change threshold out where there is no baseline',
      config: {
        modelSpecs: [MODEL],
        metricsSpecs: [
          {
            metrics: [
              { className: 'ExampleCount', threshold: { valueThreshold: { lowerBound: { value: 0 } } } },
              {
                className: 'BinaryAccuracy',
                threshold: { changeThreshold: { direction: 'LOWER_IS_BETTER', relative: { value: 0 } } },
              },
            ],
          },
        ],
      } satisfies Config,
      blessed: true,
    },
    {
      name: 'does not bless a first run with change thresholds alone',
      config: {
        modelSpecs: [MODEL],
        metricsSpecs: [
          {
            metrics: [
              { className: 'AUC', threshold: { changeThreshold: { direction: 'HIGHER_IS_BETTER', absolute: 0 } } },
            ],
          },
        ],
      } satisfies Config,
      blessed: false,
      isJudged: false,
    },
    { name: 'does not bless where nothing is asked', config: { modelSpecs: [MODEL] }, blessed: false, isJudged: false },
  ])('$name', async ({ config, blessed, isJudged = true }) => {
    const { isBlessed, isNotBlessed } = await evaluated(config);
    expect([isBlessed, isNotBlessed]).toEqual([blessed, isJudged && !blessed]);
  });

  it('compares two predictions of the same rows', async () => {
    const { metrics, validation } = await evaluated({
      modelSpecs: [
        { name: 'new', ...MODEL },
        { name: 'old', labelKey: 'label', predictionKey: 'before', isBaseline: true },
      ],
      metricsSpecs: [
        {
          metrics: [
            {
              className: 'BinaryAccuracy',
              threshold: { changeThreshold: { direction: 'HIGHER_IS_BETTER', absolute: 0.5 } },
            },
          ],
        },
      ],
    });
    expect(metrics).toEqual([
      { slice: [], model: 'candidate', output: '', metrics: { binary_accuracy: 0.75 } },
      { slice: [], model: 'baseline', output: '', metrics: { binary_accuracy: 0.5 } },
      { slice: [], model: 'candidate', output: '', isDiff: true, metrics: { binary_accuracy: 0.25 } },
    ]);
    expect(validation).toMatchObject({
      validationOk: false,
      metricValidationsPerSlice: [
        {
          sliceKey: {},
          failures: [{ metricKey: { name: 'binary_accuracy', isDiff: true }, metricValue: { doubleValue: 0.25 } }],
        },
      ],
    });
  });

  it.each([
    { name: 'a label that is text', model: { labelKey: 'text', predictionKey: 'score' }, says: /"text" is text/ },
    {
      name: 'a column that is not there',
      model: { labelKey: 'label', predictionKey: 'nope' },
      says: /"nope" is not there/,
    },
  ])('says so of $name', async ({ model, says }) => {
    await expect(evaluated({ modelSpecs: [model] })).rejects.toThrow(says);
  });

  it.each<{ name: string; columns: Readonly<Record<string, TestColumn['rows']>>; weight?: string; expected: object }>([
    {
      name: 'weights that are all 0 leave every figure undefined',
      columns: { before: [0, 0, 0, 0, 0] },
      weight: 'before',
      expected: { auc: 'NaN', precision: 'NaN', mean_label: 'NaN' },
    },
    {
      name: 'labels that are all one class leave what compares both undefined',
      columns: { label: [1, 1, 1, 1, 1] },
      expected: { auc: 'NaN', precision: 1, mean_label: 1 },
    },
  ])('$name', async ({ columns, weight, expected }) => {
    const { metrics } = await evaluated(
      {
        modelSpecs: [{ ...MODEL, ...(weight !== undefined && { exampleWeightKey: weight }) }],
        metricsSpecs: [{ metrics: [{ className: 'AUC' }, { className: 'Precision' }, { className: 'MeanLabel' }] }],
      },
      ROWS.map((column) => ({ ...column, rows: columns[column.name] ?? column.rows })),
    );
    expect(metrics).toMatchObject([{ slice: [], metrics: expected }]);
  });

  it('says so where a label is outside of yes and no', async () => {
    const columns = ROWS.map((column) => (column.name === 'label' ? { ...column, rows: [0, 7, 1, 2, 1] } : column));
    const config: Config = { modelSpecs: [MODEL], metricsSpecs: [{ metrics: [{ className: 'AUC' }] }] };
    await expect(evaluated(config, columns)).rejects.toThrow(/2 rows have labels outside 0 to 1/);
  });

  it('says so where a prediction is missing', async () => {
    const columns = ROWS.map((column) =>
      column.name === 'score' ? { ...column, rows: [0.5, null, 0.5, 0.5, 0.5] } : column,
    );
    await expect(evaluated({ modelSpecs: [MODEL] }, columns)).rejects.toThrow(/"score" has no number in some row/);
  });

  it('says so where no row has a label', async () => {
    const columns = ROWS.map((column) =>
      column.name === 'label' ? { ...column, rows: [null, null, null, null, null] } : column,
    );
    await expect(evaluated({ modelSpecs: [MODEL] }, columns)).rejects.toThrow(/has no value in any row/);
  });

  it('a slice of one row has the figures that one row gives, and those that need two classes are undefined', async () => {
    const { metrics } = await evaluated({
      modelSpecs: [MODEL],
      slicingSpecs: [{ featureKeys: ['city'], featureValues: { city: 'Basel' } }],
      metricsSpecs: [
        { metrics: ['ExampleCount', 'AUC', 'BinaryAccuracy', 'Calibration'].map((className) => ({ className })) },
      ],
    });
    expect(metrics).toMatchObject([
      {
        slice: [['city', 'Basel']],
        metrics: { example_count: 1, auc: 'NaN', binary_accuracy: 0, calibration: 0.25 },
      },
    ]);
  });
});
