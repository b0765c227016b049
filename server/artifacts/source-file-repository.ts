/** Digests of source files as remembered in the database. */

import { inArray, sql } from 'drizzle-orm';

import type { Executor } from '../db/client';
import { sourceFiles } from '../db/schema/index';

/** A file's digest, and what the file looked like when it was read. */
export type RememberedFile = {
  /** Absolute, with symbolic links resolved. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedNs: string;
  readonly inode: string;
  readonly digest: string;
};

/** What is remembered of these files, by path. */
export async function findRememberedFiles(
  db: Executor,
  paths: readonly string[],
): Promise<ReadonlyMap<string, RememberedFile>> {
  if (paths.length === 0) return new Map();
  const rows = await db
    .select()
    .from(sourceFiles)
    .where(inArray(sourceFiles.path, [...paths]));
  return new Map(rows.map(({ checkedAt: _checkedAt, ...file }) => [file.path, file]));
}

/** Remembers files, replacing what was known of them. */
export async function rememberFiles(db: Executor, files: readonly RememberedFile[]): Promise<void> {
  if (files.length === 0) return;
  // In one order for everybody, so that two that remember the same files never wait for each other in a circle.
  const rows = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  await db
    .insert(sourceFiles)
    .values(rows)
    .onConflictDoUpdate({
      target: sourceFiles.path,
      set: {
        sizeBytes: sql`excluded.size_bytes`,
        modifiedNs: sql`excluded.modified_ns`,
        inode: sql`excluded.inode`,
        digest: sql`excluded.digest`,
        checkedAt: sql`clock_timestamp()`,
      },
    });
}
