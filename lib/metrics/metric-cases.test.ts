import { describe, expect, it } from 'vitest';

import { BinaryProblem, gridThresholds } from './binary-problem';
import { weightedAverage } from './class-average';
import * as means from './means';
import { metricClassOf, metricName, type MetricConfig } from './metric-class';
import { classMatrices } from './multi-class';
import { plotClassOf } from './plots';

type Example = readonly [label: number, prediction: number, weight?: number];

function problemOf(examples: readonly Example[]): BinaryProblem {
  return new BinaryProblem({
    labels: Float64Array.from(examples, ([label]) => label),
    predictions: Float64Array.from(examples, ([, prediction]) => prediction),
    weights: Float64Array.from(examples, ([, , weight = 1]) => weight),
  });
}

/** A metric by its class in TFMA, of yes-or-no examples. */
function figure(className: string, examples: readonly Example[], config: MetricConfig = {}): number {
  const metric = metricClassOf(className);
  if (metric?.from !== 'problem' && metric?.from !== 'pairs') throw new Error(`${className} is of another kind`);
  return Number(metric.compute(problemOf(examples), config));
}

const TEN: readonly Example[] = [
  [1, 0.6],
  [0, 0.3],
  [0, 0.2],
  [0, 0.6],
  [0, 0.7],
  [0, 0.8],
  [1, 0.1],
  [1, 0.2],
  [1, 0.3],
  [1, 0.4],
];
const FOUR: readonly Example[] = [
  [0, 0],
  [0, 0.5],
  [1, 0.3],
  [1, 0.9],
];

describe('metrics of one threshold', () => {
  it.each([
    ['TP', 1],
    ['FP', 3],
    ['TN', 2],
    ['FN', 4],
    ['BinaryAccuracy', 0.3],
    ['Precision', 0.25],
    ['Recall', 0.2],
    ['Specificity', 0.4],
    ['FallOut', 0.6],
    ['MissRate', 0.8],
    ['NPV', 1 / 3],
    ['FalseDiscoveryRate', 0.75],
    ['FalseOmissionRate', 2 / 3],
    ['Prevalence', 0.5],
    ['PrevalenceThreshold', 0.633_974_596_215_561_4],
    ['ThreatScore', 0.125],
    ['BalancedAccuracy', 0.3],
    ['F1Score', 2 / 9],
    ['MatthewsCorrelationCoefficient', -0.408_248_290_463_863],
    ['FowlkesMallowsIndex', Math.sqrt(0.05)],
    ['Informedness', -0.4],
    ['Markedness', -0.416_666_666_666_666_74],
    ['PositiveLikelihoodRatio', 1 / 3],
    ['NegativeLikelihoodRatio', 2],
    ['DiagnosticOddsRatio', 1 / 6],
    ['PredictedPositiveRate', 0.4],
  ])('M01 %s of ten examples is %d', (className, expected) => {
    expect(figure(className, TEN)).toBeCloseTo(expected, 12);
  });

  it.each([
    {
      name: 'M04 no example is positive, and none is predicted so',
      example: [0, 0] as const,
      classes: [
        'Precision',
        'Recall',
        'MissRate',
        'FalseDiscoveryRate',
        'ThreatScore',
        'F1Score',
        'MatthewsCorrelationCoefficient',
      ],
    },
    {
      name: 'M04 no example is negative, and none is predicted so',
      example: [1, 1] as const,
      classes: ['Specificity', 'FallOut', 'NPV', 'FalseOmissionRate'],
    },
  ])('$name: NaN, never 0', ({ example, classes }) => {
    expect(classes.map((className) => figure(className, [example]))).toEqual(classes.map(() => Number.NaN));
  });

  it('M05 counts exactly, strictly above each threshold', () => {
    const counts = [
      { tp: 1, tn: 1, fp: 1, fn: 1 },
      { tp: 1, tn: 2, fp: 0, fn: 1 },
      { tp: 1, tn: 2, fp: 0, fn: 1 },
    ];
    expect([0.3, 0.5, 0.8].map((threshold) => problemOf(FOUR).exactly(threshold))).toEqual(counts);
    expect(problemOf(FOUR).atThresholds([0.3, 0.5, 0.8]).at).toEqual(counts);
  });
});

