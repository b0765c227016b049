/**
 * Sends the bytes of files chunk by chunk and goes on by itself after a lost connection: how far a file has come is asked
 * of the studio, never remembered here.
 */

import { AppError, fromErrorInfo, zErrorInfo } from '../../lib/errors';
import { CHUNK_BYTES, uploadProgress, type Upload } from '../../lib/upload/upload';
import * as z from 'zod';

const zChunkAnswer = z.object({ receivedBytes: z.number() });
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;

/** What sending needs beside the files. */
export type Sending = {
  readonly signal: AbortSignal;
  /** Asks how far the upload has come. */
  readonly ask: () => Promise<Upload>;
  readonly onProgress: (received: number) => void;
  /** Called when the connection is lost, and with undefined when it is back. */
  readonly onLost: (sinceMs: number | undefined) => void;
};

/** Sends what is missing of an upload. Throws an {@link AppError} where the studio refuses, `canceled` when the signal aborts. */
export async function sendFiles(upload: Upload, files: readonly File[], sending: Sending): Promise<void> {
  let state = upload;
  for (const [index, file] of files.entries()) {
    let offset = state.files[index]?.receivedBytes ?? 0;
    while (offset < file.size) {
      const received = await sendChunk({ upload: state, index, offset }, file, sending);
      if (received === undefined) {
        state = await persist(sending.ask, sending);
        offset = state.files[index]?.receivedBytes ?? 0;
      } else offset = received;
      const others = uploadProgress({ files: state.files.filter((_, each) => each !== index) }).received;
      sending.onProgress(others + offset);
    }
    state = {
      ...state,
      files: state.files.map((each, at) => (at === index ? { ...each, receivedBytes: offset } : each)),
    };
  }
}

type Place = { readonly upload: Upload; readonly index: number; readonly offset: number };

/** How many bytes of the file are there now; undefined where that has to be asked: the connection broke, or offsets differ. */
async function sendChunk(
  { upload, index, offset }: Place,
  file: File,
  { signal }: Sending,
): Promise<number | undefined> {
  // Read here and not by the browser's network process, so that a file that changed is told from a lost connection.
  const body = await readSlice(file, offset, offset + CHUNK_BYTES);
  const address = `/api/uploads/${upload.id}/${index}?offset=${offset}`;
  const response = await fetch(address, { method: 'PUT', body, signal }).catch(() => undefined);
  throwIfAborted(signal);
  const answer: unknown = await response?.json().catch(() => undefined);
  const received = zChunkAnswer.safeParse(answer).data?.receivedBytes;
  if (received !== undefined) return received;
  const refusal = zErrorInfo.safeParse(answer).data;
  if (refusal === undefined || refusal.code === 'conflict' || refusal.code === 'canceled') return undefined;
  throw fromErrorInfo(refusal);
}

/** Bytes of a file. Throws `invalid-input` where the browser may not read it any more. */
export async function readSlice(file: File, start: number, end: number): Promise<ArrayBuffer> {
  try {
    return await file.slice(start, end).arrayBuffer();
  } catch (cause) {
    throw new AppError('invalid-input', `${file.name} cannot be read any more: it was changed, moved or removed.`, {
      nextStep: 'Choose it again.',
      cause,
    });
  }
}

/** Asks again, with growing pauses, for as long as there is no answer. An answer, even a refusal, ends it. */
export async function persist<T>(
  ask: () => Promise<T>,
  { signal, onLost }: Pick<Sending, 'signal' | 'onLost'>,
): Promise<T> {
  let lostAt: number | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    throwIfAborted(signal);
    try {
      const answer = await ask();
      if (lostAt !== undefined) onLost(undefined);
      return answer;
    } catch (error) {
      if (isAnswer(error)) throw error;
      lostAt ??= Date.now();
      onLost(lostAt);
      await pause(pauseMs, signal);
    }
  }
}

/** True where the studio answered, if only with a refusal. */
function isAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  return 'data' in error && typeof error.data === 'object' && error.data !== null;
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('canceled', 'The upload was canceled.');
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
