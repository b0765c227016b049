/** Copies an artifact out of the store, whole or not at all: the copy appears under its name once it is complete. */

import { cp, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import type { StoredArtifact } from '../artifacts/artifact-repository';
import { artifactFolder, findDamage, UNFINISHED_MARK } from '../storage/artifact-store';
import type { Studio } from './studio';

/** The formats of an export: the stored files as they are. */
export const EXPORT_FORMATS = ['files'] as const;
/** One of {@link EXPORT_FORMATS}. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What to export, and where to. */
export type ExportRequest = {
  readonly artifact: StoredArtifact;
  /** A folder that does not exist yet, or is empty. */
  readonly dir: string;
  readonly format: ExportFormat;
};

/** What was written. */
export type Exported = {
  readonly id: string;
  readonly format: ExportFormat;
  readonly folder: string;
  /** Relative to the folder, with `/`. */
  readonly files: readonly string[];
};

/** Exports an artifact. Throws `conflict` when the folder holds something, `artifact-missing` when the store lacks files. */
export async function exportArtifact(studio: Studio, request: ExportRequest): Promise<Exported> {
  const { artifact, format } = request;
  const folder = path.resolve(request.dir);
  await requireEmpty(folder);
  const source = artifactFolder(studio.artifactsFolder, artifact.uri);
  const damage = await findDamage(source, artifact.files);
  if (damage !== undefined)
    throw new AppError('artifact-missing', `The files of artifact ${artifact.id} are ${damage} on disk: ${source}.`, {
      nextStep: 'Run the pipeline again: what is missing is made anew.',
    });
  const unfinished = path.join(path.dirname(folder), `.${path.basename(folder)}${UNFINISHED_MARK}-${process.pid}`);
  try {
    await mkdir(unfinished, { recursive: true });
    await cp(source, unfinished, { recursive: true, errorOnExist: true });
    await rmdir(folder).catch(() => undefined);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw describeError(error, folder);
  }
  return { id: artifact.id, format, folder, files: artifact.files.map((file) => file.path) };
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw describeError(error, folder);
  });
  if (names.length > 0)
    throw new AppError('conflict', `The folder ${folder} is not empty; nothing was written.`, {
      nextStep: 'Name a new or an empty folder.',
    });
}

function describeError(cause: unknown, folder: string): AppError {
  switch (codeOf(cause)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('storage-full', `The disk is full: nothing was written to ${folder}.`, { cause });
    case 'ENOTDIR':
    case 'EEXIST':
      return new AppError('conflict', `${folder}, or what it lies in, is a file; nothing was written.`, { cause });
    default:
      return new AppError('storage-denied', `Nothing could be written to ${folder} (${String(codeOf(cause))}).`, {
        cause,
      });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
