/** Metrics of one confusion matrix, by TFMA's names. A quotient whose divisor is not positive is NaN, never 0. */

import type { Confusion } from './binary-problem';

const quotient = (dividend: number, divisor: number) => (divisor > 0 ? dividend / divisor : Number.NaN);

const precision = ({ tp, fp }: Confusion) => quotient(tp, tp + fp);
const recall = ({ tp, fn }: Confusion) => quotient(tp, tp + fn);
const specificity = ({ tn, fp }: Confusion) => quotient(tn, tn + fp);
const fallOut = ({ tn, fp }: Confusion) => quotient(fp, tn + fp);
const missRate = ({ tp, fn }: Confusion) => quotient(fn, tp + fn);
const negativePredictiveValue = ({ tn, fn }: Confusion) => quotient(tn, tn + fn);
const all = ({ tp, fp, tn, fn }: Confusion) => tp + fp + tn + fn;

/** Every metric of one threshold by its class in TFMA; the value of each is between 0 and 1 unless its name says else. */
export const CONFUSION_METRICS = {
  Precision: precision,
  PPV: precision,
  Recall: recall,
  TPR: recall,
  Specificity: specificity,
  TNR: specificity,
  FallOut: fallOut,
  FPR: fallOut,
  MissRate: missRate,
  FNR: missRate,
  NegativePredictiveValue: negativePredictiveValue,
  NPV: negativePredictiveValue,
  FalseDiscoveryRate: ({ tp, fp }: Confusion) => quotient(fp, fp + tp),
  FalseOmissionRate: ({ tn, fn }: Confusion) => quotient(fn, tn + fn),
  Prevalence: (counts: Confusion) => quotient(counts.tp + counts.fn, all(counts)),
  /** (√(TPR · FPR) − FPR) / (TPR − FPR); NaN where TPR equals FPR, which ends the evaluation in TFMA. */
  PrevalenceThreshold: (counts: Confusion) => {
    const [tpr, tnr] = [recall(counts), specificity(counts)];
    const divisor = tpr + tnr - 1;
    return divisor === 0 ? Number.NaN : (Math.sqrt(tpr * (1 - tnr)) + tnr - 1) / divisor;
  },
  ThreatScore: ({ tp, fp, fn }: Confusion) => quotient(tp, tp + fn + fp),
  BalancedAccuracy: (counts: Confusion) => (recall(counts) + specificity(counts)) / 2,
  F1Score: ({ tp, fp, fn }: Confusion) => quotient(2 * tp, 2 * tp + fp + fn),
  MatthewsCorrelationCoefficient: ({ tp, fp, tn, fn }: Confusion) =>
    quotient(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))),
  FowlkesMallowsIndex: (counts: Confusion) => Math.sqrt(precision(counts) * recall(counts)),
  Informedness: (counts: Confusion) => recall(counts) + specificity(counts) - 1,
  Markedness: (counts: Confusion) => precision(counts) + negativePredictiveValue(counts) - 1,
  PositiveLikelihoodRatio: (counts: Confusion) => quotient(recall(counts), fallOut(counts)),
  NegativeLikelihoodRatio: (counts: Confusion) => quotient(missRate(counts), specificity(counts)),
  DiagnosticOddsRatio: ({ tp, fp, tn, fn }: Confusion) => (fn > 0 ? quotient(tp / fn, quotient(fp, tn)) : Number.NaN),
  PredictedPositiveRate: (counts: Confusion) => quotient(counts.tp + counts.fp, all(counts)),
  BinaryAccuracy: (counts: Confusion) => quotient(counts.tp + counts.tn, all(counts)),
  TruePositives: ({ tp }: Confusion) => tp,
  TP: ({ tp }: Confusion) => tp,
  FalsePositives: ({ fp }: Confusion) => fp,
  FP: ({ fp }: Confusion) => fp,
  TrueNegatives: ({ tn }: Confusion) => tn,
  TN: ({ tn }: Confusion) => tn,
  FalseNegatives: ({ fn }: Confusion) => fn,
  FN: ({ fn }: Confusion) => fn,
} as const satisfies { readonly [className: string]: (counts: Confusion) => number };

/** Class of a metric of one confusion matrix. */
export type ConfusionMetric = keyof typeof CONFUSION_METRICS;

/** True for the classes of {@link CONFUSION_METRICS}. */
export function isConfusionMetric(className: string): className is ConfusionMetric {
  return Object.hasOwn(CONFUSION_METRICS, className);
}

/** A row of TFMA's confusion matrices in plots and at thresholds: counts and what follows from them. */
export type ConfusionRow = {
  readonly threshold: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  readonly falsePositives: number;
  readonly truePositives: number;
  /** 1 where nothing is predicted positive. */
  readonly precision: number;
  /** 0 where nothing is positive. */
  readonly recall: number;
  /** NaN where nothing is negative. */
  readonly falsePositiveRate: number;
  readonly f1: number;
  readonly accuracy: number;
  /** NaN where nothing is predicted negative. */
  readonly falseOmissionRate: number;
};

const ROUNDING = 1e6;

/** The row of a threshold, with TFMA's fill-ins where a quotient has no divisor. The threshold is rounded to six places. */
export function confusionRow(threshold: number, counts: Confusion): ConfusionRow {
  const { tp, fp, tn, fn } = counts;
  const p = tp + fp > 0 ? tp / (tp + fp) : 1;
  const r = tp + fn > 0 ? tp / (tp + fn) : 0;
  return {
    threshold: Math.round(threshold * ROUNDING) / ROUNDING,
    falseNegatives: fn,
    trueNegatives: tn,
    falsePositives: fp,
    truePositives: tp,
    precision: p,
    recall: r,
    falsePositiveRate: quotient(fp, fp + tn),
    f1: p + r > 0 ? (2 * p * r) / (p + r) : 0,
    accuracy: quotient(tp + tn, all(counts)),
    falseOmissionRate: quotient(fn, fn + tn),
  };
}
