/** SHA-256 of a file, read once from end to end, with the certainty that it did not change meanwhile. */

import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { open } from 'node:fs/promises';

import { AppError } from '../../lib/errors';

const CHUNK_BYTES = 1_048_576;

/** What tells two states of a file apart without reading it. */
export type FileIdentity = { readonly sizeBytes: number; readonly modifiedNs: string; readonly inode: string };

/** The identity of a file from its status. */
export function identityOf(status: BigIntStats): FileIdentity {
  return { sizeBytes: Number(status.size), modifiedNs: String(status.mtimeNs), inode: String(status.ino) };
}

/** True when nothing shows that the file changed. */
export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedNs === b.modifiedNs && a.inode === b.inode;
}

/** Reads a file. Throws `busy` when it changed while it was read; errors of the file system pass through. */
export async function digestFile(path: string): Promise<FileIdentity & { readonly digest: string }> {
  const file = await open(path, 'r');
  try {
    const before = identityOf(await file.stat({ bigint: true }));
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, before.sizeBytes)));
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
    }
    const after = identityOf(await file.stat({ bigint: true }));
    if (!isSameFile(before, after))
      throw new AppError('busy', `The file ${path} was changed while it was read.`, {
        nextStep: 'Try again when whoever writes it is done.',
      });
    return { ...before, digest: hash.digest('hex') };
  } finally {
    await file.close();
  }
}
