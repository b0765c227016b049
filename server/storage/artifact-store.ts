/**
 * Where artifacts lie on disk: `<type>/<artifact id>/` below the store's root, unfinished ones below `.tmp-…` beside
 * them, so that a rename publishes and a sweep finds what was left. The database says which of them exist.
 */

import { stat } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';

/** What marks a folder of unfinished outputs: anything below the root whose name contains it is nobody's artifact. */
export const UNFINISHED_MARK = '.tmp';

/** The place of a published artifact, relative to the root, with `/`. */
export function artifactUri(type: string, id: string): string {
  return `${type}/${id}`;
}

/** A name for a folder of unfinished outputs, directly below the root. `owner` makes it unique: attempt, process. */
export function unfinishedName(owner: string): string {
  return `${UNFINISHED_MARK}-${owner.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`;
}

/** The absolute folder of a uri. Throws `forbidden` when it leads out of the store or into an unfinished output. */
export function artifactFolder(root: string, uri: string): string {
  const steps = uri.split('/');
  const isInside = steps.every((step) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(step) && !step.includes(UNFINISHED_MARK));
  if (!isInside)
    throw new AppError('forbidden', 'The address of an artifact leads out of the artifact store.', {
      nextStep: 'The database may be damaged: look at the table "artifacts".',
    });
  return path.join(root, ...steps);
}

/** A file as it was published. `path` is relative to the artifact's folder, with `/`. */
export type PublishedFile = { readonly path: string; readonly sizeBytes: number };

/**
 * What a look at the folder says without reading the files: `missing` (a file is not there), `changed` (of another size)
 * or undefined when all are there in the size that was published.
 */
export async function findDamage(
  folder: string,
  files: readonly PublishedFile[],
): Promise<'missing' | 'changed' | undefined> {
  const sizes = await Promise.all(files.map((file) => sizeOf(path.join(folder, file.path))));
  // An artifact without files still has its folder.
  if (files.length === 0 && (await sizeOf(folder)) === undefined) return 'missing';
  if (sizes.includes(undefined)) return 'missing';
  return files.some((file, index) => sizes[index] !== file.sizeBytes) ? 'changed' : undefined;
}

async function sizeOf(place: string): Promise<number | undefined> {
  try {
    return (await stat(place)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw new AppError('storage-denied', `The artifact store cannot be read: ${place}.`, { cause: error });
  }
}
