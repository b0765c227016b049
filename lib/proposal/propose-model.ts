/**
 * From a label and the use of each column to the model half of a pipeline: Transform, Trainer, Resolver, Evaluator and
 * Pusher, with numbers that fit the size of the table and a threshold that a useless model does not reach.
 */

import { freshNodeId, type CanvasPoint, type NewNode } from '../pipeline/commands';
import type { NodeId, Pipeline, PipelineNode } from '../pipeline/pipeline';
import type { FeatureGuess } from './guess-features';
import type { Task } from './guess-label';
import type { ColumnProfile, TableProfile } from './table-profile';

/** What is learnt, from what. */
export type ModelProposal = {
  readonly label: string;
  readonly task: Task;
  readonly features: readonly FeatureGuess[];
};

/** The nodes that the model half takes from. */
export type ModelSources = { readonly examples: NodeId; readonly schema: NodeId };

/** A value of a parameter. */
type Json = NonNullable<PipelineNode['params']>[string];

/** Values of a text that get a number of their own; the rest shares one. */
const TOP_K = 1_000;
const NUM_BUCKETS = 10;
/** Columns whose values are looked at one by one. */
const MAX_SLICED = 3;
const MAX_SLICE_VALUES = 20;
/** Rows that a training sees in all, about: more for a small table than it has, fewer passes for a large one. */
const ROWS_SEEN = 400_000;
const MAX_EPOCHS = 60;
/** Share of the rows in train. */
const TRAIN_SHARE = 2 / 3;

/** True where at least one column is used. */
export function hasFeatures({ features }: ModelProposal): boolean {
  return features.some(({ use }) => use !== 'none');
}

/** The model half, wired to its sources and placed to the right of `at`, with ids that are free in `pipeline`. */
export function proposeModelNodes(
  pipeline: Pipeline,
  {
    profile,
    sources,
    model,
  }: { readonly profile: TableProfile; readonly sources: ModelSources; readonly model: ModelProposal },
  place: (column: number, row: number) => CanvasPoint,
): readonly NewNode[] {
  const id = (component: string) => freshNodeId(pipeline, component);
  const [transform, trainer, resolver] = [id('Transform'), id('Trainer'), id('Resolver')];
  const [evaluator, pusher] = [id('Evaluator'), id('Pusher')];
  const examples = `${sources.examples}.examples`;
  const schema = `${sources.schema}.schema`;
  const features = featureNames(model);
  return [
    {
      id: transform,
      node: {
        component: 'Transform',
        inputs: { examples, schema },
        params: { features: transformFeatures(profile, model, features) },
      },
      at: place(0, 1),
    },
    {
      id: trainer,
      node: {
        component: 'Trainer',
        inputs: { examples: `${transform}.transformedExamples`, transformGraph: `${transform}.transformGraph`, schema },
        params: trainerParams(profile, model, features),
      },
      at: place(1, 1),
    },
    { id: resolver, node: { component: 'Resolver', params: { strategy: 'latestBlessedModel' } }, at: place(1, 2) },
    {
      id: evaluator,
      node: {
        component: 'Evaluator',
        inputs: { examples, model: `${trainer}.model`, baselineModel: `${resolver}.model`, schema },
        params: { evalConfig: evalConfig(profile, model) },
      },
      at: place(2, 1),
    },
    {
      id: pusher,
      node: {
        component: 'Pusher',
        inputs: { model: `${trainer}.model`, modelBlessing: `${evaluator}.blessing` },
      },
      at: place(3, 1),
    },
  ];
}

/** The feature that each used column becomes: its own name with what was done to it, apart from every column's. */
function featureNames({ label, features }: ModelProposal): ReadonlyMap<string, string> {
  const taken = new Set([label, ...features.map(({ column }) => column)]);
  const ends = { number: 'z', vocabulary: 'v', buckets: 'b', none: '' } as const;
  const names = new Map<string, string>();
  for (const { column, use } of features) {
    if (use === 'none') continue;
    let name = `${column}_${ends[use]}`;
    for (let next = 2; taken.has(name); next++) name = `${column}_${ends[use]}${next}`;
    taken.add(name);
    names.set(column, name);
  }
  return names;
}

function transformFeatures(
  { columns }: TableProfile,
  { label, task, features }: ModelProposal,
  names: ReadonlyMap<string, string>,
): Record<string, Json> {
  const made: Record<string, Json> = {};
  for (const { column, use } of features) {
    const name = names.get(column);
    if (name === undefined || use === 'none') continue;
    made[name] = {
      number: { op: 'scaleToZScore', column },
      vocabulary: { op: 'computeAndApplyVocabulary', column, topK: TOP_K, numOovBuckets: 1 },
      buckets: { op: 'bucketize', column, numBuckets: NUM_BUCKETS },
    }[use];
  }
  const labelled = columns.find(({ name }) => name === label);
  made[label] =
    task === 'regression' || (task === 'binary' && isZeroOrOne(labelled))
      ? { op: 'label', column: label }
      : { op: 'computeAndApplyVocabulary', column: label };
  return made;
}

