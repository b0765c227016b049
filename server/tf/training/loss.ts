/** What a batch's outputs cost, and how they should change. Computed from the sums before the last activation, in doubles. */

import type { ModelTask } from '../../../lib/artifact/model-info';

/** Sums over rows; divided by the rows they are means, as Keras takes them. */
export type LossSums = {
  rows: number;
  /** Weight × loss. */
  loss: number;
  /** Weight × 1 for a right class; for regression weight × the absolute error. */
  figure: number;
  weight: number;
  /** The largest loss of a single row, without its weight. */
  worst: number;
};

/** The outputs of some rows, `stride` apart, of which `outputs` count, and what is true of the rows. */
export type Outputs = {
  readonly task: ModelTask;
  readonly sums: Float32Array;
  readonly stride: number;
  readonly outputs: number;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  readonly rows: number;
};

/** No rows yet. */
export function noLoss(): LossSums {
  return { rows: 0, loss: 0, figure: 0, weight: 0, worst: 0 };
}

/** Adds up the loss of rows. Where `gradient` is given, it gets the slope of the mean loss, in the layout of the sums. */
export function addLoss(total: LossSums, given: Outputs, gradient?: Float32Array): void {
  const { task, sums, stride, labels, weights, rows } = given;
  for (let row = 0; row < rows; row++) {
    const weight = weights[row] ?? 1;
    const label = labels[row] ?? 0;
    const at = row * stride;
    const [loss, figure] =
      task === 'multi-class'
        ? crossEntropy(given, { at, label, scale: weight / rows }, gradient)
        : single(task, sums[at] ?? 0, label);
    if (gradient !== undefined && task !== 'multi-class') {
      const z = sums[at] ?? 0;
      gradient[at] = (weight / rows) * (task === 'binary' ? logistic(z) - label : 2 * (z - label));
    }
    total.loss += weight * loss;
    total.figure += weight * figure;
    total.weight += weight;
    if (!(loss <= total.worst)) total.worst = loss;
  }
  total.rows += rows;
}

function single(task: ModelTask, z: number, label: number): readonly [loss: number, figure: number] {
  if (task === 'regression') return [(z - label) ** 2, Math.abs(z - label)];
  // −log of the probability of what is true, without forming the probability.
  const loss = Math.max(z, 0) - z * label + Math.log1p(Math.exp(-Math.abs(z)));
  return [loss, z > 0 === label > 0.5 ? 1 : 0];
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

type Row = { readonly at: number; readonly label: number; readonly scale: number };

function crossEntropy(
  { sums, outputs }: Outputs,
  { at, label, scale }: Row,
  gradient: Float32Array | undefined,
): readonly [loss: number, figure: number] {
  let most = at;
  for (let index = at + 1; index < at + outputs; index++) if ((sums[index] ?? 0) > (sums[most] ?? 0)) most = index;
  const largest = sums[most] ?? 0;
  let total = 0;
  for (let index = at; index < at + outputs; index++) total += Math.exp((sums[index] ?? 0) - largest);
  if (gradient !== undefined)
    for (let index = at; index < at + outputs; index++)
      gradient[index] = scale * (Math.exp((sums[index] ?? 0) - largest) / total - (index - at === label ? 1 : 0));
  return [Math.log(total) + largest - (sums[at + label] ?? 0), most - at === label ? 1 : 0];
}
