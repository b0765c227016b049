/** The metrics that an evaluation may ask for, by TFMA's class names: what each is computed from, and how. */

import * as z from 'zod';

import type { BinaryProblem } from './binary-problem';
import { CONFUSION_METRICS, confusionRow, isConfusionMetric, type ConfusionRow } from './confusion-metrics';
import { areaUnderCurve, bestUnderConstraint } from './curve-metrics';
import * as means from './means';
import {
  classAccuracy,
  classCrossEntropy,
  classMatrices,
  topKAccuracy,
  type ClassMatrix,
  type ClassPairs,
} from './multi-class';

/** What a metric comes to: a number, one per threshold, or matrices. */
export type MetricValue =
  | number
  | readonly number[]
  | { readonly confusionMatrices: readonly ConfusionRow[] }
  | { readonly classMatrices: readonly ClassMatrix[] };

/** A metric's configuration: TFMA's names of arguments. */
export const zMetricConfig = z.looseObject({
  name: z.string().min(1).optional(),
  thresholds: z.union([z.number(), z.array(z.number()).min(1)]).optional(),
  threshold: z.number().optional(),
  num_thresholds: z.number().int().min(2).optional(),
  curve: z.enum(['ROC', 'PR']).optional(),
  summation_method: z.enum(['interpolation', 'minoring', 'majoring']).optional(),
  specificity: z.number().optional(),
  sensitivity: z.number().optional(),
  precision: z.number().optional(),
  recall: z.number().optional(),
  false_positive_rate: z.number().optional(),
  label_smoothing: z.number().min(0).max(1).optional(),
  from_logits: z.boolean().optional(),
  class_id: z.number().int().min(0).optional(),
  k: z.number().int().min(1).optional(),
});
/** See {@link zMetricConfig}. */
export type MetricConfig = z.output<typeof zMetricConfig>;

type OfProblem = {
  readonly from: 'problem';
  readonly compute: (problem: BinaryProblem, config: MetricConfig) => MetricValue;
};
type OfPairs = { readonly from: 'pairs'; readonly compute: (pairs: means.Pairs, config: MetricConfig) => number };
type OfClasses = {
  readonly from: 'classes';
  readonly compute: (pairs: ClassPairs, config: MetricConfig) => MetricValue;
};
type OfCount = { readonly from: 'count'; readonly alwaysWeighted: boolean };

/**
 * `problem`: a yes-or-no question, so that averages over classes are possible in every way. `pairs`: any numbers;
 * several classes are taken one after the other. `classes`: a choice among classes. `count`: the examples themselves.
 */
export type MetricClass = OfProblem | OfPairs | OfClasses | OfCount;

const DEFAULT_THRESHOLD = 0.5;
/** Where TFMA measures the greatest recall. */
const MAX_RECALL_THRESHOLD = 1e-12;

const pairs = (compute: OfPairs['compute']): OfPairs => ({ from: 'pairs', compute });
const problem = (compute: OfProblem['compute']): OfProblem => ({ from: 'problem', compute });
const classes = (compute: OfClasses['compute']): OfClasses => ({ from: 'classes', compute });

type Constraint = {
  readonly target: 'Recall' | 'Precision' | 'Specificity' | 'threshold';
  readonly on: 'Recall' | 'Precision' | 'Specificity' | 'FPR';
  readonly bound: (config: MetricConfig) => number | undefined;
};

function constrained({ target, on, bound }: Constraint): OfProblem {
  return problem((given, config) =>
    bestUnderConstraint(given, {
      target: target === 'threshold' ? (_counts, threshold) => threshold : CONFUSION_METRICS[target],
      constrained: CONFUSION_METRICS[on],
      bound: bound(config) ?? DEFAULT_THRESHOLD,
      side: on === 'FPR' ? 'atMost' : 'atLeast',
      numThresholds: config.num_thresholds,
    }),
  );
}

