/** Removes what a crash left in the artifact store: unfinished outputs of ended attempts, and folders without a row. */

import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

import type { Database } from '../db/client';
import { removeAttempt } from './remove-attempt';
import { findLiveAttempts, findRecordedUris } from '../runs/lifecycle/recorded-outputs';
import { artifactUri, UNFINISHED_MARK, unfinishedName } from '../storage/artifact-store';

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
