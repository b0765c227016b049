/** The files outside the artifact store that a component reads: a file, or what globs find in a folder. */

import { stat } from 'node:fs/promises';
import path from 'node:path';

import { glob } from 'tinyglobby';

import { AppError } from '../../lib/errors';

/** A source file as it was found. */
export type SourceFile = {
  readonly path: string;
  /** Path below the folder that was searched, with `/`; the file's own name where the base is a file. For messages. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Time of the last change, in whole seconds since 1970, as TFX's fingerprint counts it. */
  readonly modifiedAtS: number;
};

/**
 * The files that one pattern finds below `base`, in code-unit order of their names. As TFX's glob a `*` stays inside one
 * folder and finds no folders; hidden files are left out, and so is everything outside `base`. Where `base` is a file,
 * it is the only one, whatever the pattern. Throws `not-found` where `base` does not exist.
 */
export async function findSourceFiles(base: string, pattern: string): Promise<readonly SourceFile[]> {
  const found = await stat(base).catch((error: unknown) => {
    throw toSourceError(error, base);
  });
  if (found.isFile()) return [await sourceFile(base, path.basename(base))];
  if (!found.isDirectory()) {
    throw new AppError('invalid-input', `${base} is neither a file nor a folder.`, {
      nextStep: 'Name a file, or a folder of files.',
    });
  }
  if (path.isAbsolute(pattern) || pattern.split(/[\\/]/).includes('..')) {
    throw new AppError('invalid-input', `The pattern ${pattern} leads out of ${base}.`, {
      nextStep: 'Write a pattern below that folder.',
    });
  }
  const names = await glob(pattern, { cwd: base, onlyFiles: true, dot: false, expandDirectories: false });
  names.sort((a, b) => (a < b ? -1 : 1));
  return Promise.all(names.map((name) => sourceFile(path.join(base, name), name)));
}

/** What the file system says of a source that is not there or may not be read, in words. The cause keeps its code. */
export function toSourceError(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError('forbidden', `${place} may not be read.`, {
      nextStep: 'Give the user that runs Sluice the right to read it.',
      cause: error,
    });
  }
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return error;
  return new AppError('not-found', `There is no file or folder ${place}.`, {
    nextStep: 'Check the path; a relative one starts at the folder of the pipeline file.',
    cause: error,
  });
}

async function sourceFile(filePath: string, name: string): Promise<SourceFile> {
  const { size, mtimeMs } = await stat(filePath).catch((error: unknown) => {
    throw toSourceError(error, filePath);
  });
  return { path: filePath, name, sizeBytes: size, modifiedAtS: Math.floor(mtimeMs / 1000) };
}
