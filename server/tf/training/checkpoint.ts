/**
 * What training needs to go on where it was: a few figures and the arrays of weights. Written beside the old file and put in
 * its place in one step, so that a process may die at any moment.
 */

import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'checkpoint.bin';
const DIGEST_BYTES = 32;

/** An array of four-byte numbers. */
export type StateArray = Float32Array | Int32Array;

/** Writes figures and arrays. */
export async function writeCheckpoint(folder: string, figures: object, arrays: readonly StateArray[]): Promise<void> {
  const head = Buffer.from(JSON.stringify(figures));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const parts = [length, head, ...arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength))];
  const content = Buffer.concat(parts);
  const unfinished = path.join(folder, `${FILE}.tmp-${process.pid}`);
  await writeFile(unfinished, Buffer.concat([createHash('sha256').update(content).digest(), content]));
  await rename(unfinished, path.join(folder, FILE));
}

/**
 * The figures of a checkpoint and what puts its arrays back; undefined where there is none, or where it is not whole, which
 * a loss of power may leave behind.
 */
export async function readCheckpoint(
  folder: string,
): Promise<{ readonly figures: unknown; readonly restore: (arrays: readonly StateArray[]) => void } | undefined> {
  const file = await readFile(path.join(folder, FILE)).catch(() => undefined);
  if (file === undefined || file.length < DIGEST_BYTES + 4) return undefined;
  const content = file.subarray(DIGEST_BYTES);
  if (!createHash('sha256').update(content).digest().equals(file.subarray(0, DIGEST_BYTES))) return undefined;
  const end = 4 + content.readUInt32LE(0);
  const figures: unknown = JSON.parse(content.subarray(4, end).toString('utf8'));
  return {
    figures,
    restore: (arrays) => {
      let from = end;
      for (const array of arrays) {
        const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
        bytes.set(content.subarray(from, from + array.byteLength));
        from += array.byteLength;
      }
      if (from !== content.length) throw new Error('the checkpoint is of another network');
    },
  };
}
