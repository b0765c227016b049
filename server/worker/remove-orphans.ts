/** Removes what a crash left in the artifact store: unfinished outputs of ended attempts, and folders without a row. */

import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import type { Database } from '../db/client';
import { removeAttempt } from './remove-attempt';
import { findLiveAttempts, findRecordedUris } from '../runs/lifecycle/recorded-outputs';
import { artifactUri, CHECKPOINTS_FOLDER, UNFINISHED_MARK, unfinishedName } from '../storage/artifact-store';

/** One pass over the store. Folders that are not of the store's own form are left alone. */
export async function removeOrphans(db: Database, root: string): Promise<void> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const unfinished = folders.filter((name) => name.startsWith(UNFINISHED_MARK));
  if (unfinished.length > 0) {
    const live = new Set(
      (await findLiveAttempts(db)).map((lease) => unfinishedName(`${lease.runId}-${lease.leaseToken}-${lease.nodeId}`)),
    );
    for (const name of unfinished) if (!live.has(name)) await removeAttempt(db, path.join(root, name));
  }
  await removeOldCheckpoints(path.join(root, CHECKPOINTS_FOLDER));
  const published: string[] = [];
  for (const type of folders) {
    if (unfinished.includes(type)) continue;
    const ids = await readdir(path.join(root, type)).catch(() => []);
    published.push(...ids.filter((id) => id.startsWith('art_')).map((id) => artifactUri(type, id)));
  }
  if (published.length === 0) return;
  const recorded = await findRecordedUris(db, published);
  for (const uri of published) {
    if (!recorded.has(uri)) await rm(path.join(root, ...uri.split('/')), { recursive: true, force: true });
  }
}

/** What a node run that never came to its end has left stays for a retry, but not for ever. */
const CHECKPOINT_AGE_MS = 7 * 24 * 3_600_000;

async function removeOldCheckpoints(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > CHECKPOINT_AGE_MS)
      await rm(path.join(folder, name), { recursive: true, force: true });
  }
}
