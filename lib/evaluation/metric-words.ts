/** What a metric is called on screens, what it says, and which way is better. Names are those of TFMA's results. */

import { formatCount, NO_VALUE } from '../format/number';
import { METRIC_CLASSES, metricName } from '../metrics/metric-class';
import type { Figure, FigureSeries } from './evaluation-answers';
import type { EvalConfig } from './eval-config';

/** See the module. */
export type MetricWords = {
  readonly label: string;
  /** One sentence. */
  readonly help: string;
  /** Undefined where neither way is better. */
  readonly better: 'higher' | 'lower' | undefined;
  readonly isCount: boolean;
};

type Known = readonly [label: string, better: 'higher' | 'lower' | undefined, help: string];

const COUNTS = new Set([
  'ExampleCount',
  'WeightedExampleCount',
  'TruePositives',
  'FalsePositives',
  'TrueNegatives',
  'FalseNegatives',
  'TP',
  'FP',
  'TN',
  'FN',
]);

const KNOWN: { readonly [className: string]: Known } = {
  ExampleCount: ['Rows', undefined, 'Rows that were evaluated.'],
  WeightedExampleCount: ['Weight', undefined, 'The weights of the rows together.'],
  AUC: [
    'AUC',
    'higher',
    'The chance that a positive row has a higher score than a negative one: 0.5 is chance, 1 is perfect.',
  ],
  AUCPrecisionRecall: [
    'AUC of precision–recall',
    'higher',
    'The area under precision by recall: chance is the share of positive rows.',
  ],
  BinaryAccuracy: ['Accuracy', 'higher', 'The share of right answers at the threshold.'],
  Precision: ['Precision', 'higher', 'Of the rows said to be positive, the share that are.'],
  Recall: ['Recall', 'higher', 'Of the positive rows, the share that are found.'],
  F1Score: ['F1', 'higher', 'The harmonic mean of precision and recall.'],
  Specificity: ['Specificity', 'higher', 'Of the negative rows, the share that are said to be negative.'],
  FPR: ['False positive rate', 'lower', 'Of the negative rows, the share that are said to be positive.'],
  FallOut: ['Fall-out', 'lower', 'Of the negative rows, the share that are said to be positive.'],
  FNR: ['False negative rate', 'lower', 'Of the positive rows, the share that are missed.'],
  MissRate: ['Miss rate', 'lower', 'Of the positive rows, the share that are missed.'],
  NegativePredictiveValue: [
    'Negative predictive value',
    'higher',
    'Of the rows said to be negative, the share that are.',
  ],
  FalseDiscoveryRate: ['False discovery rate', 'lower', 'Of the rows said to be positive, the share that are not.'],
  FalseOmissionRate: ['False omission rate', 'lower', 'Of the rows said to be negative, the share that are positive.'],
  BalancedAccuracy: ['Balanced accuracy', 'higher', 'The mean of recall and specificity.'],
  Prevalence: ['Prevalence', undefined, 'The share of positive rows.'],
  PredictedPositiveRate: ['Predicted positive rate', undefined, 'The share of rows said to be positive.'],
  MatthewsCorrelationCoefficient: [
    'Matthews correlation',
    'higher',
    'The correlation of answer and truth, from −1 to 1.',
  ],
  ThreatScore: ['Threat score', 'higher', 'Hits among hits, misses and false alarms.'],
  Calibration: ['Calibration', undefined, 'Mean prediction divided by mean label: 1 is neither too high nor too low.'],
  MeanLabel: ['Mean label', undefined, 'The mean of what is true.'],
  MeanPrediction: ['Mean prediction', undefined, 'The mean of what is predicted.'],
  BinaryCrossEntropy: ['Log loss', 'lower', 'The mean of −ln of the probability given to what is true.'],
  BinaryCrossentropy: ['Log loss', 'lower', 'The mean of −ln of the probability given to what is true.'],
  SparseCategoricalCrossentropy: ['Log loss', 'lower', 'The mean of −ln of the probability given to the right class.'],
  CategoricalCrossEntropy: ['Log loss', 'lower', 'The mean of −ln of the probability given to the right class.'],
  SparseCategoricalAccuracy: ['Accuracy', 'higher', 'The share of rows whose class has the highest score.'],
  CategoricalAccuracy: ['Accuracy', 'higher', 'The share of rows whose class has the highest score.'],
  Accuracy: ['Accuracy', 'higher', 'The share of rows whose class has the highest score.'],
  SparseTopKCategoricalAccuracy: [
    'Top k accuracy',
    'higher',
    'The share of rows whose class is among the k highest scores.',
  ],
  MeanSquaredError: ['Mean squared error', 'lower', 'The mean of the squared errors.'],
  RootMeanSquaredError: [
    'Root mean squared error',
    'lower',
    'The root of the mean squared error, in the unit of the label.',
  ],
  MeanAbsoluteError: ['Mean absolute error', 'lower', 'The mean size of an error, in the unit of the label.'],
  MeanAbsolutePercentageError: [
    'Mean absolute percentage error',
    'lower',
    'The mean size of an error in percent of the label.',
  ],
  MeanSquaredLogarithmicError: [
    'Mean squared logarithmic error',
    'lower',
    'The mean squared difference of the logarithms.',
  ],
  LogCoshError: [
    'Log-cosh error',
    'lower',
    'The mean of ln cosh of the error: squared where it is small, absolute where it is large.',
  ],
  SquaredPearsonCorrelation: ['R²', 'higher', 'The squared correlation of prediction and label.'],
  TruePositives: ['True positives', 'higher', 'Positive rows that are found.'],
  FalsePositives: ['False positives', 'lower', 'Negative rows that are said to be positive.'],
  TrueNegatives: ['True negatives', 'higher', 'Negative rows that are said to be negative.'],
  FalseNegatives: ['False negatives', 'lower', 'Positive rows that are missed.'],
};

