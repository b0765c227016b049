/** Copies the files of an artifact and reads the copy back. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { DigestedFile } from '../../lib/artifact/artifact-digest';
import { AppError } from '../../lib/errors';

/** Copies everything below `from` into the existing folder `to`; the digests are of what was read back from the copy. */
export async function copyFolder(from: string, to: string, signal: AbortSignal): Promise<readonly DigestedFile[]> {
  const files: DigestedFile[] = [];
  await copyInto({ from, to, signal, files }, '');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

type Copying = {
  readonly from: string;
  readonly to: string;
  readonly signal: AbortSignal;
  readonly files: DigestedFile[];
};

async function copyInto(copying: Copying, inside: string): Promise<void> {
  for (const entry of await readdir(path.join(copying.from, inside), { withFileTypes: true })) {
    copying.signal.throwIfAborted();
    const relative = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const target = path.join(copying.to, relative);
    if (entry.isDirectory()) {
      await mkdir(target);
      await copyInto(copying, relative);
    } else if (entry.isFile()) {
      await copyFile(path.join(copying.from, relative), target);
      copying.files.push(await describeFile(target, relative));
    } else throw new AppError('artifact-damaged', `The artifact in ${copying.from} holds something that is no file.`);
  }
}

async function describeFile(place: string, relative: string): Promise<DigestedFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(place, { highWaterMark: 1_048_576 }), hash);
  return { path: relative, sizeBytes: (await stat(place)).size, digest: hash.digest('hex') };
}
