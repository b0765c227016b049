/** Means, errors and correlations of predictions and labels: weighted sums over the examples of a slice. */

/** Examples of one slice, entry by entry. */
export type Pairs = {
  readonly labels: Float64Array;
  readonly predictions: Float64Array;
  readonly weights: Float64Array;
};

/** The sum of something over the examples, each by its weight; what is not a number is passed over with its weight. */
function weightedMean(
  { labels, predictions, weights }: Pairs,
  of: (label: number, prediction: number) => number,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const value = of(labels[row] ?? 0, predictions[row] ?? 0);
    if (Number.isNaN(value)) continue;
    const weight = weights[row] ?? 0;
    sum += weight * value;
    total += weight;
  }
  return total > 0 ? sum / total : Number.NaN;
}

function weightedSum(
  { labels, predictions, weights }: Pairs,
  of: (label: number, prediction: number) => number,
): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++)
    sum += (weights[row] ?? 0) * of(labels[row] ?? 0, predictions[row] ?? 0);
  return sum;
}

const one = () => 1;
const label = (y: number) => y;
const prediction = (_y: number, p: number) => p;
const safeQuotient = (dividend: number, divisor: number) => (Math.abs(divisor) > 0 ? dividend / divisor : Number.NaN);

/** The mean of the labels; NaN where all weights are 0. */
export const meanLabel = (pairs: Pairs): number => safeQuotient(weightedSum(pairs, label), weightedSum(pairs, one));
/** The mean of the predictions; NaN where all weights are 0. */
export const meanPrediction = (pairs: Pairs): number =>
  safeQuotient(weightedSum(pairs, prediction), weightedSum(pairs, one));
/** Predicted over observed: 1 where the predictions are right on average; NaN where the labels add up to 0. */
export const calibration = (pairs: Pairs): number =>
  safeQuotient(weightedSum(pairs, prediction), weightedSum(pairs, label));
/** The sum of the weights. */
export const totalWeight = ({ weights }: Pairs): number => weights.reduce((sum, weight) => sum + weight, 0);

/** MAE. */
export const meanAbsoluteError = (pairs: Pairs): number => weightedMean(pairs, (y, p) => Math.abs(y - p));
/** MSE. */
export const meanSquaredError = (pairs: Pairs): number => weightedMean(pairs, (y, p) => (y - p) ** 2);
/** RMSE. */
export const rootMeanSquaredError = (pairs: Pairs): number => Math.sqrt(meanSquaredError(pairs));
/** MAPE in percent; examples whose label is 0 are passed over with their weight. */
export const meanAbsolutePercentageError = (pairs: Pairs): number =>
  weightedMean(pairs, (y, p) => (y === 0 ? Number.NaN : (100 * Math.abs(y - p)) / Math.abs(y)));
/** MSLE: the mean of (ln(1 + y) − ln(1 + p))². */
export const meanSquaredLogarithmicError = (pairs: Pairs): number =>
  weightedMean(pairs, (y, p) => (Math.log1p(y) - Math.log1p(p)) ** 2);
/** ln cosh of the error, without overflow. */
export const logCoshError = (pairs: Pairs): number =>
  weightedMean(pairs, (y, p) => {
    const distance = Math.abs(p - y);
    return distance + Math.log1p(Math.exp(-2 * distance)) - Math.LN2;
  });

/** Pearson's r², as TFMA's squared_pearson_correlation; NaN where labels or predictions do not vary. */
export function squaredPearsonCorrelation(pairs: Pairs): number {
  const total = weightedSum(pairs, one);
  const [x, y] = [weightedSum(pairs, prediction), weightedSum(pairs, label)];
  const xx = weightedSum(pairs, (_y, p) => p * p) - (x * x) / total;
  const yy = weightedSum(pairs, (value) => value * value) - (y * y) / total;
  const xy = weightedSum(pairs, (value, p) => value * p) - (x * y) / total;
  return safeQuotient(xy * xy, xx * yy);
}

/** Options of {@link binaryCrossEntropy}. */
export type CrossEntropyOptions = {
  readonly fromLogits?: boolean | undefined;
  readonly labelSmoothing?: number | undefined;
};

/** −(y ln p + (1 − y) ln(1 − p)) without clipping: an exact 0 or 1 gives NaN or infinity, as in TFMA. */
export function binaryCrossEntropy(
  pairs: Pairs,
  { fromLogits = false, labelSmoothing = 0 }: CrossEntropyOptions = {},
): number {
  const total = weightedSum(pairs, one);
  const sum = weightedSum(pairs, (y, given) => {
    const p = fromLogits ? 1 / (1 + Math.exp(-given)) : given;
    const smooth = y * (1 - labelSmoothing) + labelSmoothing / 2;
    return -(smooth * Math.log(p) + (1 - smooth) * Math.log(1 - p));
  });
  return total > 0 ? sum / total : Number.NaN;
}

/** Mean prediction on positives and on negatives, whose difference and ratio are the coefficients of discrimination. */
export function discrimination(pairs: Pairs): { readonly difference: number; readonly ratio: number } {
  const positive = safeQuotient(
    weightedSum(pairs, (y, p) => y * p),
    weightedSum(pairs, label),
  );
  const negative = safeQuotient(
    weightedSum(pairs, (y, p) => (1 - y) * p),
    weightedSum(pairs, (y) => 1 - y),
  );
  return { difference: positive - negative, ratio: safeQuotient(positive, negative) };
}
