/**
 * Evaluator. Reads labels and predictions, computes the metrics of every slice with `lib/evaluation`, holds the
 * thresholds against them, and writes figures, plots, verdict, predictions and blessing.
 */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { evaluatorSpec } from '../../lib/catalog/evaluator/spec';
import { AppError } from '../../lib/errors';
import { evaluate, type SliceResult } from '../../lib/evaluation/evaluate';
import { toMetricsFile, toPlotsFile, toValidationFile } from '../../lib/evaluation/evaluation-files';
import { headlineMetrics } from '../../lib/evaluation/headline-metrics';
import { planMetrics } from '../../lib/evaluation/metric-plan';
import { normalizeConfig, type NormalConfig } from '../../lib/evaluation/normalize-config';
import { findSlices } from '../../lib/evaluation/slices';
import { isBlessed, validateMetrics } from '../../lib/evaluation/validate-metrics';
import { duckdbShare, openDuckdb, sqlName, sqlText } from '../duckdb/connection';
import { readEvaluationRows, type EvaluationRows } from '../duckdb/evaluation-rows';
import { openExamplesSplit } from '../duckdb/examples-source';
import { execute, type DuckdbSession } from '../duckdb/query';
import { implement, type ExecutionContext } from '../engine/executor';
import { readSchema } from '../storage/artifact-files';
import { chosenSplits } from '../storage/artifact-splits';

type Context = ExecutionContext<typeof evaluatorSpec>;

export const evaluator = implement(evaluatorSpec, async (context) => {
  const { params, outputs } = context;
  const hasBaseline = params.evalConfig.modelSpecs.some(({ isBaseline }) => isBaseline);
  const config = normalizeConfig(params.evalConfig, { hasBaseline });
  const limits = { ...context.limits, memoryMb: duckdbShare(context.limits.memoryMb) };
  await using duckdb = await openDuckdb({ ...limits, tempFolder: context.tempFolder });
  const session = { connection: duckdb.connection, signal: context.signal };
  const features = sliceFeatures(config);
  const rows = await readRows(context, session, { config, features });
  const plan = planMetrics(config, rows.classes);
  const models = { candidate: config.candidate.name, baseline: config.baseline?.name };
  const slices = findSlices({ specs: config.slicingSpecs, features: rows.features, rows: rows.rows });
  context.log(`${rows.rows.toLocaleString('en')} rows in ${slices.length.toLocaleString('en')} slices`);
  const predictions = new Map(
    config.modelSpecs.map(({ name, predictionKey = '' }) => [
      name,
      rows.predictions.get(predictionKey) ?? new Float64Array(),
    ]),
  );
  const results: SliceResult[] = [];
  const range = await labelRange(context, config);
  for (const result of evaluate({
    plan,
    slices,
    models,
    minSliceSize: config.options.minSliceSize,
    range,
    data: { classes: rows.classes, labels: rows.labels, weights: rows.weights, predictions },
  })) {
    context.signal.throwIfAborted();
    results.push(result);
    context.progress({
      share: results.length / slices.length,
      message: `${results.length} of ${slices.length} slices`,
    });
  }
  const validation = validateMetrics({ plan, slices: results, models, isRubberStamp: config.isRubberStamp });
  const blessed = isBlessed(plan, validation);
  const { folder } = outputs.evaluation;
  const write = (file: string, content: unknown) =>
    writeFile(path.join(folder, file), `${JSON.stringify(content, undefined, 1)}\n`);
  await write('eval_config.json', params.evalConfig);
  const metrics = toMetricsFile({ results, baseline: models.baseline });
  await write('metrics.json', metrics);
  await write('plots.json', toPlotsFile({ results, baseline: models.baseline }));
  await write('validation_ok.json', toValidationFile(validation));
  await writePredictions(session, rows, { config, features, file: path.join(folder, 'predictions.parquet') });
  await writeFile(path.join(outputs.blessing.folder, blessed ? 'BLESSED' : 'NOT_BLESSED'), '');
  context.log(verdict(blessed, plan.thresholds.length), blessed ? 'info' : 'warning');
  return {
    outputs: {
      evaluation: {
        properties: {
          rowCount: rows.rows,
          sliceCount: slices.length,
          validationOk: validation.validationOk,
          metrics: headlineMetrics(metrics),
        },
      },
      blessing: { properties: { blessed: blessed ? 1 : 0 } },
    },
  };
});

