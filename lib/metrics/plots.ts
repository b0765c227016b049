/** Plots of a slice: many confusion matrices, calibration by bucket, the spread of the scores. TFMA's rules and names. */

import { BinaryProblem } from './binary-problem';
import { confusionRow, type ConfusionRow } from './confusion-metrics';
import type { MetricConfig } from './metric-class';
import { classMatrices, type ClassMatrix, type ClassPairs } from './multi-class';

const DEFAULT_POINTS = 1_000;
const MARGIN = 1e-6;

/** A bucket of a calibration plot. */
export type CalibrationBucket = {
  readonly lowerThresholdInclusive: number;
  readonly upperThresholdExclusive: number;
  readonly totalWeightedLabel: number;
  readonly totalWeightedRefinedPrediction: number;
  readonly numWeightedExamples: number;
};

/** A plot, under the name of its message in TFMA. */
export type PlotValue =
  | { readonly confusionMatrixAtThresholds: { readonly matrices: readonly ConfusionRow[] } }
  | { readonly calibrationHistogramBuckets: { readonly buckets: readonly CalibrationBucket[] } }
  | { readonly multiClassConfusionMatrixAtThresholds: { readonly matrices: readonly ClassMatrix[] } };

/** What a plot may know beside the numbers. */
export type PlotRange = { readonly left: number; readonly right: number };

/** A slice as plots see it: one yes-or-no question, or a choice among classes. */
export type PlotInput = { readonly problem: () => BinaryProblem; readonly classPairs: () => ClassPairs };

/** How a plot is made of the numbers of a slice. */
export type PlotClass = {
  /** `problem`: a yes-or-no question, also one for each class. `pairs`: any numbers. `classes`: the choice among all of them. */
  readonly from: 'problem' | 'pairs' | 'classes';
  /** The name under which TFMA keeps it unless another is given; empty where plots of this kind share one entry. */
  readonly defaultName: string;
  readonly draw: (input: PlotInput, config: MetricConfig, range: PlotRange) => PlotValue;
};

const PLOTS: { readonly [className: string]: PlotClass } = {
  ConfusionMatrixPlot: {
    from: 'problem',
    defaultName: '',
    draw: ({ problem }, config) => {
      const { thresholds, at } = problem().byHistogram(plotThresholds(config));
      return {
        confusionMatrixAtThresholds: {
          matrices: at.map((counts, index) => confusionRow(thresholds[index] ?? 0, counts)),
        },
      };
    },
  },
  CalibrationPlot: {
    from: 'pairs',
    defaultName: '',
    draw: ({ problem }, config, range) => ({
      calibrationHistogramBuckets: { buckets: calibrationBuckets(problem(), bucketCount(config), ends(config, range)) },
    }),
  },
  ScoreDistributionPlot: {
    from: 'problem',
    defaultName: 'score_distribution_plot',
    // What is on either side of a threshold, whatever is true of it. TFMA takes the prediction itself for the label, so
    // that the shares are those that the predictions expect.
    draw: ({ problem }, config) => {
      const thresholds = plotThresholds(config);
      const { predictions, weights } = problem();
      const { at } = new BinaryProblem({ labels: predictions, predictions, weights }).atThresholds(thresholds);
      return {
        confusionMatrixAtThresholds: {
          matrices: at.map((counts, index) => ({
            ...confusionRow(thresholds[index] ?? 0, counts),
            truePositives: counts.tp + counts.fp,
            trueNegatives: counts.tn + counts.fn,
            falsePositives: 0,
            falseNegatives: 0,
            precision: 0,
            recall: 0,
          })),
        },
      };
    },
  },
  MultiClassConfusionMatrixPlot: {
    from: 'classes',
    defaultName: '',
    draw: ({ classPairs }, { thresholds }) => ({
      multiClassConfusionMatrixAtThresholds: {
        matrices: classMatrices(classPairs(), Array.isArray(thresholds) ? thresholds : [thresholds ?? 0]),
      },
    }),
  },
};

/** How a plot of that class is made; undefined where it is none. */
export function plotClassOf(className: string): PlotClass | undefined {
  return Object.hasOwn(PLOTS, className) ? PLOTS[className] : undefined;
}

function plotThresholds(config: MetricConfig): readonly number[] {
  if (Array.isArray(config.thresholds)) return config.thresholds.toSorted((a, b) => a - b);
  const points = config.num_thresholds ?? DEFAULT_POINTS;
  return [-MARGIN, ...Array.from({ length: points + 1 }, (_, index) => index / points)];
}

function bucketCount(config: MetricConfig): number {
  const given = config['num_buckets'];
  return typeof given === 'number' && Number.isInteger(given) && given > 0 ? given : DEFAULT_POINTS;
}

/** The ends that a plot names itself go before those of the label's domain. */
function ends(config: MetricConfig, range: PlotRange): PlotRange {
  const { left, right } = config;
  return {
    left: typeof left === 'number' ? left : range.left,
    right: typeof right === 'number' ? right : range.right,
  };
}

/** Equal buckets from left to right, and an open one at each end; empty ones too. */
function calibrationBuckets(problem: BinaryProblem, count: number, { left, right }: PlotRange): CalibrationBucket[] {
  const { labels, predictions, weights } = problem;
  const sums = {
    label: new Float64Array(count + 2),
    prediction: new Float64Array(count + 2),
    weight: new Float64Array(count + 2),
  };
  const width = right - left;
  for (let row = 0; row < labels.length; row++) {
    const p = predictions[row] ?? 0;
    const bucket = p < left ? 0 : p >= right ? count + 1 : Math.floor(((p - left) / width) * count) + 1;
    const weight = weights[row] ?? 0;
    sums.label[bucket] = (sums.label[bucket] ?? 0) + weight * (labels[row] ?? 0);
    sums.prediction[bucket] = (sums.prediction[bucket] ?? 0) + weight * p;
    sums.weight[bucket] = (sums.weight[bucket] ?? 0) + weight;
  }
  const edge = (index: number) => left + (width * index) / count;
  return Array.from({ length: count + 2 }, (_, bucket) => ({
    lowerThresholdInclusive: bucket === 0 ? -Infinity : edge(bucket - 1),
    upperThresholdExclusive: bucket === count + 1 ? Infinity : edge(bucket),
    totalWeightedLabel: sums.label[bucket] ?? 0,
    totalWeightedRefinedPrediction: sums.prediction[bucket] ?? 0,
    numWeightedExamples: sums.weight[bucket] ?? 0,
  }));
}
