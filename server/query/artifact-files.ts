/** Finds the Parquet files of a split below the artifact store, and nothing outside it. */

import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';

import { splitFolder } from '../../lib/artifact/artifact';
import { AppError } from '../../lib/errors';

/** A split of an artifact: its folder relative to the store, and the split's name. */
export type SplitAddress = { readonly folder: string; readonly split: string };

/**
 * Absolute paths of a split's Parquet files, in shard order. Symbolic links are resolved before the check, so that none
 * leads out of the store. Throws `forbidden` outside the store, `artifact-missing` where nothing is.
 */
export function findSplitFiles(store: string, address: SplitAddress): Promise<readonly string[]> {
  return findFiles(store, address, (name) => name.endsWith('.parquet'));
}

/** Absolute path of one file of a split, within the same bounds. */
export async function findSplitFile(store: string, address: SplitAddress, fileName: string): Promise<string> {
  const [file] = await findFiles(store, address, (name) => name === fileName);
  if (file === undefined) throw missing(address);
  return file;
}

/** Absolute path of an artifact's folder, within the same bounds. */
export async function findArtifactFolder(store: string, folder: string): Promise<string> {
  const root = await realpath(store);
  const wanted = path.resolve(root, folder);
  if (!isInside(root, wanted)) throw outside();
  const found = await realpath(wanted).catch((cause: unknown) => {
    throw new AppError('artifact-missing', `The artifact is not on disk: ${folder}.`, {
      nextStep: 'Run the pipeline again: what is missing is made anew.',
      cause,
    });
  });
  if (!isInside(root, found)) throw outside();
  return found;
}

async function findFiles(
  store: string,
  address: SplitAddress,
  isWanted: (name: string) => boolean,
): Promise<readonly string[]> {
  const root = await realpath(store);
  const wanted = path.resolve(root, address.folder, splitFolder(address.split));
  if (!isInside(root, wanted)) throw outside();
  const folder = await realpath(wanted).catch((cause: unknown) => {
    throw missing(address, cause);
  });
  if (!isInside(root, folder)) throw outside();
  const names = (await readdir(folder)).filter(isWanted).sort();
  if (names.length === 0) throw missing(address);
  return Promise.all(
    names.map(async (name) => {
      const file = await realpath(path.join(folder, name));
      if (!isInside(root, file)) throw outside();
      return file;
    }),
  );
}

function isInside(root: string, file: string): boolean {
  return file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

function outside(): AppError {
  return new AppError('forbidden', 'Only files of the artifact store can be read.');
}

function missing(address: SplitAddress, cause?: unknown): AppError {
  return new AppError('artifact-missing', `The files of split ${address.split} are not on disk: ${address.folder}.`, {
    nextStep: 'Run the pipeline again: what is missing is made anew.',
    cause,
  });
}
