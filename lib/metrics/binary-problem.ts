/**
 * Labels, predictions and weights of one yes-or-no question over one slice, and what every binary metric is made of:
 * confusion counts at given thresholds, and a histogram of 10,000 buckets for everything along a curve. The rules are
 * TFMA's (binary_confusion_matrices), its strict comparison and its zero threshold included.
 */

/** Weighted counts at one threshold. */
export type Confusion = { readonly tp: number; readonly fp: number; readonly tn: number; readonly fn: number };

/** Weighted counts at several thresholds, in their order. */
export type Confusions = { readonly thresholds: readonly number[]; readonly at: readonly Confusion[] };

/** Buckets between 0 and 1; two more hold what lies outside. */
const BUCKETS = 10_000;
/** How far a threshold is moved in the histogram, so that a prediction equal to it counts as negative. */
const EPSILON = 1e-7;

/** See the module. Arrays have one entry per example; a label between 0 and 1 is partly positive. */
export class BinaryProblem {
  readonly labels: Float64Array;
  readonly predictions: Float64Array;
  readonly weights: Float64Array;
  private buckets: { readonly positive: Float64Array; readonly negative: Float64Array } | undefined;
  private readonly confusions = new Map<number, Confusion>();

  constructor(given: {
    readonly labels: Float64Array;
    readonly predictions: Float64Array;
    readonly weights: Float64Array;
  }) {
    this.labels = given.labels;
    this.predictions = given.predictions;
    this.weights = given.weights;
  }

  /** Counts where positive means a prediction strictly above the threshold. */
  exactly(threshold: number): Confusion {
    let found = this.confusions.get(threshold);
    if (found === undefined) {
      found = this.count(threshold);
      this.confusions.set(threshold, found);
    }
    return found;
  }

  /** Counts at ascending thresholds where positive means strictly above, in one pass over the examples. */
  atThresholds(thresholds: readonly number[]): Confusions {
    const { labels, predictions, weights } = this;
    // Entry n: what lies above exactly n of the thresholds.
    const positive = new Float64Array(thresholds.length + 1);
    const negative = new Float64Array(thresholds.length + 1);
    for (let row = 0; row < labels.length; row++) {
      const above = countBelow(thresholds, predictions[row] ?? 0);
      const weight = weights[row] ?? 0;
      const share = weight * (labels[row] ?? 0);
      positive[above] = (positive[above] ?? 0) + share;
      negative[above] = (negative[above] ?? 0) + (weight - share);
    }
    const totals = { positive: sumOf(positive), negative: sumOf(negative) };
    let fn = 0;
    let tn = 0;
    const at = thresholds.map((_, index): Confusion => {
      fn += positive[index] ?? 0;
      tn += negative[index] ?? 0;
      return { tp: totals.positive - fn, fp: totals.negative - tn, fn, tn };
    });
    return { thresholds, at };
  }

  private count(threshold: number): Confusion {
    const { labels, predictions, weights } = this;
    let tp = 0;
    let fp = 0;
    let tn = 0;
    let fn = 0;
    for (let row = 0; row < labels.length; row++) {
      const weight = weights[row] ?? 0;
      const positive = weight * (labels[row] ?? 0);
      const negative = weight - positive;
      if ((predictions[row] ?? 0) > threshold) {
        tp += positive;
        fp += negative;
      } else {
        fn += positive;
        tn += negative;
      }
    }
    return { tp, fp, tn, fn };
  }

  /** Counts by the histogram, at any ascending thresholds. */
  byHistogram(thresholds: readonly number[]): Confusions {
    const { positive, negative } = this.histogram();
    const totals = { positive: sumOf(positive), negative: sumOf(negative) };
    let bucket = 0;
    let fn = 0;
    let tn = 0;
    const at = thresholds.map((threshold): Confusion => {
      if (threshold >= 1 + EPSILON) return { tp: 0, fp: 0, fn: totals.positive, tn: totals.negative };
      // A bucket is negative whose lower end is below the threshold. TFMA leaves a threshold of zero where it is: there a
      // prediction of exactly 0 counts as positive.
      const moved = threshold === 0 ? 0 : threshold + EPSILON;
      const end = Math.min(BUCKETS + 1, Math.ceil(moved * BUCKETS + 1));
      for (; bucket < end; bucket++) {
        fn += positive[bucket] ?? 0;
        tn += negative[bucket] ?? 0;
      }
      return { tp: totals.positive - fn, fp: totals.negative - tn, fn, tn };
    });
    return { thresholds, at };
  }

  private histogram() {
    this.buckets ??= this.fillHistogram();
    return this.buckets;
  }

  private fillHistogram() {
    const { labels, predictions, weights } = this;
    const positive = new Float64Array(BUCKETS + 2);
    const negative = new Float64Array(BUCKETS + 2);
    for (let row = 0; row < labels.length; row++) {
      const bucket = bucketOf(predictions[row] ?? 0);
      const weight = weights[row] ?? 0;
      const share = weight * (labels[row] ?? 0);
      positive[bucket] = (positive[bucket] ?? 0) + share;
      negative[bucket] = (negative[bucket] ?? 0) + (weight - share);
    }
    return { positive, negative };
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** How many of ascending thresholds are strictly below a prediction; none for NaN. */
function countBelow(thresholds: readonly number[], prediction: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((thresholds[middle] ?? 0) < prediction) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bucket 0 lies below 0, the last one from 1 on. */
function bucketOf(prediction: number): number {
  if (prediction < 0) return 0;
  if (prediction >= 1) return BUCKETS + 1;
  return Math.floor(prediction * BUCKETS + 1);
}

/** TFMA's grid of `count` thresholds from just below 0 to just above 1. */
export function gridThresholds(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? -EPSILON : index === count - 1 ? 1 + EPSILON : index / (count - 1),
  );
}
