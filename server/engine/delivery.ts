/**
 * What leaves the artifact store: version folders at places that a person chose. The executor fills a folder with an
 * unfinished name on the destination's own disk; publishing renames it right before the commit. The attempt's folder
 * remembers what was taken, so that after a crash whoever removes that folder also removes, or keeps, what was delivered:
 * kept is exactly what has its execution in the tables.
 */

import { access, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../lib/errors';
import { unfinishedName } from '../storage/artifact-store';
import { makeFolder } from '../storage/make-folder';
import type { Delivery } from './executor';
import { sealOutput, syncFolder } from './seal-output';

const NOTE_FILE = 'deliveries.json';

const zNote = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** The execution with which it becomes visible; absent until publishing begins. */
  executionId: z.string().optional(),
});
type Note = z.infer<typeof zNote>;

/**
 * Takes the next free version below `base`, which is made where it is missing. Whoever holds the unfinished folder of a
 * number holds the number. Throws `forbidden` where nothing can be made there.
 */
export async function reserveDelivery(attemptFolder: string, base: string): Promise<Delivery> {
  await makeFolders(base).catch((error: unknown) => {
    throw new AppError('forbidden', `The folder ${base} cannot be made.`, {
      nextStep: 'Name another baseDirectory, or give the user that runs Sluice the right to write there.',
      cause: error,
    });
  });
  for (let version = Math.floor(Date.now() / 1_000); ; version++) {
    const destination = path.join(base, String(version));
    if (await exists(destination)) continue;
    const folder = path.join(base, unfinishedName(String(version)));
    if (!(await makeFolder(folder))) continue;
    // Another may have become visible between the look and the taking.
    if (await exists(destination)) {
      await rm(folder, { recursive: true });
      continue;
    }
    await writeNotes(attemptFolder, [...(await readNotes(attemptFolder)), { from: folder, to: destination }]);
    return { folder, destination, version };
  }
}

/** Makes everything that an attempt delivers durable. */
export async function sealDeliveries(attemptFolder: string): Promise<void> {
  for (const { from } of await readNotes(attemptFolder)) await sealOutput(from, 'delivery');
}

/** Lets what an attempt delivers be seen. Safe to be called again after a commit whose answer got lost. */
export async function placeDeliveries(attemptFolder: string, executionId: string): Promise<void> {
  const notes = await readNotes(attemptFolder);
  if (notes.length === 0) return;
  await writeNotes(
    attemptFolder,
    notes.map((note) => ({ ...note, executionId })),
  );
  for (const { from, to } of notes) {
    if ((await exists(to)) && !(await exists(from))) continue;
    await rename(from, to);
    await syncFolder(path.dirname(to));
  }
}

/** Takes back what was delivered for a publication that did not come to be: out of sight first, then away. */
export async function takeBackDeliveries(attemptFolder: string): Promise<void> {
  for (const note of await readNotes(attemptFolder)) await takeBack(note);
}

/** Ends what an attempt delivered: keeps what is recorded, takes back the rest. */
export async function settleDeliveries(
  attemptFolder: string,
  isRecorded: (executionId: string) => Promise<boolean>,
): Promise<void> {
  for (const note of await readNotes(attemptFolder)) {
    if (note.executionId !== undefined && (await isRecorded(note.executionId))) continue;
    await takeBack(note);
  }
}

/** Not `mkdir` with `recursive`: where a parent takes no folder that one may try for ever. */
async function makeFolders(place: string): Promise<void> {
  try {
    await makeFolder(place);
  } catch (error) {
    const isParentMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isParentMissing || path.dirname(place) === place || (await exists(path.dirname(place)))) throw error;
    await makeFolders(path.dirname(place));
    await makeFolder(place);
  }
}

async function takeBack({ from, to, executionId }: Note): Promise<void> {
  // While the unfinished folder is there, whatever stands at the destination is somebody else's.
  if (executionId !== undefined && !(await exists(from)) && (await exists(to))) await rename(to, from);
  await rm(from, { recursive: true, force: true });
}

async function readNotes(attemptFolder: string): Promise<readonly Note[]> {
  const text = await readFile(path.join(attemptFolder, NOTE_FILE), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return '[]';
    throw error;
  });
  return z.array(zNote).parse(JSON.parse(text));
}

/** Written beside and renamed: a crash leaves the old notes or the new ones. */
async function writeNotes(attemptFolder: string, notes: readonly Note[]): Promise<void> {
  const place = path.join(attemptFolder, NOTE_FILE);
  const file = await open(`${place}.new`, 'w');
  try {
    await file.writeFile(JSON.stringify(notes));
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(`${place}.new`, place);
  await syncFolder(attemptFolder);
}

async function exists(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  );
}
