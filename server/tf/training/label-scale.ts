/**
 * Labels of a regression brought to mean 0 and deviation 1 while a network learns them, so that its learning rate means the
 * same for cents and for millions. What was learned is brought back into the weights: the model gives the label's own unit.
 */

import type { TrainedWeights } from '../layers-model';

/** A label is `mean + deviation × what is trained on`. */
export type LabelScale = { readonly mean: number; readonly deviation: number };

/** The scale of some labels. Labels that do not vary are moved alone. */
export function labelScaleOf(labels: Float64Array): LabelScale {
  let mean = 0;
  let squares = 0;
  // Welford's way: no difference of large sums.
  for (const [index, label] of labels.entries()) {
    const before = label - mean;
    mean += before / (index + 1);
    squares += before * (label - mean);
  }
  const deviation = Math.sqrt(squares / Math.max(1, labels.length));
  return { mean, deviation: deviation > 0 && Number.isFinite(deviation) ? deviation : 1 };
}

/** Labels as they are trained on. */
export function scaleLabels(labels: Float64Array, { mean, deviation }: LabelScale): Float64Array {
  return labels.map((label) => (label - mean) / deviation);
}

/** The weights that give the label's own unit: the outputs are sums, so that each part of them is scaled. */
export function toLabelUnit({ hidden, head, wide }: TrainedWeights, { mean, deviation }: LabelScale): TrainedWeights {
  return {
    hidden,
    head: {
      kernel: head.kernel.map((weight) => weight * deviation),
      bias: head.bias.map((bias) => bias * deviation + mean),
    },
    wide: wide.map((weight) => weight * deviation),
  };
}
