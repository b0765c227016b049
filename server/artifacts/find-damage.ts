/** Are the files of an artifact as they were published? Cheap where nothing hints at a change, certain where it does. */

import { stat } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import { digestFile } from './digest-file';

/** An artifact as it was published. */
export type PublishedFiles = {
  /** Absolute. */
  readonly folder: string;
  /** `path` is relative to the folder, with `/`. */
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly digest: string }[];
  /** In ms since 1970. */
  readonly publishedAtMs: number;
};

/** Clocks of a file system and of a database need not agree to the millisecond. */
const CLOCK_TOLERANCE_MS = 2_000;

/**
 * `missing`, `changed`, or undefined where all is well. Existence and size of every file are always looked at; bytes are
 * read again only of a file that was touched after it was published.
 */
export async function findDamage(published: PublishedFiles): Promise<'missing' | 'changed' | undefined> {
  const { folder, files, publishedAtMs } = published;
  // An artifact without files still has its folder.
  if (files.length === 0) return (await look(folder)) === undefined ? 'missing' : undefined;
  const found = await Promise.all(files.map((file) => look(path.join(folder, file.path))));
  if (found.includes(undefined)) return 'missing';
  for (const [index, file] of files.entries()) {
    const status = found[index];
    if (status?.sizeBytes !== file.sizeBytes) return 'changed';
    const isTouched = status.modifiedAtMs > publishedAtMs + CLOCK_TOLERANCE_MS;
    if (isTouched && (await digestFile(path.join(folder, file.path))).digest !== file.digest) return 'changed';
  }
  return undefined;
}

async function look(place: string): Promise<{ readonly sizeBytes: number; readonly modifiedAtMs: number } | undefined> {
  try {
    const { size, mtimeMs } = await stat(place);
    return { sizeBytes: size, modifiedAtMs: mtimeMs };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new AppError('storage-denied', `The artifact store cannot be read: ${place}.`, { cause: error });
  }
}
