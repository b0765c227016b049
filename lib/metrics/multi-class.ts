/** Metrics of a choice among several classes. Predictions are scores, one per class and example; a label is a class. */

/** Examples of one slice: `scores` holds `classes` numbers for each label, one after the other. */
export type ClassPairs = {
  readonly labels: Float64Array;
  readonly scores: Float64Array;
  readonly weights: Float64Array;
  readonly classes: number;
};

/** One cell of a confusion matrix. `predicted` is −1 where no score is above the threshold. */
export type ClassCell = { readonly actual: number; readonly predicted: number; readonly weight: number };
/** Cells with any weight at one threshold, by actual and then predicted class. */
export type ClassMatrix = { readonly threshold: number; readonly cells: readonly ClassCell[] };

/** The matrices at ascending thresholds; once no class is predicted, none is at a higher one, as in TFMA. */
export function classMatrices(pairs: ClassPairs, thresholds: readonly number[]): readonly ClassMatrix[] {
  const { labels, weights, classes } = pairs;
  return thresholds.map((threshold) => {
    const sums = new Float64Array(classes * (classes + 1));
    const seen = new Uint8Array(sums.length);
    for (let row = 0; row < labels.length; row++) {
      const actual = labels[row] ?? 0;
      if (actual < 0 || actual >= classes) continue;
      const best = bestClass(pairs, row);
      const predicted = score(pairs, row, best) > threshold ? best : -1;
      const cell = actual * (classes + 1) + predicted + 1;
      sums[cell] = (sums[cell] ?? 0) + (weights[row] ?? 0);
      seen[cell] = 1;
    }
    const cells: ClassCell[] = [];
    for (const [cell, weight] of sums.entries()) {
      if (seen[cell] !== 1) continue;
      cells.push({ actual: Math.floor(cell / (classes + 1)), predicted: (cell % (classes + 1)) - 1, weight });
    }
    return { threshold, cells };
  });
}

/** The share of examples whose highest score is that of their class. */
export function classAccuracy(pairs: ClassPairs): number {
  return weightedShare(pairs, (row, label) => (bestClass(pairs, row) === label ? 1 : 0));
}

/** The share of examples whose class has one of the `k` highest scores. */
export function topKAccuracy(pairs: ClassPairs, k: number): number {
  return weightedShare(pairs, (row, label) => {
    const own = score(pairs, row, label);
    let above = 0;
    for (let each = 0; each < pairs.classes; each++) if (score(pairs, row, each) > own) above++;
    return above < k ? 1 : 0;
  });
}

const CLIP = 1e-7;

/** The mean of −ln of the class's share of the scores; shares are kept 1e-7 away from 0 and 1, as Keras does. */
export function classCrossEntropy(pairs: ClassPairs): number {
  return weightedShare(pairs, (row, label) => {
    let total = 0;
    for (let each = 0; each < pairs.classes; each++) total += score(pairs, row, each);
    return -Math.log(Math.min(1 - CLIP, Math.max(CLIP, score(pairs, row, label) / total)));
  });
}

function weightedShare({ labels, weights }: ClassPairs, of: (row: number, label: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights[row] ?? 0;
    sum += weight * of(row, labels[row] ?? 0);
    total += weight;
  }
  return total > 0 ? sum / total : Number.NaN;
}

function score({ scores, classes }: ClassPairs, row: number, of: number): number {
  return scores[row * classes + of] ?? 0;
}

/** The class with the highest score; of equals the first. */
function bestClass(pairs: ClassPairs, row: number): number {
  let best = 0;
  for (let each = 1; each < pairs.classes; each++) if (score(pairs, row, each) > score(pairs, row, best)) best = each;
  return best;
}
