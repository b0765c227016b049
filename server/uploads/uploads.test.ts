import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { AppError } from '../../lib/errors';
import type { OfferedFile } from '../../lib/upload/upload';
import { newId } from '../db/new-id';
import { tempFolder } from '../testing/temp-folder';
import { addHeader } from './add-header';
import { discardUpload, finishUpload, listUnfinished } from './finish-upload';
import { receiveChunk } from './receive-chunk';
import { startUpload } from './start-upload';

const LIMIT = 1_000_000;
const TEXT = 'a,b\n1,2\n3,4\n';

function offer(name: string, text = TEXT): OfferedFile {
  return { name, sizeBytes: Buffer.byteLength(text), modifiedAtMs: 1_700_000_000_000 };
}

async function* bytesOf(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

/** Gives its bytes, then nothing more for ever. `written` settles when they have been taken. */
function deadConnection(text: string) {
  let told: () => void = () => undefined;
  const written = new Promise<void>((resolve) => {
    told = resolve;
  });
  async function* give(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
    told();
    await new Promise(() => undefined);
  }
  return { bytes: give(), written };
}

function uploads() {
  const home = tempFolder();
  const root = path.join(home.path, 'uploads');
  const start = (files: readonly OfferedFile[]) => startUpload({ root, limitBytes: LIMIT }, files);
  return { root, start, [Symbol.dispose]: () => home[Symbol.dispose]() };
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error('it was not refused', { cause: error });
}

describe('an upload', () => {
  it('comes to its place under its own name, whole and with its digest', async () => {
    using place = uploads();
    const { id, files } = await place.start([offer('trips.csv')]);
    expect(files).toMatchObject([{ name: 'trips.csv', receivedBytes: 0 }]);
    expect(readdirSync(place.root)).toEqual([`${id}.tmp`]);
    expect(await receiveChunk(place.root, { id, file: 0, offset: 0, bytes: bytesOf('a,b\n', '1,') })).toBe(6);
    expect(await receiveChunk(place.root, { id, file: 0, offset: 6, bytes: bytesOf('2\n3,4\n') })).toBe(12);
    const { upload, folder, known } = await finishUpload(place.root, id);
    expect(upload.state).toBe('finished');
    expect(readdirSync(place.root)).toEqual([`trips-${id}`]);
    expect(folder).toBe(path.join(place.root, `trips-${id}`));
    expect(readFileSync(path.join(folder, 'trips.csv'), 'utf8')).toBe(TEXT);
    expect(known).toMatchObject([{ digest: createHash('sha256').update(TEXT).digest('hex') }]);
    expect((await finishUpload(place.root, id)).folder).toBe(folder);
  });

  it('goes on where a broken connection stopped, even within a chunk', async () => {
    using place = uploads();
    const { id } = await place.start([offer('trips.csv')]);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b\n1');
      throw new Error('the connection broke');
    }
    await expect(receiveChunk(place.root, { id, file: 0, offset: 0, bytes: broken() })).rejects.toThrow('broke');
    const again = await place.start([offer('trips.csv')]);
    expect(again).toMatchObject({ id, files: [{ receivedBytes: 5 }] });
    await receiveChunk(place.root, { id, file: 0, offset: 5, bytes: bytesOf(TEXT.slice(5)) });
    const { folder } = await finishUpload(place.root, id);
    expect(readFileSync(path.join(folder, 'trips.csv'), 'utf8')).toBe(TEXT);
  });

  it('refuses bytes that do not follow what is there, and keeps what is there', async () => {
    using place = uploads();
    const { id } = await place.start([offer('trips.csv')]);
    await receiveChunk(place.root, { id, file: 0, offset: 0, bytes: bytesOf('a,b\n') });
    const error = await refusal(receiveChunk(place.root, { id, file: 0, offset: 2, bytes: bytesOf('x') }));
    expect(error).toMatchObject({ code: 'conflict', message: 'trips.csv has 4 bytes here, not 2.' });
    const beyond = receiveChunk(place.root, { id, file: 0, offset: 4, bytes: bytesOf('0123456789') });
    expect((await refusal(beyond)).message).toContain('more bytes than were announced');
    expect(readFileSync(path.join(place.root, `${id}.tmp`, 'trips.csv'), 'utf8')).toBe('a,b\n');
    expect((await refusal(finishUpload(place.root, id))).message).toBe('trips.csv is not whole yet: 8 B are missing.');
  });

  it('is taken over by a second connection while the first one hangs', async () => {
    using place = uploads();
    const { id } = await place.start([offer('trips.csv')]);
    const dead = deadConnection('a,b\n');
    const first = refusal(receiveChunk(place.root, { id, file: 0, offset: 0, bytes: dead.bytes }));
    await dead.written;
    expect(await receiveChunk(place.root, { id, file: 0, offset: 4, bytes: bytesOf('1,2\n') })).toBe(8);
    expect((await first).code).toBe('canceled');
  });

  it('leaves nothing behind when it is canceled, finished or not, and is gone afterwards', async () => {
    using place = uploads();
    const { id } = await place.start([offer('trips.csv')]);
    const dead = deadConnection('a,b\n');
    const writing = refusal(receiveChunk(place.root, { id, file: 0, offset: 0, bytes: dead.bytes }));
    await dead.written;
    await discardUpload(place.root, id);
    await writing;
    expect(readdirSync(place.root)).toEqual([]);
    const late = receiveChunk(place.root, { id, file: 0, offset: 4, bytes: bytesOf('x') });
    expect((await refusal(late)).code).toBe('not-found');
    await discardUpload(place.root, id);

    const second = await place.start([offer('trips.csv')]);
    await receiveChunk(place.root, { id: second.id, file: 0, offset: 0, bytes: bytesOf(TEXT) });
    await finishUpload(place.root, second.id);
    await discardUpload(place.root, second.id);
    expect(readdirSync(place.root)).toEqual([]);
  });

  it('survives a restart of the web process: the digest is made anew from what lies there', async () => {
    using place = uploads();
    const { id } = await place.start([offer('trips.csv')]);
    writeFileSync(path.join(place.root, `${id}.tmp`, 'trips.csv'), TEXT.slice(0, 7));
    await receiveChunk(place.root, { id, file: 0, offset: 7, bytes: bytesOf(TEXT.slice(7)) });
    const { known } = await finishUpload(place.root, id);
    expect(known[0]?.digest).toBe(createHash('sha256').update(TEXT).digest('hex'));
  });
});

