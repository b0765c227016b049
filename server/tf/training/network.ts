/**
 * A network of relu layers with a sparse wide part, and one step of its training: forward, backward, optimizer. Weights,
 * gradients and activations lie in one memory of WebAssembly. Layers are padded to a multiple of four units; what pads is
 * zero and stays so.
 */

import type { ModelTask } from '../../../lib/artifact/model-info';
import { AppError } from '../../../lib/errors';
import { fillGlorotUniform, randomStream } from '../../../lib/model/training-chance';
import type { DenseWeights, TrainedWeights } from '../layers-model';
import { addLoss, type LossSums } from './loss';
import { BETA_1, BETA_2, biasCorrection, EPSILON, type Optimizer } from './optimizer';
import { bindKernels, type Kernels } from './wasm-kernels';
import { WideTable } from './wide-table';

/** What a network looks like. */
export type NetworkShape = {
  readonly task: ModelTask;
  readonly deepWidth: number;
  /** Units of the relu layers. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** Rows of the wide part's table; 0 without. */
  readonly wideRows: number;
  readonly wideGroups: number;
  /** Most rows of a batch. */
  readonly maxRows: number;
};

/** Rows for a step. Their deep inputs were written to {@link Network.inputs}. */
export type Batch = {
  readonly rows: number;
  /** `wideGroups` rows of the table for each row; below zero for nothing. */
  readonly places: Int32Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
};

/** Places are in bytes. */
type Layer = {
  readonly inputs: number;
  readonly units: number;
  /** Units with padding. */
  readonly width: number;
  readonly kernel: number;
  readonly bias: number;
  readonly output: number;
  readonly outputGradient: number;
};

const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** See the module. */
export class Network {
  /** Deep inputs of a batch, row by row: written before a step. */
  readonly inputs: Float32Array;
  private readonly layers: readonly Layer[];
  private readonly floats: Float32Array<ArrayBuffer>;
  private readonly kernels: Kernels;
  private readonly wide: WideTable;
  private readonly regions: Readonly<Record<'weights' | 'gradients' | 'first' | 'second', number>>;
  private readonly weightCount: number;
  private readonly one: number;
  private readonly turned: number;
  private readonly inputPlace: number;
  private readonly head: Layer;
  /** Steps that were taken. */
  private steps = 0;

  constructor(
    private readonly shape: NetworkShape,
    private readonly optimizer: Optimizer,
  ) {
    // A model of a wide part alone has one deep input that is always zero.
    const width = Math.max(1, shape.deepWidth);
    let end = 16;
    const take = (count: number): number => {
      const place = end;
      end += Math.ceil(count / 4) * 16;
      return place;
    };
    this.one = take(1);
    const units = [...shape.hidden, shape.outputs];
    const sizes = units.map((count, index) => ({
      units: count,
      width: Math.ceil(count / 4) * 4,
      inputs: index === 0 ? width : Math.ceil((units[index - 1] ?? 0) / 4) * 4,
    }));
    this.weightCount = sizes.reduce((sum, size) => sum + (size.inputs + 1) * size.width, 0);
    this.regions = {
      weights: take(this.weightCount),
      gradients: take(this.weightCount),
      first: take(this.weightCount),
      second: take(this.weightCount),
    };
    this.inputPlace = take(shape.maxRows * width);
    let next = this.regions.weights;
    this.layers = sizes.map((size) => {
      const kernel = next;
      const bias = kernel + size.inputs * size.width * 4;
      next = bias + size.width * 4;
      return {
        ...size,
        kernel,
        bias,
        output: take(shape.maxRows * size.width),
        outputGradient: take(shape.maxRows * size.width),
      };
    });
    this.head = last(this.layers);
    this.turned = take(Math.max(...sizes.map((size) => size.inputs * size.width)));
    const memory = openMemory(end);
    this.kernels = bindKernels(memory);
    this.floats = new Float32Array(memory.buffer);
    this.floats[this.one / 4] = 1;
    this.inputs = this.view(this.inputPlace, shape.maxRows * width);
    this.wide = new WideTable({ rows: shape.wideRows, outputs: shape.outputs }, optimizer);
  }