/** True where the values of a column are the numbers 0 and 1. */
function isZeroOrOne(column: ColumnProfile | undefined): boolean {
  if (column === undefined || column.kind === 'STRING' || column.distinct !== 2) return false;
  return column.values.length > 0 && column.values.every(({ text }) => Number(text) === 0 || Number(text) === 1);
}

function trainerParams(
  { rows }: TableProfile,
  { label, task, features }: ModelProposal,
  names: ReadonlyMap<string, string>,
): PipelineNode['params'] {
  const named = (isWanted: (use: FeatureGuess['use']) => boolean) =>
    features.filter(({ use }) => isWanted(use)).flatMap(({ column }) => names.get(column) ?? []);
  const deep = named((use) => use === 'number');
  const wide = named((use) => use === 'vocabulary' || use === 'buckets');
  const trainRows = Math.max(1, Math.round(rows * TRAIN_SHARE));
  const batchSize = trainRows < 3_000 ? 32 : trainRows < 200_000 ? 128 : 1_024;
  const epochs = Math.min(MAX_EPOCHS, Math.max(1, Math.ceil(ROWS_SEEN / trainRows)));
  return {
    ...(deep.length === 0
      ? { template: 'linear', features: wide }
      : wide.length === 0
        ? { template: 'dense', features: deep }
        : { template: 'wide-and-deep', deep, wide }),
    task,
    label,
    ...(deep.length > 0 && { hiddenUnits: [64, 32] }),
    epochs,
    batchSize,
    learningRate: trainRows < 3_000 ? 0.01 : 0.001,
  };
}

const METRICS: { readonly [T in Task]: readonly string[] } = {
  binary: ['AUC', 'AUCPrecisionRecall', 'BinaryAccuracy', 'Precision', 'Recall', 'BinaryCrossEntropy'],
  'multi-class': ['SparseCategoricalAccuracy', 'SparseCategoricalCrossentropy'],
  regression: ['MeanSquaredError', 'RootMeanSquaredError', 'MeanAbsoluteError', 'SquaredPearsonCorrelation'],
};
const MEANS: { readonly [T in Task]: readonly string[] } = {
  binary: ['MeanLabel', 'MeanPrediction', 'Calibration'],
  'multi-class': [],
  regression: ['MeanLabel', 'MeanPrediction'],
};
const PLOTS: { readonly [T in Task]: readonly string[] } = {
  binary: ['ConfusionMatrixPlot', 'CalibrationPlot'],
  'multi-class': ['MultiClassConfusionMatrixPlot'],
  regression: [],
};

/** The metric that decides, and what it must reach: more than a model that always says the same. */
export function decidingThreshold(
  { columns }: Pick<TableProfile, 'columns'>,
  { label, task }: Pick<ModelProposal, 'label' | 'task'>,
): { readonly className: string; readonly lowerBound: number } {
  if (task === 'binary') return { className: 'AUC', lowerBound: 0.6 };
  if (task === 'regression') return { className: 'SquaredPearsonCorrelation', lowerBound: 0.05 };
  const counts = columns.find(({ name }) => name === label)?.values.map(({ count = 0 }) => count) ?? [];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = total === 0 ? 0.5 : Math.max(...counts) / total;
  return { className: 'SparseCategoricalAccuracy', lowerBound: Math.ceil(share * 100) / 100 };
}

function evalConfig(profile: TableProfile, model: ModelProposal): Json {
  const { label, task } = model;
  const { className: deciding, lowerBound } = decidingThreshold(profile, model);
  const metric = (className: string) =>
    className === deciding
      ? {
          className,
          perSliceThresholds: [{ slicingSpecs: [{}], threshold: { valueThreshold: { lowerBound } } }],
        }
      : { className };
  const classNames = ['ExampleCount', ...METRICS[task], ...MEANS[task], ...PLOTS[task]];
  return {
    modelSpecs: [{ labelKey: label }],
    slicingSpecs: [{}, ...slicedColumns(profile, model).map((column) => ({ featureKeys: [column] }))],
    metricsSpecs: [{ metrics: classNames.map(metric) }],
  };
}

/** The columns of few groups: whoever reads the evaluation wants to know of which of them it is true. */
function slicedColumns({ columns }: TableProfile, { features }: ModelProposal): readonly string[] {
  const used = new Set(features.filter(({ use }) => use === 'vocabulary').map(({ column }) => column));
  return columns
    .filter(({ name, distinct = Infinity }) => used.has(name) && distinct <= MAX_SLICE_VALUES)
    .slice(0, MAX_SLICED)
    .map(({ name }) => name);
}
