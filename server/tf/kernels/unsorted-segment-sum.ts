/** The gradient of an embedding, which the wasm backend lacks: without it no model with an embedding can be trained there. */

import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, UnsortedSegmentSum, type KernelFunc } from '@tensorflow/tfjs-core';

/** Registers the kernel for the backend `wasm`. */
export function registerUnsortedSegmentSum(): void {
  registerKernel({ kernelName: UnsortedSegmentSum, backendName: 'wasm', kernelFunc: unsortedSegmentSum });
}

/** Adds the rows of `x` that have the same number; a negative number leaves its row out. One pass over the rows. */
const unsortedSegmentSum: KernelFunc = ({ inputs: { x, segmentIds }, attrs, backend }) => {
  const segments = attrs?.['numSegments'];
  if (!(backend instanceof BackendWasm) || x === undefined || segmentIds === undefined || typeof segments !== 'number')
    throw new Error('UnsortedSegmentSum was called without its inputs');
  const inner = x.shape.slice(segmentIds.shape.length);
  const width = inner.reduce((size, length) => size * length, 1);
  const output = backend.makeOutput([segments, ...inner], x.dtype);
  // Memory may have moved while the output was made: views are taken afterwards.
  const sums = backend.typedArrayFromHeap(output);
  const values = backend.typedArrayFromHeap(x);
  const ids = backend.typedArrayFromHeap(segmentIds);
  sums.fill(0);
  for (const [row, id] of ids.entries()) {
    if (id < 0 || id >= segments) continue;
    for (let column = 0; column < width; column++) {
      const place = id * width + column;
      sums[place] = (sums[place] ?? 0) + (values[row * width + column] ?? 0);
    }
  }
  return output;
};
