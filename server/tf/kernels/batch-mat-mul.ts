/**
 * The wasm backend multiplies fast only what is not transposed, and both gradients of a dense layer are: transposing first
 * costs a copy and gains a factor of seven and more.
 */

import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  BatchMatMul,
  getKernel,
  registerKernel,
  Transpose,
  unregisterKernel,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** Replaces the kernel of the backend `wasm`, which must have been started. */
export function quickenBatchMatMul(): void {
  const original = getKernel(BatchMatMul, 'wasm');
  const transpose = getKernel(Transpose, 'wasm').kernelFunc;
  const kernelFunc: KernelFunc = (call) => {
    const { a, b } = call.inputs;
    const { transposeA = false, transposeB = false } = call.attrs ?? {};
    const isPlain = (transposeA === false && transposeB === false) || !isMatrix(a) || !isMatrix(b);
    if (isPlain || !(call.backend instanceof BackendWasm)) return original.kernelFunc(call);
    const { backend } = call;
    const temporary: TensorInfo[] = [];
    const upright = (matrix: TensorInfo): TensorInfo => {
      const turned = transpose({ inputs: { x: matrix }, attrs: { perm: turn(matrix) }, backend });
      if (Array.isArray(turned)) throw new TypeError('Transpose gave more than one tensor');
      temporary.push(turned);
      return turned;
    };
    const inputs = { a: transposeA === true ? upright(a) : a, b: transposeB === true ? upright(b) : b };
    const product = original.kernelFunc({
      inputs,
      attrs: { ...call.attrs, transposeA: false, transposeB: false },
      backend,
    });
    for (const { dataId } of temporary) backend.disposeData(dataId);
    return product;
  };
  unregisterKernel(BatchMatMul, 'wasm');
  registerKernel({ ...original, kernelFunc });
}

/** Two dimensions, or three of which the first is one. */
function isMatrix(tensor: TensorInfo | undefined): tensor is TensorInfo {
  if (tensor === undefined || tensor.dtype !== 'float32') return false;
  const { length } = tensor.shape;
  return length === 2 || (length === 3 && tensor.shape[0] === 1);
}

function turn({ shape: { length } }: TensorInfo): number[] {
  return length === 2 ? [1, 0] : [0, 2, 1];
}
