/** What lies in a folder, for tests that compare byte by byte. */

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** SHA-256 of every file below a folder, by its path in it. */
export async function digestFolder(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const digests: Record<string, string> = {};
  for (const file of files)
    digests[file] = createHash('sha256')
      .update(await readFile(path.join(folder, file)))
      .digest('hex');
  return digests;
}
