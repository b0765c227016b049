/**
 * Trained weights → a TensorFlow.js layers model of standard layers. The wide part is an embedding: each group's index is
 * moved to the group's rows by a dense layer with fixed weights, and the rows found are added by another.
 */

import { eye, tensor, tidy, tile, type Tensor } from '@tensorflow/tfjs-core';
import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

import type { ModelInfo } from '../../lib/artifact/model-info';
import { deepWidthOf, wideDepthOf } from '../../lib/model/model-inputs';

/** Weights of a dense layer: `kernel` is inputs × units, row by row. */
export type DenseWeights = { readonly kernel: Float32Array; readonly bias: Float32Array };

/** What training gives. */
export type TrainedWeights = {
  /** The relu layers over the input `deep`. */
  readonly hidden: readonly DenseWeights[];
  /** From the last hidden layer, or from `deep` itself, to the outputs. Without `deep` its kernel is empty. */
  readonly head: DenseWeights;
  /** One row of outputs for each index of each group, groups one below the other. */
  readonly wide: Float32Array;
};

const ACTIVATIONS = { binary: 'sigmoid', 'multi-class': 'softmax', regression: 'linear' } as const;

/** Builds the model. Dispose it when it is saved. */
export function buildLayers(
  info: Pick<ModelInfo, 'task' | 'deep' | 'wide'>,
  { hidden, head, wide }: TrainedWeights,
): LayersModel {
  const outputs = head.bias.length;
  const weights = new Map<string, () => Tensor[]>();
  const inputs: SymbolicTensor[] = [];
  const sums: SymbolicTensor[] = [];
  const width = deepWidthOf(info);
  if (width > 0) {
    let at = input({ shape: [width], name: 'deep' });
    inputs.push(at);
    let columns = width;
    for (const [index, { kernel, bias }] of hidden.entries()) {
      const name = `hidden_${index + 1}`;
      const shape: [number, number] = [columns, bias.length];
      at = one(layers.dense({ ...blank, name, units: bias.length, activation: 'relu' }).apply(at));
      weights.set(name, () => [tensor(kernel, shape), tensor(bias)]);
      columns = bias.length;
    }
    const last = columns;
    sums.push(one(layers.dense({ ...blank, name: 'deep_sum', units: outputs }).apply(at)));
    weights.set('deep_sum', () => [tensor(head.kernel, [last, outputs]), tensor(head.bias)]);
  }
  const groups = info.wide.length;
  if (groups > 0) {
    const indices = input({ shape: [groups], dtype: 'int32', name: 'wide' });
    inputs.push(indices);
    const rows = wideDepthOf(info) + groups;
    const fixed = { ...blank, trainable: false };
    const places = one(layers.dense({ ...fixed, name: 'wide_places', units: groups }).apply(indices));
    const found = layers
      .embedding({ name: 'wide_weights', inputDim: rows, outputDim: outputs, embeddingsInitializer: 'zeros' })
      .apply(places);
    const flat = one(layers.flatten({ name: 'wide_rows' }).apply(found));
    const hasBias = width === 0;
    sums.push(one(layers.dense({ ...fixed, name: 'wide_sum', units: outputs, useBias: hasBias }).apply(flat)));
    weights.set('wide_places', () => [eye(groups), tensor(groupStarts(info))]);
    weights.set('wide_weights', () => [tensor(withRowsForNothing(info, wide, outputs), [rows, outputs])]);
    weights.set('wide_sum', () => [tile(eye(outputs), [groups, 1]), ...(hasBias ? [tensor(head.bias)] : [])]);
  }
  const sum = sums.length === 1 ? sums[0] : one(layers.add({ name: 'sum' }).apply(sums));
  const output = one(layers.activation({ name: 'output', activation: ACTIVATIONS[info.task] }).apply(required(sum)));
  const built = model({ inputs, outputs: output, name: 'model' });
  tidy(() => {
    for (const [name, values] of weights) built.getLayer(name).setWeights(values());
  });
  return built;
}

/** Random first weights would be overwritten. */
const blank = { kernelInitializer: 'zeros' } as const;

/** Where the rows of each group begin in the embedding; each has one row more than it is deep, for nothing. */
function groupStarts({ wide }: Pick<ModelInfo, 'wide'>): Float32Array {
  let start = 0;
  return Float32Array.from(wide, ({ depth }) => {
    const here = start;
    start += depth + 1;
    return here;
  });
}

function withRowsForNothing(info: Pick<ModelInfo, 'wide'>, wide: Float32Array, outputs: number): Float32Array {
  const table = new Float32Array((wideDepthOf(info) + info.wide.length) * outputs);
  let from = 0;
  let to = 0;
  for (const { depth } of info.wide) {
    table.set(wide.subarray(from, from + depth * outputs), to);
    from += depth * outputs;
    to += (depth + 1) * outputs;
  }
  return table;
}

function one(tensors: Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
  const single = Array.isArray(tensors) ? tensors[0] : tensors;
  // A layer that is applied to a symbol gives one; the declaration of `apply` cannot say so.
  if (single === undefined || !('sourceLayer' in single)) throw new TypeError('a layer gave no symbolic tensor');
  return single;
}

function required(sum: SymbolicTensor | undefined): SymbolicTensor {
  if (sum === undefined) throw new Error('a model needs a feature');
  return sum;
}
