import '@tensorflow/tfjs-backend-cpu';

import {
  matMul,
  mean,
  memory,
  setBackend,
  square,
  tensor,
  tensor1d,
  tidy,
  unsortedSegmentSum,
  variableGrads,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { initializers, input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startTensorFlow } from '../backend';

/** A number from −1 to 1 that depends on its place alone. */
const noise = (index: number): number => ((index * 7919) % 1009) / 504.5 - 1;
const matrix = (rows: number, columns: number, from = 0): Tensor =>
  tensor(
    Float32Array.from({ length: rows * columns }, (_, index) => noise(index + from)),
    [rows, columns],
  );

const scalarMean = (values: Tensor): Scalar => mean(values);

async function onBoth(compute: () => Tensor | Tensor[]): Promise<{ cpu: Float32Array[]; wasm: Float32Array[] }> {
  const on = async (backend: string): Promise<Float32Array[]> => {
    await setBackend(backend);
    const results = tidy(() => [compute()].flat());
    const values = await Promise.all(results.map(async (result) => Float32Array.from(await result.data())));
    for (const result of results) result.dispose();
    return values;
  };
  return { cpu: await on('cpu'), wasm: await on('wasm') };
}

function expectSame({ cpu, wasm }: { cpu: Float32Array[]; wasm: Float32Array[] }): void {
  expect(wasm.map(({ length }) => length)).toEqual(cpu.map(({ length }) => length));
  for (const [index, values] of cpu.entries())
    for (const [place, value] of values.entries())
      expect(Math.abs((wasm[index]?.[place] ?? Number.NaN) - value)).toBeLessThanOrEqual(
        1e-5 * Math.max(1, Math.abs(value)),
      );
}

beforeAll(startTensorFlow);
afterEach(() => setBackend('wasm'));

describe('the kernels of the wasm backend', () => {
  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('multiply matrices as the cpu does, transposed or not (%s, %s)', async (transposeA, transposeB) => {
    expectSame(
      await onBoth(() => {
        const a = transposeA ? matrix(17, 33) : matrix(33, 17);
        const b = transposeB ? matrix(29, 17, 5) : matrix(17, 29, 5);
        return matMul(a, b, transposeA, transposeB);
      }),
    );
  });

  it('add up segments as the cpu does, leaving out what has no number', async () => {
    expectSame(await onBoth(() => unsortedSegmentSum(matrix(7, 3), tensor1d([0, 4, 4, -1, 2, 0, 4], 'int32'), 6)));
  });

  it('train a model with an embedding with the gradients of the cpu', async () => {
    expectSame(
      await onBoth(() => {
        const deep = input({ shape: [3] });
        const wide = input({ shape: [2], dtype: 'int32' });
        const seeded = (seed: number) => initializers.glorotUniform({ seed });
        const hidden = layers.dense({ units: 5, activation: 'relu', kernelInitializer: seeded(1) }).apply(deep);
        const found = layers.embedding({ inputDim: 9, outputDim: 4, embeddingsInitializer: seeded(2) }).apply(wide);
        const joined = layers.concatenate().apply([hidden, layers.flatten().apply(found)] as SymbolicTensor[]);
        const output = layers.dense({ units: 1, kernelInitializer: seeded(3) }).apply(joined) as SymbolicTensor;
        const network = model({ inputs: [deep, wide], outputs: output });
        const rows = tensor([0, 8, 3, 3, 8, 1], [3, 2], 'int32');
        const { value, grads } = variableGrads(() => {
          const predicted = network.apply([matrix(3, 3), rows], { training: true });
          return scalarMean(square(predicted as Tensor));
        });
        const ordered = network.trainableWeights.map((weight) => grads[weight.name] ?? value);
        network.dispose();
        return [value, ...ordered];
      }),
    );
  });

  it('leave no tensor and no data behind', () => {
    const counts = () => [memory().numTensors, memory().numDataBuffers];
    const before = counts();
    tidy(() => {
      matMul(matrix(4, 6), matrix(4, 5), true, false);
      unsortedSegmentSum(matrix(4, 6), tensor1d([0, 1, 1, 0], 'int32'), 2);
    });
    expect(counts()).toEqual(before);
  });
});
