/**
 * Where uploads lie below `<data>/uploads`: an unfinished one in `<id>.tmp/`, a finished one in `<name>-<id>/`. Beside its
 * files stands a hidden description, which no pattern of an ExampleGen matches.
 */

import { open, readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../lib/errors';
import { zUploadId, type UploadId } from '../../lib/ids';
import { zOfferedFile, type Upload } from '../../lib/upload/upload';

const DESCRIPTION = '.upload.json';
const UNFINISHED = '.tmp';

const zDescription = z.object({
  version: z.literal(1),
  id: zUploadId,
  createdAt: z.string(),
  files: z.array(
    zOfferedFile.extend({
      storedName: z.string(),
      /** SHA-256 in hex, once the file is whole. */
      digest: z.string().optional(),
    }),
  ),
});
/** What stands in an upload's folder beside its files. */
export type UploadDescription = z.infer<typeof zDescription>;

/** The folder of an unfinished upload, whether it exists or not. Absolute. */
export function unfinishedFolder(root: string, id: UploadId): string {
  return path.join(root, `${id}${UNFINISHED}`);
}

/** Every unfinished upload that can be read, oldest first. */
export async function findUnfinished(root: string): Promise<readonly UploadDescription[]> {
  const found: UploadDescription[] = [];
  for (const name of await readdir(root).catch(() => [])) {
    const id = zUploadId.safeParse(name.endsWith(UNFINISHED) ? name.slice(0, -UNFINISHED.length) : '');
    const description = id.success ? await readDescription(path.join(root, name)) : undefined;
    if (description !== undefined) found.push(description);
  }
  return found.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** An upload's folder and description. Throws `not-found` where there is none, or where it was canceled. */
export async function requireUpload(
  root: string,
  id: UploadId,
): Promise<{ readonly folder: string; readonly description: UploadDescription; readonly isFinished: boolean }> {
  const names = (await readdir(root).catch(() => [])).filter(
    (name) => name === `${id}${UNFINISHED}` || name.endsWith(`-${id}`),
  );
  for (const name of names) {
    const folder = path.join(root, name);
    const description = await readDescription(folder);
    if (description !== undefined) return { folder, description, isFinished: !name.endsWith(UNFINISHED) };
  }
  throw new AppError('not-found', 'This upload is not there any more: it was canceled or removed.', {
    nextStep: 'Choose the file again.',
  });
}

/** Writes an upload's description as a whole: nobody ever reads half of one. */
export async function writeDescription(folder: string, description: UploadDescription): Promise<void> {
  const place = path.join(folder, DESCRIPTION);
  const handle = await open(`${place}.tmp`, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(description));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${place}.tmp`, place);
}

/** An upload as screens see it; how much has arrived is asked of the disk, which alone knows. */
export async function describeUpload(
  folder: string,
  { id, createdAt, files }: UploadDescription,
  isFinished: boolean,
): Promise<Upload> {
  return {
    id,
    createdAt,
    state: isFinished ? 'finished' : 'unfinished',
    files: await Promise.all(
      files.map(async ({ digest: _digest, ...file }) => ({
        ...file,
        receivedBytes: await sizeOf(path.join(folder, file.storedName)),
      })),
    ),
  };
}

/** Bytes of a file; 0 where there is none. */
export async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function readDescription(folder: string): Promise<UploadDescription | undefined> {
  const text = await readFile(path.join(folder, DESCRIPTION), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return zDescription.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