describe('several files', () => {
  it('lie side by side, twins under different names', async () => {
    using place = uploads();
    const { id } = await place.start([offer('day.csv'), offer('day.csv'), offer('../night.csv')]);
    for (const file of [0, 1, 2]) await receiveChunk(place.root, { id, file, offset: 0, bytes: bytesOf(TEXT) });
    const { folder } = await finishUpload(place.root, id);
    expect(readdirSync(folder).sort()).toEqual(['.upload.json', '_night.csv', 'day-2.csv', 'day.csv']);
    expect(existsSync(path.join(place.root, '../night.csv'))).toBe(false);
  });
});

describe('what is refused before a byte is sent', () => {
  it.each([
    ['an empty file', [offer('trips.csv', '')], 'trips.csv is empty.'],
    [
      'one beyond the limit',
      [{ ...offer('trips.csv'), sizeBytes: 2_000_000 }],
      'trips.csv has 2.0 MB; an upload may have 1.0 MB.',
    ],
  ])('%s', async (_, files, message) => {
    using place = uploads();
    expect((await refusal(place.start(files))).message).toContain(message);
    expect(existsSync(place.root) ? readdirSync(place.root) : []).toEqual([]);
  });

  it('one that the disk has no room for', async () => {
    using home = tempFolder();
    const huge = { ...offer('trips.csv'), sizeBytes: Number.MAX_SAFE_INTEGER };
    const error = await refusal(startUpload({ root: home.path, limitBytes: Infinity }, [huge]));
    expect(error.code).toBe('storage-full');
    expect(readdirSync(home.path)).toEqual([]);
  });
});

describe('unfinished uploads', () => {
  it('are listed with how far they have come, and forgotten after a week', async () => {
    using place = uploads();
    const { id } = await place.start([offer('trips.csv')]);
    await receiveChunk(place.root, { id, file: 0, offset: 0, bytes: bytesOf('a,b\n') });
    mkdirSync(path.join(place.root, `${newId('up')}.tmp`));
    const now = Date.now();
    expect(await listUnfinished(place.root, now)).toMatchObject([{ id, files: [{ receivedBytes: 4 }] }]);
    const old = new Date(now - 8 * 86_400_000);
    for (const name of readdirSync(path.join(place.root, `${id}.tmp`)))
      utimesSync(path.join(place.root, `${id}.tmp`, name), old, old);
    expect(await listUnfinished(place.root, now)).toEqual([]);
    expect(existsSync(path.join(place.root, `${id}.tmp`))).toBe(false);
  });
});

it('gives a file whose first line is data a line that names the columns', async () => {
  using place = uploads();
  const data = '\ufeff1,2\n3,4\n';
  const { id } = await place.start([offer('plain.csv', data)]);
  await receiveChunk(place.root, { id, file: 0, offset: 0, bytes: bytesOf(data) });
  const { folder } = await finishUpload(place.root, id);
  await addHeader(place.root, id, ['first, of two', 'second']);
  expect(readFileSync(path.join(folder, 'plain.csv'), 'utf8')).toBe('"first, of two",second\n1,2\n3,4\n');
  expect(readdirSync(folder).sort()).toEqual(['.upload.json', 'plain.csv']);
});