const OTHERS: { readonly [className: string]: MetricClass } = {
  ExampleCount: { from: 'count', alwaysWeighted: false },
  WeightedExampleCount: { from: 'count', alwaysWeighted: true },
  AUC: problem((given, { curve = 'ROC', num_thresholds: numThresholds, summation_method: method }) =>
    areaUnderCurve(given, { curve, numThresholds, method }),
  ),
  AUCPrecisionRecall: problem((given, { num_thresholds: numThresholds, summation_method: method }) =>
    areaUnderCurve(given, { curve: 'PR', numThresholds, method }),
  ),
  SensitivityAtSpecificity: constrained({ target: 'Recall', on: 'Specificity', bound: (config) => config.specificity }),
  SpecificityAtSensitivity: constrained({ target: 'Specificity', on: 'Recall', bound: (config) => config.sensitivity }),
  PrecisionAtRecall: constrained({ target: 'Precision', on: 'Recall', bound: (config) => config.recall }),
  RecallAtPrecision: constrained({ target: 'Recall', on: 'Precision', bound: (config) => config.precision }),
  RecallAtFalsePositiveRate: constrained({
    target: 'Recall',
    on: 'FPR',
    bound: (config) => config.false_positive_rate,
  }),
  ThresholdAtRecall: constrained({ target: 'threshold', on: 'Recall', bound: (config) => config.recall }),
  MaxRecall: problem((given) => CONFUSION_METRICS.Recall(given.exactly(MAX_RECALL_THRESHOLD))),
  ConfusionMatrixAtThresholds: problem((given, config) => ({
    confusionMatrices: thresholdsOf(config).map((threshold) => confusionRow(threshold, given.exactly(threshold))),
  })),
  MeanLabel: pairs(means.meanLabel),
  MeanPrediction: pairs(means.meanPrediction),
  Calibration: pairs(means.calibration),
  MeanAbsoluteError: pairs(means.meanAbsoluteError),
  MeanSquaredError: pairs(means.meanSquaredError),
  RootMeanSquaredError: pairs(means.rootMeanSquaredError),
  MeanAbsolutePercentageError: pairs(means.meanAbsolutePercentageError),
  MeanSquaredLogarithmicError: pairs(means.meanSquaredLogarithmicError),
  LogCoshError: pairs(means.logCoshError),
  SquaredPearsonCorrelation: pairs(means.squaredPearsonCorrelation),
  BinaryCrossEntropy: pairs((given, config) =>
    means.binaryCrossEntropy(given, { labelSmoothing: config.label_smoothing, fromLogits: config.from_logits }),
  ),
  CoefficientOfDiscrimination: pairs((given) => means.discrimination(given).difference),
  RelativeCoefficientOfDiscrimination: pairs((given) => means.discrimination(given).ratio),
  SparseCategoricalAccuracy: classes((given) => classAccuracy(given)),
  CategoricalAccuracy: classes((given) => classAccuracy(given)),
  SparseCategoricalCrossentropy: classes((given) => classCrossEntropy(given)),
  SparseTopKCategoricalAccuracy: classes((given, { k = 5 }) => topKAccuracy(given, k)),
  MultiClassConfusionMatrixAtThresholds: classes((given, config) => ({
    classMatrices: classMatrices(given, thresholdsOf(config)),
  })),
};

/** TFMA's and Keras' other names. */
const ALIASES: { readonly [className: string]: string } = {
  BinaryCrossentropy: 'BinaryCrossEntropy',
  CategoricalCrossEntropy: 'SparseCategoricalCrossentropy',
  Accuracy: 'SparseCategoricalAccuracy',
};

/** Names that do not follow from the class. */
const NAMES: { readonly [className: string]: string } = {
  BinaryCrossEntropy: 'binary_crossentropy',
  CategoricalCrossEntropy: 'categorical_crossentropy',
};

/** How a metric of that class is computed; undefined where there is no such metric. */
export function metricClassOf(className: string): MetricClass | undefined {
  if (isConfusionMetric(className)) {
    const compute = CONFUSION_METRICS[className];
    return problem((given, config) => {
      const thresholds = thresholdsOf(config);
      const values = thresholds.map((threshold) => compute(given.exactly(threshold)));
      const [only = Number.NaN] = values;
      return values.length === 1 ? only : values;
    });
  }
  const known = Object.hasOwn(ALIASES, className) ? ALIASES[className] : className;
  return known !== undefined && Object.hasOwn(OTHERS, known) ? OTHERS[known] : undefined;
}

/** Every class that {@link metricClassOf} knows, for messages. */
export const METRIC_CLASSES: readonly string[] = [
  ...Object.keys(CONFUSION_METRICS),
  ...Object.keys(OTHERS),
  ...Object.keys(ALIASES),
].toSorted();

/** The name of a metric in results: its own, or the class in snake case. */
export function metricName(className: string, config: MetricConfig): string {
  if (config.name !== undefined) return config.name;
  return (
    NAMES[className] ??
    className
      .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
      .toLowerCase()
  );
}

/** The thresholds of a metric: those of its configuration, or 0.5. */
export function thresholdsOf({ thresholds, threshold }: MetricConfig): readonly number[] {
  if (Array.isArray(thresholds)) return thresholds;
  if (typeof thresholds === 'number') return [thresholds];
  return [threshold ?? DEFAULT_THRESHOLD];
}