function verdict(blessed: boolean, thresholds: number): string {
  if (thresholds === 0) return 'Not blessed: no threshold is set, so that nothing was validated.';
  return blessed ? 'Blessed: every threshold holds.' : 'Not blessed: a threshold does not hold.';
}

function sliceFeatures({ slicingSpecs }: NormalConfig): readonly string[] {
  return [
    ...new Set(
      slicingSpecs.flatMap(({ featureKeys, featureValues }) => [...featureKeys, ...Object.keys(featureValues)]),
    ),
  ];
}

type RowsRequest = { readonly config: NormalConfig; readonly features: readonly string[] };

async function readRows(
  context: Context,
  session: DuckdbSession,
  { config, features }: RowsRequest,
): Promise<EvaluationRows> {
  const { examples } = context.inputs;
  const all = await chosenSplits(examples, { excludeSplits: [], what: 'examples', warn: () => undefined });
  const splits: { name: string; source: Awaited<ReturnType<typeof openExamplesSplit>> }[] = [];
  for (const name of context.params.exampleSplits) {
    if (!all.includes(name))
      throw new AppError('invalid-input', `The examples have no split "${name}": they have ${all.join(', ')}.`, {
        nextStep: 'Name a split in exampleSplits.',
        path: 'params.exampleSplits',
      });
    splits.push({ name, source: await openExamplesSplit(session, { folder: examples.folder, split: name }) });
  }
  const rows = await readEvaluationRows(session, splits, {
    label: config.candidate.labelKey ?? '',
    weight: config.candidate.exampleWeightKey,
    predictions: config.modelSpecs.map(({ predictionKey = '' }) => predictionKey),
    features,
  });
  if (rows.withoutLabel > 0)
    context.log(`${rows.withoutLabel.toLocaleString('en')} rows have no label and are left out.`, 'warning');
  return rows;
}

/** The domain of the label where the schema has one: calibration plots span it. */
async function labelRange({ inputs }: Context, config: NormalConfig) {
  if (inputs.schema === undefined) return undefined;
  const schema = await readSchema(inputs.schema.folder);
  const feature = schema.feature.find(({ name }) => name === config.candidate.labelKey);
  const domain = feature?.intDomain ?? feature?.floatDomain;
  if (domain?.max === undefined) return undefined;
  return { left: Number(domain.min ?? 0), right: Number(domain.max) };
}

type PredictionsFile = RowsRequest & { readonly file: string };

/** One line per row that was evaluated: its id, what is true, what was predicted, and the features of slices. */
async function writePredictions(session: DuckdbSession, rows: EvaluationRows, target: PredictionsFile): Promise<void> {
  const { config, features, file } = target;
  const { labelKey = '', exampleWeightKey } = config.candidate;
  const column = rows.columnOf;
  const selected = [
    `split || ':' || row AS row_id`,
    `${column(labelKey)} AS label`,
    `${exampleWeightKey === undefined ? '1.0::DOUBLE' : `coalesce(${column(exampleWeightKey)}, 1)`} AS weight`,
    ...config.modelSpecs.map(
      ({ predictionKey = '', isBaseline }) =>
        `${column(predictionKey)} AS ${isBaseline ? 'baseline_prediction' : 'prediction'}`,
    ),
    ...features.map((name) => `${column(name)} AS ${sqlName(`feature:${name}`)}`),
  ];
  await execute(
    session,
    `COPY (SELECT ${selected.join(', ')} FROM ${rows.relation}) TO ${sqlText(file)} (FORMAT parquet, COMPRESSION snappy)`,
  );
}
