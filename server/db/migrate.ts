/** Applies pending migrations under an advisory lock, so that two launchers never apply them at once. */

import path from 'node:path';

import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** Any number, the same for everybody: it names the lock. */
const MIGRATION_LOCK = 7_305_211;

/** Where the committed SQL lies, given the root of the installation. */
export function migrationsFolder(root: string): string {
  return path.join(root, 'server/db/migrations');
}

/** Brings the database at `url` to the current schema. Returns when it is there; a second call finds nothing to do. */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'sluice-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}
