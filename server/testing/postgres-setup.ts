/** One embedded PostgreSQL per test run, with a migrated template from which every test gets a database of its own. */

import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { migrateDatabase, migrationsFolder } from '../db/migrate';
import { dataFolderAt } from '../launcher/data-folder';
import { ensurePostgres } from '../postgres/ensure-postgres';

/** Name of the migrated database that test databases are copies of. */
export const TEMPLATE = 'sluice_template';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface merges with vitest's own
  interface ProvidedContext {
    /** Address of the server that tests use, naming no database of a test. */
    readonly postgresUrl: string;
  }
}

/** Starts the server before the first test and stops it after the last. `TEST_DATABASE_URL` names another one. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'sluice-test-postgres-'));
  chmodSync(root, 0o755);
  const postgres = await ensurePostgres(dataFolderAt(root), { databaseUrl: process.env['TEST_DATABASE_URL'] });
  const template = new URL(postgres.url);
  template.pathname = `/${TEMPLATE}`;
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`drop database if exists ${TEMPLATE}`);
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrateDatabase(template.href, migrationsFolder(path.resolve(import.meta.dirname, '../..')));
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(root, { recursive: true, force: true });
  };
}
