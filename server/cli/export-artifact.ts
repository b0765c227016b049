/** Takes an artifact out of the store, whole or not at all: the copy appears under its name once it is complete. */

import { cp, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import type { StoredArtifact } from '../artifacts/artifact-repository';
import { findDamage } from '../artifacts/find-damage';
import { askQueryProcess } from '../query/client';
import { artifactFolder, UNFINISHED_MARK } from '../storage/artifact-store';
import type { Studio } from './studio';

/** The formats of an export: the stored files as they are, or Examples as gzipped TFRecord. */
export const EXPORT_FORMATS = ['files', 'tfrecord'] as const;
/** One of {@link EXPORT_FORMATS}. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** As long as the query process may take. */
const TFRECORD_PATIENCE_MS = 3_660_000;

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
  const stored = artifactFolder(studio.artifactsFolder, artifact.uri);
  const damage = await findDamage({
    folder: stored,
    files: artifact.files,
    publishedAtMs: Date.parse(artifact.createdAt),
  });
  if (damage !== undefined)
    throw new AppError('artifact-missing', `The files of artifact ${artifact.id} are ${damage} on disk: ${stored}.`, {
      nextStep: 'Run the pipeline again: what is missing is made anew.',
    });
  if (format === 'files') {
    await putInPlace(folder, (unfinished) => copyFiles(stored, unfinished));
    return { id: artifact.id, format, folder, files: artifact.files.map((file) => file.path) };
  }
  if (artifact.type !== 'Examples')
    throw new AppError('unsupported', `${artifact.type} cannot be exported as TFRecord, only Examples can.`, {
      nextStep: 'Leave --format out to copy the files as they are.',
    });
  const made = await askQueryProcess(
    { type: 'export-tfrecord', folder: artifact.uri },
    { socket: studio.querySocket, timeoutMs: TFRECORD_PATIENCE_MS },
  );
  try {
    await putInPlace(folder, (unfinished) => copyFiles(made.folder, unfinished));
  } finally {
    await rm(made.folder, { recursive: true, force: true });
  }
  return { id: artifact.id, format, folder, files: made.files };
}

function copyFiles(from: string, to: string): Promise<void> {
  return cp(from, to, { recursive: true, errorOnExist: true, force: false });
}

/** Fills a folder beside the wanted one, then gives it that name: nobody sees half of it. */
async function putInPlace(folder: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = path.join(path.dirname(folder), `.${path.basename(folder)}${UNFINISHED_MARK}-${process.pid}`);
  try {
    await mkdir(unfinished, { recursive: true });
    await fill(unfinished);
    await rmdir(folder).catch(() => undefined);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw describeError(error, folder);
  }
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