describe('metrics along the curve', () => {
  it.each([
    ['AUC', 0.26],
    ['AUCPrecisionRecall', 0.362_049_302_252_547_33],
  ])('M02 %s of ten examples is %d', (className, expected) => {
    expect(figure(className, TEN)).toBeCloseTo(expected, 12);
  });

  it.each([
    {
      name: 'M06 three thresholds of a grid',
      thresholds: gridThresholds(3),
      counts: { tp: [2, 1, 0], fp: [2, 0, 0], tn: [0, 2, 2], fn: [0, 1, 2] },
    },
    {
      name: 'M06 thresholds inside',
      thresholds: [0.25, 0.75],
      counts: { tp: [2, 1], fp: [1, 0], tn: [1, 2], fn: [0, 1] },
    },
    {
      name: 'M06 zero, at which a prediction of 0 is positive, and one',
      thresholds: [0, 1],
      counts: { tp: [2, 0], fp: [2, 0], tn: [0, 2], fn: [0, 2] },
    },
    {
      name: 'M06 zero and a half',
      thresholds: [0, 0.5],
      counts: { tp: [2, 1], fp: [2, 0], tn: [0, 2], fn: [0, 1] },
    },
    {
      name: 'M06 a half and one',
      thresholds: [0.5, 1],
      counts: { tp: [1, 0], fp: [0, 0], tn: [2, 2], fn: [1, 2] },
    },
  ])('$name', ({ thresholds, counts }) => {
    const { at } = problemOf(FOUR).byHistogram(thresholds);
    const by = (of: 'tp' | 'fp' | 'tn' | 'fn') => at.map((each) => each[of]);
    expect({ tp: by('tp'), fp: by('fp'), tn: by('tn'), fn: by('fn') }).toEqual(counts);
  });

  it('M06 the grid begins below 0 and ends above 1', () => {
    expect(gridThresholds(3)).toEqual([-1e-7, 0.5, 1.000_000_1]);
  });

  it('M07 gives a row of the plot for each threshold', () => {
    const plot = plotClassOf('ConfusionMatrixPlot')?.draw(
      {
        problem: () => problemOf(FOUR),
        classPairs: () => {
          throw new Error('there is one question');
        },
      },
      { num_thresholds: 4 },
      { left: 0, right: 1 },
    );
    const row = (threshold: number, [tp, fp, tn, fn]: readonly number[], shares: readonly number[]) => ({
      threshold,
      truePositives: tp,
      falsePositives: fp,
      trueNegatives: tn,
      falseNegatives: fn,
      precision: expect.closeTo(shares[0] ?? 0, 7) as number,
      recall: shares[1],
      falsePositiveRate: shares[2],
      f1: expect.closeTo(shares[3] ?? 0, 7) as number,
      accuracy: shares[4],
      falseOmissionRate: Number.isNaN(shares[5]) ? Number.NaN : (expect.closeTo(shares[5] ?? 0, 7) as number),
    });
    expect(plot).toEqual({
      confusionMatrixAtThresholds: {
        matrices: [
          row(-1e-6, [2, 2, 0, 0], [0.5, 1, 1, 2 / 3, 0.5, Number.NaN]),
          row(0, [2, 2, 0, 0], [0.5, 1, 1, 2 / 3, 0.5, Number.NaN]),
          row(0.25, [2, 1, 1, 0], [2 / 3, 1, 0.5, 0.8, 0.75, 0]),
          row(0.5, [1, 0, 2, 1], [1, 0.5, 0, 2 / 3, 0.75, 1 / 3]),
          row(0.75, [1, 0, 2, 1], [1, 0.5, 0, 2 / 3, 0.75, 1 / 3]),
          row(1, [0, 0, 2, 2], [1, 0, 0, 0, 0.5, 0.5]),
        ],
      },
    });
  });
});