  /** How many weights are trained. */
  get parameters(): number {
    const inputs = [this.shape.deepWidth, ...this.shape.hidden];
    const dense = this.layers.reduce((sum, { units }, index) => sum + ((inputs[index] ?? 0) + 1) * units, 0);
    return dense + this.shape.wideRows * this.shape.outputs;
  }

  /** Draws the first weights: glorot-uniform kernels, zero biases. The wide part counts as inputs of the last layer. */
  initialize(seed: number): void {
    for (const [index, layer] of this.layers.entries()) {
      const isHead = layer === this.head;
      const inputs = index === 0 ? this.shape.deepWidth : (this.shape.hidden[index - 1] ?? 0);
      const kernel = new Float32Array(inputs * layer.units);
      const fan = { fanIn: inputs + (isHead ? this.shape.wideRows : 0), fanOut: layer.units };
      fillGlorotUniform(kernel, fan, randomStream(seed, index));
      this.putKernel(layer, kernel);
      if (isHead) fillGlorotUniform(this.wide.weights, fan, randomStream(seed, index + 1));
    }
  }

  /** Takes one step and adds the batch's loss, as it was before the step, to `total`. */
  train(batch: Batch, total: LossSums): void {
    this.steps++;
    this.wide.prepare(batch.places, this.steps);
    this.forward(batch);
    const gradient = this.view(this.head.outputGradient, batch.rows * this.head.width);
    addLoss(total, this.outputsOf(batch), gradient);
    this.backward(batch.rows);
    const { learningRate, type } = this.optimizer;
    const { weights, gradients, first, second } = this.regions;
    if (type === 'sgd') this.kernels.descend(weights, gradients, this.weightCount, learningRate);
    else {
      const rate = learningRate * biasCorrection(this.steps);
      this.kernels.adam(weights, gradients, first, second, this.weightCount, rate, 1 - BETA_1, 1 - BETA_2, EPSILON);
    }
    this.wide.learn(gradient, this.head.width, { ...this.placesOf(batch), step: this.steps });
  }

  /** Adds the batch's loss to `total`, without learning from it. Call {@link settle} before. */
  evaluate(batch: Batch, total: LossSums): void {
    this.forward(batch);
    addLoss(total, this.outputsOf(batch));
  }

  /** Works out all weights of the wide part, which steps only touch where they must. */
  settle(): void {
    this.wide.settle(this.steps);
  }

  /** Everything that decides the further course, to be kept and put back. */
  state(): (Float32Array | Int32Array)[] {
    const { weights, first, second } = this.regions;
    const moments = this.optimizer.type === 'adam' ? [first, second] : [];
    return [...[weights, ...moments].map((place) => this.view(place, this.weightCount)), ...this.wide.state()];
  }

  /** Puts back the step whose {@link state} was written into the arrays. */
  resumeAt(steps: number): void {
    this.steps = steps;
  }

  /** The weights alone, to be copied or put back. */
  weights(): Float32Array[] {
    return [this.view(this.regions.weights, this.weightCount), this.wide.weights];
  }

  /** The weights as a model takes them. */
  trained(): TrainedWeights {
    const inputs = [this.shape.deepWidth, ...this.shape.hidden];
    const dense = this.layers.map((layer, index): DenseWeights => {
      const kernel = new Float32Array((inputs[index] ?? 0) * layer.units);
      for (let row = 0; row < (inputs[index] ?? 0); row++)
        kernel.set(this.view(layer.kernel + row * layer.width * 4, layer.units), row * layer.units);
      return { kernel, bias: this.view(layer.bias, layer.units).slice() };
    });
    return { hidden: dense.slice(0, -1), head: last(dense), wide: this.wide.weights.slice() };
  }

