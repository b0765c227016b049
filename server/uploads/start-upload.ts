/** Begins an upload, or finds the one that was begun with the same files: after a reload a person chooses them again. */

import { mkdir, statfs } from 'node:fs/promises';

import { AppError } from '../../lib/errors';
import { formatBytes } from '../../lib/format/number';
import { storedNames } from '../../lib/upload/stored-name';
import { uploadTitle, type OfferedFile, type Upload } from '../../lib/upload/upload';
import { newId } from '../db/new-id';
import { describeUpload, findUnfinished, unfinishedFolder, writeDescription } from './upload-folder';
import { toUploadError } from './upload-error';

/** Where uploads go and what they may take. */
export type UploadPlace = {
  /** `<data>/uploads`. Absolute. */
  readonly root: string;
  /** Most bytes of one upload. */
  readonly limitBytes: number;
};

/** Room that stays free on the disk for the database and for artifacts, in bytes. */
const RESERVE_BYTES = 256_000_000;

/**
 * Begins an upload, or returns the unfinished one of the same names, sizes and times. Throws `invalid-input` for an empty
 * file or one over the limit, `storage-full` where the disk has no room for it.
 */
export async function startUpload({ root, limitBytes }: UploadPlace, files: readonly OfferedFile[]): Promise<Upload> {
  const total = checkFiles(files, limitBytes);
  const begun = (await findUnfinished(root)).find((each) => isSameOffer(each.files, files));
  if (begun !== undefined) return describeUpload(unfinishedFolder(root, begun.id), begun, false);

  const title = uploadTitle({ files });
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    await requireRoom(root, total, title);
    const names = storedNames(files.map(({ name }) => name));
    const description = {
      version: 1 as const,
      id: newId('up'),
      createdAt: new Date().toISOString(),
      files: files.map((file, index) => ({ ...file, storedName: names[index] ?? '' })),
    };
    const folder = unfinishedFolder(root, description.id);
    await mkdir(folder, { mode: 0o700 });
    await writeDescription(folder, description);
    return await describeUpload(folder, description, false);
  } catch (error) {
    throw toUploadError(error, title);
  }
}

function checkFiles(files: readonly OfferedFile[], limitBytes: number): number {
  if (files.length === 0) throw new AppError('invalid-input', 'There is no file to upload.');
  const empty = files.find(({ sizeBytes }) => sizeBytes === 0);
  if (empty !== undefined) {
    throw new AppError('invalid-input', `${empty.name} is empty.`, {
      nextStep: 'Check that this is the right file and that it was written to its end.',
    });
  }
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (total > limitBytes) {
    throw new AppError(
      'invalid-input',
      `${uploadTitle({ files })} has ${formatBytes(total)}; an upload may have ${formatBytes(limitBytes)}.`,
      {
        nextStep:
          'Write its path into inputBase of an ExampleGen, which reads it where it lies, or raise SLUICE_UPLOAD_LIMIT_GB.',
      },
    );
  }
  return total;
}

async function requireRoom(root: string, total: number, title: string): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (total + RESERVE_BYTES <= free) return;
  throw new AppError(
    'storage-full',
    `The disk of the data folder has ${formatBytes(free)} free; ${title} needs ${formatBytes(total)} and ${formatBytes(RESERVE_BYTES)} stay free.`,
    { nextStep: 'Free some space, or write the path of the file into inputBase, which reads it where it lies.' },
  );
}

function isSameOffer(begun: readonly OfferedFile[], offered: readonly OfferedFile[]): boolean {
  return (
    begun.length === offered.length &&
    begun.every(({ name, sizeBytes, modifiedAtMs }, index) => {
      const other = offered[index];
      return other?.name === name && other.sizeBytes === sizeBytes && other.modifiedAtMs === modifiedAtMs;
    })
  );
}