describe('means and errors', () => {
  it.each([
    {
      name: 'M08 without weights',
      examples: [
        [0, 0],
        [1, 0.3],
        [1, 0.9],
      ] satisfies Example[],
      expected: [2 / 3, 0.4, 0.6],
    },
    {
      name: 'M08 with weights',
      examples: [
        [0, 1, 0.5],
        [1, 0.7, 0.7],
        [0, 0.5, 0.9],
      ] satisfies Example[],
      expected: [0.7 / 2.1, 1.44 / 2.1, 1.44 / 0.7],
    },
  ])('$name: mean label, mean prediction and calibration', ({ examples, expected }) => {
    const found = ['MeanLabel', 'MeanPrediction', 'Calibration'].map((name) => figure(name, examples));
    for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 9);
  });

  it.each([
    ['MeanAbsoluteError', 1.292_857_142_857_143],
    ['MeanSquaredError', 2.076_071_428_571_429],
    ['MeanAbsolutePercentageError', 120.238_095_238_095_27],
    ['MeanSquaredLogarithmicError', 0.201_174_689_641_050_18],
  ])('M09 %s of weighted examples, whose elements each have the weight of their example, is %d', (name, expected) => {
    const examples: readonly Example[] = [
      [0.1, 1, 0.1],
      [0.3, 0, 0.5],
      [0.5, 2, 1],
      [1, 0.5, 1],
      [2, 1, 1],
      [3, 5, 1],
      [3, 5, 1],
    ];
    expect(figure(name, examples)).toBeCloseTo(expected, 12);
  });

  it('M10 takes the log loss, where an example without a weight counts 1', () => {
    const examples: readonly Example[] = [
      [0, 0.6],
      [1, 0.6, 0.8],
    ];
    expect(figure('BinaryCrossEntropy', examples)).toBeCloseTo(0.736_083, 5);
    expect(metricName('BinaryCrossEntropy', {})).toBe('binary_crossentropy');
  });

  it('M16 counts examples, and their weights', () => {
    const weights = Float64Array.from([0, 0.5, 1, 0.7]);
    const none = new Float64Array(4);
    expect(means.totalWeight({ labels: none, predictions: none, weights })).toBeCloseTo(2.2, 12);
    expect(means.totalWeight({ labels: none, predictions: none, weights: new Float64Array(4).fill(1) })).toBe(4);
  });
});

describe('several classes', () => {
  it('M14 predicts the class with the highest score, and none where that is not above the threshold', () => {
    const examples = [
      { label: 2, scores: [0.2, 0.3, 0.5], weight: 0.5 },
      { label: 0, scores: [0.1, 0.3, 0.6], weight: 1 },
      { label: 1, scores: [0.3, 0.1, 0.6], weight: 0.25 },
      { label: 1, scores: [0.1, 0.9, 0], weight: 1 },
      { label: 1, scores: [0.1, 0.8, 0.1], weight: 1 },
      { label: 2, scores: [0.3, 0.1, 0.6], weight: 1 },
    ];
    const [matrix] = classMatrices(
      {
        labels: Float64Array.from(examples, ({ label }) => label),
        scores: Float64Array.from(examples.flatMap(({ scores }) => scores)),
        weights: Float64Array.from(examples, ({ weight }) => weight),
        classes: 3,
      },
      [0.5],
    );
    expect(matrix?.cells.map(({ actual, predicted, weight }) => [actual, predicted, weight])).toEqual([
      [0, 2, 1],
      [1, 1, 2],
      [1, 2, 0.25],
      [2, -1, 0.5],
      [2, 2, 1],
    ]);
  });

  it.each([
    {
      name: 'M15 outputs by their weights, of which one has none',
      values: [0.1, 0.2, 0.3],
      weights: [0.3, 0.7, 0],
      expected: 0.17,
    },
    { name: 'M15 classes that count the same', values: [0.1, 0.2, 0.3], weights: [1, 1, 1], expected: 0.2 },
    { name: 'M15 classes by their weights', values: [0.1, 0.2, 0.3], weights: [0.2, 0.3, 0.5], expected: 0.23 },
    { name: 'M15 classes by how often each is true', values: [0.1, 0.2, 0.3], weights: [1, 2, 3], expected: 1.4 / 6 },
  ])('$name', ({ values, weights, expected }) => {
    const figures = values.map((value, index) => ({ value, weight: weights[index] ?? 0 }));
    expect(weightedAverage(figures)).toBeCloseTo(expected, 12);
  });
});
