/** The rows that Evaluator measures: labels, weights, slices, and what columns hold or models say of each row. */

import type { ModelTask } from '../../lib/artifact/model-info';
import type { evaluatorSpec } from '../../lib/catalog/evaluator/spec';
import { AppError } from '../../lib/errors';
import type { EvaluationData } from '../../lib/evaluation/evaluate';
import type { ModelSpec } from '../../lib/evaluation/eval-config';
import type { NormalConfig } from '../../lib/evaluation/normalize-config';
import type { SliceFeature } from '../../lib/evaluation/slice-feature';
import { readEvaluationRows } from '../duckdb/evaluation-rows';
import { openExamplesSplit } from '../duckdb/examples-source';
import { writePredictionsFile } from '../duckdb/predictions-file';
import type { DuckdbSession } from '../duckdb/query';
import { rawBatches, type RawSplit } from '../duckdb/raw-rows';
import type { ExecutionContext, InputArtifact } from '../engine/executor';
import { chosenSplits } from '../storage/artifact-splits';
import { neededColumns, predictRows, sharedTask, type PredictionSource } from '../tf/evaluation-models';
import { openModel } from '../tf/open-model';

type Context = ExecutionContext<typeof evaluatorSpec>;

/** See the module. */
export type EvaluatedRows = EvaluationData & {
  readonly rows: number;
  /** Rows that were left out, since they have no label. */
  readonly withoutLabel: number;
  readonly features: ReadonlyMap<string, SliceFeature>;
  /** What the models predict; undefined where all predictions come from columns. */
  readonly task: ModelTask | undefined;
  /** Writes the rows with their predictions as Parquet. */
  readonly write: (file: string) => Promise<void>;
};

/** How rows are read. */
export type RowsRequest = {
  readonly config: NormalConfig;
  /** How far it is, from 0 to 1. */
  readonly onShare: (share: number, message: string) => void;
};

/** Reads the rows of the chosen splits. Throws `invalid-input` where they do not fit the config. */
export async function evaluatedRows(
  context: Context,
  session: DuckdbSession,
  request: RowsRequest,
): Promise<EvaluatedRows> {
  const splits = await openSplits(context, session);
  const { model, baselineModel } = context.inputs;
  return model === undefined && baselineModel === undefined
    ? rowsOfColumns(session, splits, request.config)
    : rowsOfModels(context, session, { ...request, splits });
}

async function openSplits({ inputs, params }: Context, session: DuckdbSession): Promise<readonly RawSplit[]> {
  const { examples } = inputs;
  const all = await chosenSplits(examples, { excludeSplits: [], what: 'examples', warn: () => undefined });
  const splits: RawSplit[] = [];
  for (const name of params.exampleSplits) {
    if (!all.includes(name))
      throw new AppError('invalid-input', `The examples have no split "${name}": they have ${all.join(', ')}.`, {
        nextStep: 'Name a split in exampleSplits.',
        path: 'params.exampleSplits',
      });
    splits.push({ name, source: await openExamplesSplit(session, { folder: examples.folder, split: name }) });
  }
  return splits;
}

async function rowsOfColumns(
  session: DuckdbSession,
  splits: readonly RawSplit[],
  config: NormalConfig,
): Promise<EvaluatedRows> {
  const columns = config.modelSpecs.map((spec) => ({
    model: spec.name,
    column: predictionColumn(spec),
    name: fileColumn(spec),
  }));
  const rows = await readEvaluationRows(session, splits, {
    label: config.candidate.labelKey ?? '',
    weight: config.candidate.exampleWeightKey,
    predictions: columns.map(({ column }) => column),
    features: sliceFeatures(config),
  });
  const { predictions } = rows;
  return {
    ...rows,
    task: undefined,
    predictions: new Map(columns.map(({ model, column }) => [model, predictions.get(column) ?? new Float64Array()])),
    write: (file) => rows.write(file, columns),
  };
}

type ModelRowsRequest = RowsRequest & { readonly splits: readonly RawSplit[] };

async function rowsOfModels(
  context: Context,
  session: DuckdbSession,
  { config, splits, onShare }: ModelRowsRequest,
): Promise<EvaluatedRows> {
  const { model, baselineModel } = context.inputs;
  const sources = new Map<string, PredictionSource>();
  try {
    for (const spec of config.modelSpecs)
      sources.set(spec.name, await sourceOf(spec, spec.isBaseline ? baselineModel : model));
    return await predictedRows(session, sources, { config, splits, onShare });
  } finally {
    for (const source of sources.values()) if (source.type === 'model') source.model.dispose();
  }
}

async function predictedRows(
  session: DuckdbSession,
  sources: ReadonlyMap<string, PredictionSource>,
  { config, splits, onShare }: ModelRowsRequest,
): Promise<EvaluatedRows> {
  const models = {
    sources,
    keys: {
      label: config.candidate.labelKey,
      weight: config.candidate.exampleWeightKey,
      features: sliceFeatures(config),
    },
  };
  const total = splits.reduce((sum, { source }) => sum + source.numRows, 0);
  const batches = rawBatches(session, splits, neededColumns(models));
  const rows = await predictRows(batches, models, (read) =>
    onShare(read / total, `${read.toLocaleString('en')} of ${total.toLocaleString('en')} rows predicted`),
  );
  const names = new Map(config.modelSpecs.map((spec) => [spec.name, fileColumn(spec)]));
  return {
    ...rows,
    task: sharedTask(sources),
    write: (file) =>
      writePredictionsFile(session, file, {
        ...rows,
        predictions: new Map([...rows.predictions].map(([name, scores]) => [names.get(name) ?? name, scores])),
      }),
  };
}

/** A model that is wired goes before a column of predictions. */
async function sourceOf(spec: ModelSpec, artifact: InputArtifact<'Model'> | undefined): Promise<PredictionSource> {
  if (artifact === undefined) return { type: 'column', column: predictionColumn(spec) };
  return { type: 'model', model: await openModel(artifact.folder) };
}

function predictionColumn({ predictionKey, isBaseline }: ModelSpec): string {
  if (predictionKey !== undefined) return predictionKey;
  throw new AppError(
    'invalid-input',
    `Nothing says what the ${isBaseline ? 'baseline' : 'candidate'} predicts: no model is wired, and no predictionKey is set.`,
    {
      nextStep: 'Wire a model, or name the column of the predictions.',
      path: 'params.evalConfig.modelSpecs',
    },
  );
}

function fileColumn({ isBaseline }: ModelSpec): string {
  return isBaseline ? 'baseline_prediction' : 'prediction';
}

function sliceFeatures({ slicingSpecs }: NormalConfig): readonly string[] {
  return [
    ...new Set(
      slicingSpecs.flatMap(({ featureKeys, featureValues }) => [...featureKeys, ...Object.keys(featureValues)]),
    ),
  ];
}
