/** Gives a CSV whose first line is data a line that names its columns: an ExampleGen takes the first line for names. */

import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { writeCsv } from '../../lib/csv/write-csv';
import { UTF8_MARK } from '../../lib/csv/file-signature';
import { AppError } from '../../lib/errors';
import type { UploadId } from '../../lib/ids';
import { digestFile } from '../artifacts/digest-file';
import { requireUpload, writeDescription } from './upload-folder';
import { toUploadError } from './upload-error';

/** Puts a line of `names` before the first line of every file of a finished upload. Done as a whole or not at all for each file. */
export async function addHeader(root: string, id: UploadId, names: readonly string[]): Promise<void> {
  const { folder, description, isFinished } = await requireUpload(root, id);
  if (!isFinished) throw new AppError('conflict', 'The upload is not finished yet.');
  const files = [];
  for (const file of description.files) {
    const place = path.join(folder, file.storedName);
    await prepend(place, writeCsv([names])).catch((error: unknown) => {
      throw toUploadError(error, file.name);
    });
    const { digest, sizeBytes } = await digestFile(place);
    files.push({ ...file, digest, sizeBytes });
  }
  await writeDescription(folder, { ...description, files });
}

async function prepend(place: string, line: string): Promise<void> {
  // Hidden, so that no pattern matches it while it is written.
  const unfinished = path.join(path.dirname(place), `.${path.basename(place)}.tmp`);
  try {
    const output = createWriteStream(unfinished, { mode: 0o600, flush: true });
    await pipeline(withLine(place, line), output);
    await rename(unfinished, place);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* withLine(place: string, line: string): AsyncGenerator<Buffer> {
  yield Buffer.from(line);
  let isFirst = true;
  for await (const chunk of createReadStream(place, { highWaterMark: 1_048_576 })) {
    if (!Buffer.isBuffer(chunk)) throw new Error('a stream of bytes gave text');
    // A byte order mark in the middle would become part of a cell.
    const skipped = isFirst && UTF8_MARK.every((byte, at) => chunk[at] === byte) ? UTF8_MARK.length : 0;
    isFirst = false;
    yield chunk.subarray(skipped);
  }
}