const CLASS_OF_NAME = new Map(METRIC_CLASSES.map((className) => [metricName(className, {}), className]));

/** The class of each metric of a config by its name in results: one may have a name of its own. */
export function classNamesOf({ metricsSpecs }: EvalConfig): ReadonlyMap<string, string> {
  return new Map(
    metricsSpecs.flatMap(({ metrics }) =>
      metrics.map(({ className, config }) => [metricName(className, config ?? {}), className] as const),
    ),
  );
}

/** The words of a metric; one that is not known is called by its name. */
export function metricWords(name: string, classNames: ReadonlyMap<string, string> = new Map()): MetricWords {
  const className = classNames.get(name) ?? CLASS_OF_NAME.get(name) ?? name;
  const known = Object.hasOwn(KNOWN, className) ? KNOWN[className] : undefined;
  const plain = name.replaceAll('_', ' ');
  const [label, better, help] = known ?? [
    plain.charAt(0).toUpperCase() + plain.slice(1),
    undefined,
    `TFMA's ${className}.`,
  ];
  const isOwnName = known !== undefined && name !== metricName(className, {});
  return { label: isOwnName ? name : label, help, better, isCount: COUNTS.has(className) };
}

/** Which of several figures of one metric a series is: `class Adelie`, `macro average`; empty where there is one. */
export function scopeWords(
  { classId, aggregation, weighted }: Omit<FigureSeries, 'candidate'>,
  classNames: readonly string[],
): string {
  return [
    ...(classId === undefined ? [] : [classWords(classId, classNames)]),
    ...(aggregation === undefined ? [] : [`${aggregation.replaceAll('_', ' ')} average`]),
    ...(weighted === undefined ? [] : [weighted ? 'by weight' : 'by rows']),
  ].join(', ');
}

/** A class by its name, or by its number. */
export function classWords(classId: number, classNames: readonly string[]): string {
  return classId < 0 ? 'no known class' : (classNames[classId] ?? `class ${classId}`);
}

const PLACES = 3;
const MOST_PLACES = 9;

/** A figure with three places, and more where it would else look like `beside`; what is not defined is a dash. */
export function formatMetric(
  figure: Figure | undefined,
  { isCount = false, beside }: { readonly isCount?: boolean; readonly beside?: number | undefined } = {},
): string {
  if (figure === null || figure === undefined || figure === 'NaN') return NO_VALUE;
  const value = Number(figure);
  if (Number.isNaN(value)) return NO_VALUE;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (isCount && Number.isInteger(value)) return signed(value, formatCount(Math.abs(value)));
  if (Math.abs(value) >= 1e5)
    return signed(value, new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(Math.abs(value)));
  let places = PLACES;
  const other = beside ?? (value === 0 ? undefined : 0);
  while (
    other !== undefined &&
    other !== value &&
    places < MOST_PLACES &&
    value.toFixed(places) === other.toFixed(places)
  )
    places++;
  return signed(value, Math.abs(value).toFixed(places));
}

/** A change with its sign: `+0.006`, `−0.011`, `±0.000`. */
export function formatChange(figure: Figure | undefined, isCount = false): string {
  const text = formatMetric(figure, { isCount });
  if (typeof figure !== 'number' || !Number.isFinite(figure)) return text;
  if (figure === 0) return isCount ? '±0' : '±0.000';
  return figure > 0 ? `+${text}` : text;
}

function signed(value: number, text: string): string {
  return value < 0 ? `−${text}` : text;
}
