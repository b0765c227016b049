/**
 * The data folder: everything Sluice keeps, in one place that a person can copy, move or delete.
 *
 * ```
 * <data>/postgres/    the embedded database: its files, port and password (absent with DATABASE_URL)
 * <data>/artifacts/   the artifact store; unfinished outputs lie in folders whose name contains `.tmp`
 * <data>/pushed/      what pipelines hand out, a folder each: versions of models
 * <data>/schemas/     schemas that people curate, version by version
 * <data>/samples/     data of the shipped samples, prepared at the first start
 * <data>/uploads/     files that a person brought; unfinished ones lie in folders whose name ends in `.tmp`
 * <data>/logs/        what each process printed
 * <data>/run/         who owns the folder at this moment, and the local sockets
 * ```
 */

import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { AppError } from '../../lib/errors';

/** The places inside a data folder, all absolute. */
export type DataFolder = {
  readonly root: string;
  readonly postgres: string;
  readonly artifacts: string;
  readonly schemas: string;
  readonly samples: string;
  readonly uploads: string;
  readonly logs: string;
  readonly run: string;
};

/** Where a data folder is looked for, first match wins: the `--data` flag, `SLUICE_DATA`, `.sluice` in the checkout. */
export type DataFolderChoice = {
  readonly flag: string | undefined;
  readonly environment: string | undefined;
  readonly checkout: string;
};

/** The absolute path of the chosen data folder; relative ones count from the current folder. */
export function chooseDataFolder(choice: DataFolderChoice): string {
  return path.resolve(
    /* turbopackIgnore: true */ choice.flag ?? choice.environment ?? path.join(choice.checkout, '.sluice'),
  );
}

/** The places of a data folder, without touching the disk. */
export function dataFolderAt(root: string): DataFolder {
  const at = (name: string) => path.join(root, name);
  return {
    root,
    postgres: at('postgres'),
    artifacts: at('artifacts'),
    schemas: at('schemas'),
    samples: at('samples'),
    uploads: at('uploads'),
    logs: at('logs'),
    run: at('run'),
  };
}

/**
 * Makes what is missing of a data folder. Throws `storage-denied` or `storage-full` with the path that failed.
 * As root the folder can be passed through (but not listed) by others, since PostgreSQL then runs as another user.
 */
export function prepareDataFolder(root: string): DataFolder {
  const folder = dataFolderAt(root);
  const privateMode = 0o700;
  makeFolder(folder.root, process.getuid?.() === 0 ? 0o711 : privateMode);
  for (const place of [folder.artifacts, folder.schemas, folder.samples, folder.uploads, folder.logs, folder.run])
    makeFolder(place, privateMode);
  return folder;
}

function makeFolder(place: string, mode: number): void {
  try {
    mkdirSync(place, { recursive: true, mode });
    if (!statSync(place).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    accessSync(place, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw describeFolderError(place, error);
  }
}

function describeFolderError(place: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const nextStep = 'Choose another data folder with --data DIR or SLUICE_DATA.';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('storage-full', `The disk of the data folder is full: ${place} could not be made.`, {
        cause,
        nextStep: 'Free some space, or choose another data folder with --data DIR or SLUICE_DATA.',
      });
    case 'EEXIST':
    case 'ENOTDIR':
      return new AppError(
        'storage-denied',
        `The data folder cannot be used: ${place}, or what it lies in, is a file.`,
        {
          cause,
          nextStep,
        },
      );
    default:
      return new AppError('storage-denied', `The data folder cannot be written: ${place} (${String(code)}).`, {
        cause,
        nextStep,
      });
  }
}

/** Paths of Unix sockets are limited to 104 bytes on macOS and 108 on Linux, the closing zero included. */
const SOCKET_PATH_LIMIT = 100;

/**
 * The path of a local socket of this data folder: in `run/`, or, where that path is too long for a socket, in a private
 * folder below the system's temporary one, named by a digest of the data folder. A named pipe on Windows.
 */
export function localSocket(folder: DataFolder, name: string): string {
  const key = createHash('sha256').update(folder.root).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\sluice-${key}-${name}`;
  const near = path.join(folder.run, `${name}.sock`);
  if (Buffer.byteLength(near) <= SOCKET_PATH_LIMIT) return near;
  const far = path.join(os.tmpdir(), `sluice-${process.getuid?.() ?? 0}-${key}`);
  mkdirSync(far, { recursive: true, mode: 0o700 });
  const owner = statSync(far);
  if (owner.uid !== process.getuid?.() || (owner.mode & 0o077) !== 0)
    throw new AppError('storage-denied', `The folder ${far} belongs to somebody else or is open to others.`, {
      nextStep: 'Remove it, or choose a data folder with a shorter path.',
    });
  return path.join(far, `${name}.sock`);
}
