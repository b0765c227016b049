/** The last steps of an upload: whole, safely on disk, and at its place under its own name. */

import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import { formatBytes } from '../../lib/format/number';
import type { UploadId } from '../../lib/ids';
import { nameStem } from '../../lib/upload/stored-name';
import type { Upload } from '../../lib/upload/upload';
import { digestFile, identityOf } from '../artifacts/digest-file';
import type { RememberedFile } from '../artifacts/source-file-repository';
import { digestAsReceived, stopWriters } from './receive-chunk';
import {
  describeUpload,
  findUnfinished,
  requireUpload,
  sizeOf,
  unfinishedFolder,
  writeDescription,
} from './upload-folder';
import { toUploadError } from './upload-error';

/** An upload at its place. */
export type FinishedUpload = {
  readonly upload: Upload;
  /** Absolute. */
  readonly folder: string;
  /** What is known of its files, so that a plan need not read them again. */
  readonly known: readonly RememberedFile[];
};

/** Unfinished uploads that nobody went on with for so long are removed, in ms: seven days. */
const FORGOTTEN_AFTER_MS = 604_800_000;

/**
 * Finishes an upload; one that is finished already is returned as it is. Throws `conflict` while bytes are missing.
 * After a crash the upload is either unfinished and whole, or at its place.
 */
export async function finishUpload(root: string, id: UploadId): Promise<FinishedUpload> {
  const { folder, description, isFinished } = await requireUpload(root, id);
  const title = description.files[0]?.name ?? '';
  if (isFinished)
    return {
      upload: await describeUpload(folder, description, true),
      folder,
      known: await knownFiles(folder, description),
    };
  try {
    const files = [];
    for (const file of description.files) {
      const place = path.join(folder, file.storedName);
      const received = await sizeOf(place);
      if (received < file.sizeBytes) {
        throw new AppError(
          'conflict',
          `${file.name} is not whole yet: ${formatBytes(file.sizeBytes - received)} are missing.`,
          { nextStep: 'Send the rest, then finish it.' },
        );
      }
      await syncFile(place);
      const digest = digestAsReceived(place, file.sizeBytes) ?? (await digestFile(place)).digest;
      files.push({ ...file, digest });
    }
    const whole = { ...description, files };
    await writeDescription(folder, whole);
    await stopWriters(folder);
    const target = path.join(root, `${nameStem(files[0]?.storedName ?? '')}-${id}`);
    await rename(folder, target);
    await syncFile(root);
    return {
      upload: await describeUpload(target, whole, true),
      folder: target,
      known: await knownFiles(target, whole),
    };
  } catch (error) {
    throw toUploadError(error, title);
  }
}

/** Ends an upload and removes everything of it, finished or not. One that is gone already is no error. */
export async function discardUpload(root: string, id: UploadId): Promise<void> {
  const found = await requireUpload(root, id).catch(() => undefined);
  const folder = found?.folder ?? unfinishedFolder(root, id);
  await stopWriters(folder);
  await rm(folder, { recursive: true, force: true });
}

/** The uploads that wait for the rest of their bytes; those forgotten for a week are removed. `nowMs` since 1970. */
export async function listUnfinished(root: string, nowMs: number): Promise<readonly Upload[]> {
  const uploads: Upload[] = [];
  for (const description of await findUnfinished(root)) {
    const folder = unfinishedFolder(root, description.id);
    if (nowMs - (await lastChange(folder)) > FORGOTTEN_AFTER_MS) await discardUpload(root, description.id);
    else uploads.push(await describeUpload(folder, description, false));
  }
  return uploads;
}

async function lastChange(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const times = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).mtimeMs));
  return Math.max(0, ...times);
}

async function knownFiles(
  folder: string,
  { files }: { readonly files: readonly { readonly storedName: string; readonly digest?: string | undefined }[] },
): Promise<readonly RememberedFile[]> {
  const known = await Promise.all(
    files.map(async ({ storedName, digest }) => {
      const place = path.join(folder, storedName);
      return digest === undefined
        ? undefined
        : { path: place, ...identityOf(await stat(place, { bigint: true })), digest };
    }),
  );
  return known.filter((file) => file !== undefined);
}

async function syncFile(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