  /** The gradients of the dense layers after a step, for whoever compares them. */
  gradients(): readonly DenseWeights[] {
    const moved = this.regions.gradients - this.regions.weights;
    const inputs = [this.shape.deepWidth, ...this.shape.hidden];
    return this.layers.map((layer, index) => {
      const kernel = new Float32Array((inputs[index] ?? 0) * layer.units);
      for (let row = 0; row < (inputs[index] ?? 0); row++)
        kernel.set(this.view(layer.kernel + moved + row * layer.width * 4, layer.units), row * layer.units);
      return { kernel, bias: this.view(layer.bias + moved, layer.units).slice() };
    });
  }

  private view(place: number, count: number): Float32Array<ArrayBuffer> {
    return this.floats.subarray(place / 4, place / 4 + count);
  }

  private putKernel(layer: Layer, kernel: Float32Array): void {
    const rows = kernel.length / layer.units;
    for (let row = 0; row < rows; row++)
      this.view(layer.kernel + row * layer.width * 4, layer.units).set(
        kernel.subarray(row * layer.units, (row + 1) * layer.units),
      );
  }

  private placesOf({ places }: Batch): { readonly places: Int32Array; readonly groups: number } {
    return { places, groups: this.shape.wideGroups };
  }

  private outputsOf({ rows, labels, weights }: Batch) {
    const { task, outputs } = this.shape;
    const stride = this.head.width;
    return { task, outputs, stride, rows, labels, weights, sums: this.view(this.head.output, rows * stride) };
  }

  private forward(batch: Batch): void {
    let from = this.inputPlace;
    for (const { inputs, width, kernel, bias, output } of this.layers) {
      const stride = width * 4;
      this.kernels.multiply(output, bias, from, kernel, inputs, inputs * 4, 4, stride, stride, batch.rows, width);
      if (output !== this.head.output) this.kernels.relu(output, batch.rows * width);
      from = output;
    }
    const sums = this.view(this.head.output, batch.rows * this.head.width);
    this.wide.addTo(sums, this.head.width, this.placesOf(batch));
  }

  private backward(rows: number): void {
    const moved = this.regions.gradients - this.regions.weights;
    for (let index = this.layers.length - 1; index >= 0; index--) {
      const layer = this.layers[index] ?? this.head;
      const { inputs, width, kernel, bias, outputGradient } = layer;
      const below = index === 0 ? undefined : this.layers[index - 1];
      const from = below?.output ?? this.inputPlace;
      const stride = width * 4;
      this.kernels.multiply(
        kernel + moved,
        0,
        from,
        outputGradient,
        rows,
        4,
        inputs * 4,
        stride,
        stride,
        inputs,
        width,
      );
      this.kernels.multiply(bias + moved, 0, this.one, outputGradient, rows, 0, 0, stride, stride, 1, width);
      if (below === undefined) continue;
      this.turn(layer);
      const target = below.outputGradient;
      const narrow = inputs * 4;
      this.kernels.multiply(target, 0, outputGradient, this.turned, width, stride, 4, narrow, narrow, rows, inputs);
      this.kernels.reluGradient(target, below.output, rows * inputs);
    }
  }

  /** Writes the kernel of a layer with rows and columns exchanged. */
  private turn({ inputs, width, kernel }: Layer): void {
    const from = kernel / 4;
    const to = this.turned / 4;
    for (let row = 0; row < inputs; row++)
      for (let column = 0; column < width; column++)
        this.floats[to + column * inputs + row] = this.floats[from + row * width + column] ?? 0;
  }
}

function openMemory(bytes: number): WebAssembly.Memory {
  const initial = Math.ceil(bytes / PAGE);
  try {
    if (initial <= MOST_PAGES) return new WebAssembly.Memory({ initial, maximum: initial });
  } catch {
    // Said below.
  }
  throw new AppError('invalid-input', `Training needs ${Math.ceil(bytes / 1_048_576)} MB for weights and batch.`, {
    nextStep: 'Take a smaller batchSize or fewer hiddenUnits.',
  });
}

function last<T>(items: readonly T[]): T {
  const item = items.at(-1);
  if (item === undefined) throw new Error('a network has at least its last layer');
  return item;
}
