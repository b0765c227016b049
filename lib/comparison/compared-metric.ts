/**
 * The metrics by which versions are compared, each with the way in which it is better and with what resampling adds up:
 * sums over the rows, or a histogram of the scores. The figures themselves are those of `lib/metrics`.
 */

import type { ModelTask } from '../artifact/model-info';

/** What was predicted of the compared rows by one version, and what is true. */
export type ScoredRows = {
  /** Classes counted from 0, or numbers. */
  readonly labels: Float64Array;
  /** `rows × classes` scores, row by row; `classes` is 1 where a score is a number. */
  readonly scores: Float64Array;
  readonly classes: number;
};

/** A metric to compare by. */
export type ComparedMetric = {
  /** TFMA's name. */
  readonly name: string;
  /** TFMA's class. */
  readonly className: string;
  /** Which way is better; `one`: the nearer to 1; `none`: neither is. */
  readonly better: 'higher' | 'lower' | 'one' | 'none';
  readonly resample: ResampledSums | 'area-under-roc';
};

/** A metric as a function of weighted sums over the rows. */
export type ResampledSums = {
  /** One value per row for each sum. */
  readonly terms: (rows: ScoredRows) => readonly Float64Array[];
  /** The metric, from the sums of the terms, each row by its weight, and the sum of the weights. */
  readonly of: (sums: readonly number[], weight: number) => number;
};

const mean = (term: (label: number, score: number) => number): ResampledSums => ({
  terms: (rows) => [each(rows, term)],
  of: ([sum = 0], weight) => sum / weight,
});

const ratio = (
  over: (label: number, score: number) => number,
  under: (label: number, score: number) => number,
): ResampledSums => ({
  terms: (rows) => [each(rows, over), each(rows, under)],
  of: ([a = 0, b = 0]) => (b > 0 ? a / b : Number.NaN),
});

/** A score strictly above this is positive, as in TFMA. */
const THRESHOLD = 0.5;
const isPositive = (score: number) => (score > THRESHOLD ? 1 : 0);
const label = (y: number) => y;
const score = (_y: number, p: number) => p;
const squaredError = (y: number, p: number) => (y - p) ** 2;
const logLoss = (y: number, p: number) => -(y * Math.log(p) + (1 - y) * Math.log(1 - p));

const METRICS: { readonly [T in ModelTask]: readonly ComparedMetric[] } = {
  binary: [
    { name: 'auc', className: 'AUC', better: 'higher', resample: 'area-under-roc' },
    { name: 'binary_crossentropy', className: 'BinaryCrossEntropy', better: 'lower', resample: mean(logLoss) },
    {
      name: 'binary_accuracy',
      className: 'BinaryAccuracy',
      better: 'higher',
      resample: mean((y, p) => (isPositive(p) === 1 ? y : 1 - y)),
    },
    {
      name: 'precision',
      className: 'Precision',
      better: 'higher',
      resample: ratio(
        (y, p) => y * isPositive(p),
        (_y, p) => isPositive(p),
      ),
    },
    { name: 'recall', className: 'Recall', better: 'higher', resample: ratio((y, p) => y * isPositive(p), label) },
    { name: 'calibration', className: 'Calibration', better: 'one', resample: ratio(score, label) },
    { name: 'mean_prediction', className: 'MeanPrediction', better: 'none', resample: mean(score) },
  ],
  'multi-class': [
    {
      name: 'sparse_categorical_accuracy',
      className: 'SparseCategoricalAccuracy',
      better: 'higher',
      resample: {
        terms: (rows) => [eachClass(rows, (scores, of) => (topClass(scores) === of ? 1 : 0))],
        of: ([sum = 0], weight) => sum / weight,
      },
    },
    {
      name: 'sparse_categorical_crossentropy',
      className: 'SparseCategoricalCrossentropy',
      better: 'lower',
      resample: {
        terms: (rows) => [eachClass(rows, (scores, of) => -Math.log(scores[of] ?? 0))],
        of: ([sum = 0], weight) => sum / weight,
      },
    },
  ],
  regression: [
    {
      name: 'root_mean_squared_error',
      className: 'RootMeanSquaredError',
      better: 'lower',
      resample: {
        terms: (rows) => [each(rows, squaredError)],
        of: ([sum = 0], weight) => Math.sqrt(sum / weight),
      },
    },
    {
      name: 'mean_absolute_error',
      className: 'MeanAbsoluteError',
      better: 'lower',
      resample: mean((y, p) => Math.abs(y - p)),
    },
    { name: 'mean_squared_error', className: 'MeanSquaredError', better: 'lower', resample: mean(squaredError) },
    {
      name: 'squared_pearson_correlation',
      className: 'SquaredPearsonCorrelation',
      better: 'higher',
      resample: {
        terms: (rows) => [
          each(rows, label),
          each(rows, score),
          ...[label, score].map((of) => squares(rows, of)),
          products(rows),
        ],
        of: ([y = 0, p = 0, yy = 0, pp = 0, yp = 0], weight) =>
          (yp - (y * p) / weight) ** 2 / ((yy - (y * y) / weight) * (pp - (p * p) / weight)),
      },
    },
    { name: 'mean_prediction', className: 'MeanPrediction', better: 'none', resample: mean(score) },
  ],
};

/** The metrics of a task, the one that decides first. */
export function comparedMetrics(task: ModelTask): readonly [ComparedMetric, ...(readonly ComparedMetric[])] {
  const [first, ...others] = METRICS[task];
  if (first === undefined) throw new Error(`there is no metric for ${task}`);
  return [first, ...others];
}

/** How much better `value` is than `reference`: above 0 better, below 0 worse, 0 where neither way is better. */
export function gain({ better }: Pick<ComparedMetric, 'better'>, value: number, reference: number): number {
  if (better === 'higher') return value - reference;
  if (better === 'lower') return reference - value;
  return better === 'one' ? Math.abs(reference - 1) - Math.abs(value - 1) : 0;
}

function each({ labels, scores }: ScoredRows, of: (label: number, score: number) => number): Float64Array {
  return labels.map((value, row) => of(value, scores[row] ?? 0));
}

function squares(rows: ScoredRows, of: (label: number, score: number) => number): Float64Array {
  return each(rows, (y, p) => of(y, p) ** 2);
}

function products(rows: ScoredRows): Float64Array {
  return each(rows, (y, p) => y * p);
}

function eachClass(
  { labels, scores, classes }: ScoredRows,
  of: (scores: Float64Array, label: number) => number,
): Float64Array {
  return labels.map((value, row) => of(scores.subarray(row * classes, (row + 1) * classes), value));
}

/** The class with the highest score; the first of equals. */
export function topClass(scores: Float64Array): number {
  let top = 0;
  for (let index = 1; index < scores.length; index++) if ((scores[index] ?? 0) > (scores[top] ?? 0)) top = index;
  return top;
}
