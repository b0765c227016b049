/**
 * Takes the next bytes of a file. What has arrived is what the file's size says, so that a connection that breaks in the
 * middle of a chunk loses nothing and needs no bookkeeping: whoever comes back asks where to go on.
 */

import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import type { UploadId } from '../../lib/ids';
import { requireUpload, type UploadDescription } from './upload-folder';
import { toUploadError } from './upload-error';

/** The next bytes of a file of an upload. */
export type Chunk = {
  readonly id: UploadId;
  /** Which file of the upload, from 0. */
  readonly file: number;
  /** Where the bytes belong: as many as have arrived. */
  readonly offset: number;
  readonly bytes: AsyncIterable<Uint8Array>;
};

/** What a writer of a file holds while it writes; the next one ends it first. */
type Writer = { readonly stop: AbortController; readonly ended: Promise<void> };
/** The digest of what has been written, for as long as this process sees every byte of it. */
type RunningDigest = { readonly hash: Hash; bytes: number };

type State = { readonly writers: Map<string, Writer>; readonly digests: Map<string, RunningDigest> };
/** One table for all copies of this module that a bundler makes. */
const KEY = Symbol.for('sluice.web.uploads');
const holder = globalThis as typeof globalThis & { [KEY]?: State };
const state = (): State => (holder[KEY] ??= { writers: new Map(), digests: new Map() });

/**
 * Appends a chunk as it comes and returns how many bytes of the file are there now. A second sender takes over from the
 * first, whose connection is dead more often than not. Throws `conflict` where the offset is not where the file ends,
 * `invalid-input` beyond its announced size, and what {@link toUploadError} makes of the disk. What was written stays.
 */
export async function receiveChunk(root: string, chunk: Chunk): Promise<number> {
  const { folder, file } = await requireFile(root, chunk);
  const place = path.join(folder, file.storedName);
  const before = state().writers.get(place);
  before?.stop.abort();
  await before?.ended;

  const stop = new AbortController();
  const writing = write(place, { chunk, file, stop: stop.signal });
  const ended = writing.then(ignore, ignore);
  state().writers.set(place, { stop, ended });
  try {
    return await writing;
  } catch (error) {
    throw toUploadError(error, file.name);
  } finally {
    if (state().writers.get(place)?.stop === stop) state().writers.delete(place);
  }
}

/** Ends whoever writes into a folder, and forgets what was known of its files. */
export async function stopWriters(folder: string): Promise<void> {
  for (const [place, writer] of state().writers) {
    if (path.dirname(place) !== folder) continue;
    writer.stop.abort();
    await writer.ended;
  }
  for (const place of state().digests.keys()) if (path.dirname(place) === folder) state().digests.delete(place);
}

/** SHA-256 of a file in hex, if every byte of it passed through this process; undefined otherwise. */
export function digestAsReceived(place: string, sizeBytes: number): string | undefined {
  const running = state().digests.get(place);
  return running?.bytes === sizeBytes ? running.hash.copy().digest('hex') : undefined;
}

type Target = {
  readonly chunk: Chunk;
  readonly file: UploadDescription['files'][number];
  readonly stop: AbortSignal;
};

async function write(place: string, { chunk, file, stop }: Target): Promise<number> {
  const handle = await open(place, 'a', 0o600);
  try {
    let size = (await handle.stat()).size;
    if (size !== chunk.offset) {
      throw new AppError('conflict', `${file.name} has ${size} bytes here, not ${chunk.offset}.`, {
        nextStep: 'Ask how far it has come and go on there.',
      });
    }
    for await (const bytes of untilStopped(chunk.bytes, stop)) {
      if (size + bytes.length > file.sizeBytes) {
        throw new AppError('invalid-input', `${file.name} has more bytes than were announced: it changed meanwhile.`, {
          nextStep: 'Cancel the upload and choose the file again.',
        });
      }
      await writeAll(handle, bytes);
      keepDigest(place, size, bytes);
      size += bytes.length;
    }
    return size;
  } finally {
    await handle.close();
  }
}

/** Ends at once when it is stopped: a dead connection would give its next bytes never. */
async function* untilStopped(bytes: AsyncIterable<Uint8Array>, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  const stopped = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => {
      reject(new AppError('canceled', 'Another connection goes on with this file, or the upload was canceled.'));
    });
  });
  stopped.catch(ignore);
  try {
    for (;;) {
      const next = await Promise.race([source.next(), stopped]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a source that waits for a dead connection ends with that connection.
    source.return?.().catch(ignore);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

function keepDigest(place: string, offset: number, bytes: Uint8Array): void {
  const { digests } = state();
  if (offset === 0) digests.set(place, { hash: createHash('sha256'), bytes: 0 });
  const running = digests.get(place);
  if (running?.bytes !== offset) return;
  running.hash.update(bytes);
  running.bytes += bytes.length;
}

async function requireFile(root: string, { id, file: index }: Chunk) {
  const { folder, description, isFinished } = await requireUpload(root, id);
  const file = description.files[index];
  if (file === undefined) throw new AppError('not-found', `The upload has no file ${index}.`);
  if (isFinished) throw new AppError('conflict', `${file.name} is uploaded already.`);
  return { folder, file };
}

function ignore(): void {
  // How a writer ended is told to whoever sent it; others only wait for it.
}
