import {
  abs,
  cast,
  log,
  mean,
  neg,
  oneHot,
  sub,
  sum,
  mul,
  reshape,
  square,
  tensor,
  tidy,
  variableGrads,
  type Scalar,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';

import type { ModelTask } from '../../../lib/artifact/model-info';
import { randomStream } from '../../../lib/model/training-chance';
import { startTensorFlow } from '../backend';
import { buildLayers } from '../layers-model';
import { noLoss } from './loss';
import { Network, type Batch, type NetworkShape } from './network';
import { BETA_1, BETA_2, EPSILON } from './optimizer';

const DEPTHS = [5, 3, 40];
const STARTS = [0, 5, 8];
const ROWS = 13;

type World = {
  readonly task: ModelTask;
  readonly outputs: number;
  readonly deepWidth: number;
  readonly hidden: number[];
  readonly groups: number;
};

function shapeOf({ task, outputs, deepWidth, hidden, groups }: World): NetworkShape {
  const wideRows = DEPTHS.slice(0, groups).reduce((total, depth) => total + depth, 0);
  return { task, outputs, deepWidth, hidden, wideRows, wideGroups: groups, maxRows: ROWS };
}

function drawBatch(world: World, step: number): Batch & { readonly deep: Float32Array; readonly wide: Int32Array } {
  const random = randomStream(11, step);
  const deep = Float32Array.from({ length: ROWS * world.deepWidth }, () => random.number() * 4 - 2);
  // Some index is nothing; the long group is hit rarely, so that most of its rows wait for many steps.
  const wide = Int32Array.from({ length: ROWS * world.groups }, (_, at) => {
    const depth = DEPTHS[at % world.groups] ?? 1;
    return Math.min(depth, Math.floor(random.number() ** 3 * (depth + 1)));
  });
  const places = wide.map((index, at) => {
    const group = at % world.groups;
    return index === DEPTHS[group] ? -1 : (STARTS[group] ?? 0) + index;
  });
  const classes = world.task === 'multi-class' ? world.outputs : 2;
  const labels = Float64Array.from({ length: ROWS }, () =>
    world.task === 'regression' ? random.number() * 3 : Math.floor(random.number() * classes),
  );
  const weights = Float64Array.from({ length: ROWS }, () => random.number() * 2);
  return { rows: ROWS, deep, wide, places, labels, weights };
}

function layersOf(world: World, network: Network): LayersModel {
  const deep = world.deepWidth === 0 ? [] : [{ feature: 'deep', width: world.deepWidth }];
  const wide = DEPTHS.slice(0, world.groups).map((depth, group) => ({ feature: `wide_${group}`, depth }));
  const model = buildLayers({ task: world.task, deep, wide }, network.trained());
  // Alone, the wide part has the bias in a layer whose kernel is fixed.
  if (world.deepWidth === 0) model.getLayer('wide_sum').trainable = true;
  return model;
}

/** The mean of weight × loss by TensorFlow.js, and its gradients by the names of the weights. */
function lossAndGradients(world: World, model: LayersModel, batch: ReturnType<typeof drawBatch>) {
  // Without the list the tape would also ask for the gradient of an index.
  const trained = model.trainableWeights.map((weight) => weight.read() as Variable);
  return variableGrads((): Scalar => {
    const inputs = model.inputNames.map((name) =>
      name === 'deep' ? tensor(batch.deep, [ROWS, world.deepWidth]) : tensor(batch.wide, [ROWS, world.groups], 'int32'),
    );
    const outputs = model.apply(inputs) as Tensor;
    const labels = tensor(Float32Array.from(batch.labels), [ROWS]);
    const column = outputs.shape[1] === 1 ? reshape(outputs, [ROWS]) : outputs;
    const losses =
      world.task === 'regression'
        ? square(sub(column, labels))
        : world.task === 'multi-class'
          ? neg(sum(mul(oneHot(cast(labels, 'int32'), world.outputs), log(outputs)), 1))
          : neg(log(abs(sub(sub(1, labels), column))));
    return mean(mul(losses, tensor(Float32Array.from(batch.weights), [ROWS])));
  }, trained);
}

const WORLDS: readonly (World & { readonly name: string })[] = [
  { name: 'binary, wide and deep', task: 'binary', outputs: 1, deepWidth: 3, hidden: [10, 7, 5], groups: 3 },
  { name: 'multi-class, wide and deep', task: 'multi-class', outputs: 3, deepWidth: 2, hidden: [6], groups: 2 },
  { name: 'regression, deep alone', task: 'regression', outputs: 1, deepWidth: 5, hidden: [9, 8], groups: 0 },
  { name: 'binary, wide alone', task: 'binary', outputs: 1, deepWidth: 0, hidden: [], groups: 3 },
  { name: 'multi-class, linear in both', task: 'multi-class', outputs: 5, deepWidth: 4, hidden: [], groups: 1 },
];

beforeAll(startTensorFlow);

describe.each(WORLDS)('a network ($name)', (world) => {
  it('has the loss and the gradients of TensorFlow.js', async () => {
    const network = new Network(shapeOf(world), { type: 'sgd', learningRate: 0 });
    network.initialize(3);
    const batch = drawBatch(world, 0);
    const model = layersOf(world, network);
    const { value, grads } = lossAndGradients(world, model, batch);
    network.inputs.set(batch.deep);
    const total = noLoss();
    network.train(batch, total);
    expect(total.loss / ROWS).toBeCloseTo((await value.data())[0] ?? Number.NaN, 5);
    const names = [...world.hidden.map((_, index) => `hidden_${index + 1}`), 'deep_sum'];
    for (const [index, { kernel, bias }] of network.gradients().entries()) {
      if (world.deepWidth === 0) continue;
      for (const [part, ours] of [
        ['kernel', kernel],
        ['bias', bias],
      ] as const) {
        const theirs = Object.entries(grads).find(([name]) => name.startsWith(`${names[index] ?? ''}/${part}`))?.[1];
        const values = await theirs?.data();
        expect(values).toHaveLength(ours.length);
        for (const [at, slope] of ours.entries())
          expect(Math.abs(slope - (values?.[at] ?? Number.NaN))).toBeLessThan(1e-5);
      }
    }
    for (const slope of Object.values(grads)) slope.dispose();
    value.dispose();
    model.dispose();
  });

  it('goes the way of dense Adam as Keras has it, with the gradients of TensorFlow.js', async () => {
    const learningRate = 0.01;
    const network = new Network(shapeOf(world), { type: 'adam', learningRate });
    network.initialize(3);
    const model = layersOf(world, network);
    const moments = new Map<string, { first: Float64Array; second: Float64Array; weight: Float64Array }>();
    for (let step = 1; step <= 40; step++) {
      const batch = drawBatch(world, step);
      const { value, grads } = lossAndGradients(world, model, batch);
      for (const variable of model.trainableWeights) {
        const slope = grads[variable.name];
        if (slope === undefined || variable.originalName.startsWith('wide_sum/kernel')) continue;
        const slopes = await slope.data();
        const zeros = () => new Float64Array(slopes.length);
        const known = moments.get(variable.name) ?? {
          first: zeros(),
          second: zeros(),
          weight: Float64Array.from(await variable.read().data()),
        };
        moments.set(variable.name, known);
        const rate = (learningRate * Math.sqrt(1 - BETA_2 ** step)) / (1 - BETA_1 ** step);
        for (const [at, g] of slopes.entries()) {
          if (isRowForNothing(variable.originalName, Math.floor(at / world.outputs), world.groups)) continue;
          known.first[at] = BETA_1 * (known.first[at] ?? 0) + (1 - BETA_1) * g;
          known.second[at] = BETA_2 * (known.second[at] ?? 0) + (1 - BETA_2) * g * g;
          known.weight[at] =
            (known.weight[at] ?? 0) - (rate * (known.first[at] ?? 0)) / (Math.sqrt(known.second[at] ?? 0) + EPSILON);
        }
        tidy(() => void variable.write(tensor(Float32Array.from(known.weight), variable.shape as number[])));
        slope.dispose();
      }
      value.dispose();
      network.inputs.set(batch.deep);
      network.train(batch, noLoss());
    }
    network.settle();
    const ours = layersOf(world, network);
    for (const variable of ours.trainableWeights) {
      const theirs = model.trainableWeights.find(({ originalName }) => originalName === variable.originalName);
      const [mine = [], reference = []] = [await variable.read().data(), await theirs?.read().data()];
      expect(mine).toHaveLength(reference.length);
      for (const [at, weight] of mine.entries()) {
        expect(Math.abs(weight - (reference[at] ?? Number.NaN))).toBeLessThan(1e-4);
      }
    }
    ours.dispose();
    model.dispose();
  });
});

/** TensorFlow.js trains the row that stands for nothing, which is no weight of ours. */
function isRowForNothing(name: string, row: number, groups: number): boolean {
  if (!name.startsWith('wide_weights')) return false;
  let end = 0;
  for (const depth of DEPTHS.slice(0, groups)) {
    end += depth;
    if (row === end) return true;
    end += 1;
  }
  return false;
}
