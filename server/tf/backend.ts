/** TensorFlow.js on WebAssembly in Node: started once per process, with our kernels where its own are missing or slow. */

import { createRequire } from 'node:module';
import path from 'node:path';

import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';

import { quickenBatchMatMul } from './kernels/batch-mat-mul';
import { registerUnsortedSegmentSum } from './kernels/unsorted-segment-sum';

let started: Promise<void> | undefined;

/** Makes `wasm` the backend of this process. Further calls wait for the first. */
export function startTensorFlow(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${path.dirname(entry)}/`);
  if (!(await setBackend('wasm'))) throw new Error('the backend "wasm" of TensorFlow.js does not start here');
  await ready();
  registerUnsortedSegmentSum();
  quickenBatchMatMul();
}
