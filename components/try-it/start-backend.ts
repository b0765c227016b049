import { ready, setBackend } from '@tensorflow/tfjs-core';

import { AppError } from '../../lib/errors';
import type { BackendName } from './model-messages';

/**
 * Starts TensorFlow.js: on WebAssembly, whose files lie at `wasmAddress` (with a slash at its end), else on plain
 * JavaScript. Throws `unsupported` where neither starts.
 */
export async function startBackend(wasmAddress: string): Promise<BackendName> {
  if (typeof WebAssembly === 'object' && (await startWasm(wasmAddress).catch(() => false))) return 'wasm';
  try {
    await import('@tensorflow/tfjs-backend-cpu');
    if (await setBackend('cpu')) {
      await ready();
      return 'cpu';
    }
  } catch (cause) {
    throw refused(cause);
  }
  throw refused(undefined);
}

async function startWasm(wasmAddress: string): Promise<boolean> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(wasmAddress);
  if (!(await setBackend('wasm'))) return false;
  await ready();
  return true;
}

function refused(cause: unknown): AppError {
  return new AppError('unsupported', 'This browser cannot run the model: TensorFlow.js does not start in it.', {
    nextStep: 'Use "sluice models predict" on the command line, or a newer browser.',
    cause,
  });
}
