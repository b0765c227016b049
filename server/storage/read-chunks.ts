import { open } from 'node:fs/promises';

import { AppError } from '../../lib/errors';
import { toSourceError } from './source-files';

/** Bytes of a chunk: large enough to make the reads free, small enough to answer a cancel within milliseconds. */
const CHUNK_BYTES = 1_048_576;

/**
 * The bytes of a file, a chunk at a time, always full but for the last one. The chunk is used again for the next one.
 * Throws `canceled` between two chunks once `signal` aborts.
 */
export async function* readChunks(filePath: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(filePath).catch((error: unknown) => {
    throw toSourceError(error, filePath);
  });
  try {
    const buffer = new Uint8Array(CHUNK_BYTES);
    for (;;) {
      if (signal.aborted) throw new AppError('canceled', 'The work was stopped before it was complete.');
      let filled = 0;
      while (filled < CHUNK_BYTES) {
        const { bytesRead } = await file.read(buffer, filled, CHUNK_BYTES - filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      if (filled === 0) return;
      yield buffer.subarray(0, filled);
    }
  } finally {
    await file.close();
  }
}
