/** Turns what an executor left in its output folder into facts: every file hashed and safely on disk. */

import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

import { artifactDigest, type DigestedFile } from '../../lib/artifact/artifact-digest';
import { AppError } from '../../lib/errors';
import { digestOfFile } from './check-inputs';

/** The files of an output, in code-unit order of their paths. */
export type SealedOutput = {
  readonly files: DigestedFile[];
  readonly sizeBytes: number;
  readonly digest: string;
};

/** Hashes and syncs every file below a folder. Throws where something other than files and folders lies there. */
export async function sealOutput(folder: string, port: string): Promise<SealedOutput> {
  const files: DigestedFile[] = [];
  const folders: string[] = [];
  await sealFolder(folder, '', { port, files, folders });
  // Together: the file system writes them in one go.
  await Promise.all(folders.map(syncFolder));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return { files, sizeBytes, digest: artifactDigest(files) };
}

type Found = { readonly port: string; readonly files: DigestedFile[]; readonly folders: string[] };

async function sealFolder(root: string, inside: string, found: Found): Promise<void> {
  const folder = path.join(root, inside);
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const relative = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) await sealFolder(root, relative, found);
    else if (entry.isFile()) found.files.push(await sealFile(root, relative));
    else {
      throw new AppError('component-failed', `The output "${found.port}" holds something that is not a file.`, {
        nextStep: 'Outputs are made of files and folders alone: no links, no sockets.',
      });
    }
  }
  if (entries.length > 0) await syncFolder(folder);
}

async function sealFile(root: string, relative: string): Promise<DigestedFile> {
  const place = path.join(root, relative);
  const digest = await digestOfFile(place);
  const file = await open(place, 'r');
  try {
    await file.datasync();
    return { path: relative, sizeBytes: (await file.stat()).size, digest };
  } finally {
    await file.close();
  }
}

/** Makes the entries of a folder durable: a rename in it counts once this returns. Does nothing on Windows. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
