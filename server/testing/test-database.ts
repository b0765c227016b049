/** A fresh, migrated database for one test or one test file. */

import { randomBytes } from 'node:crypto';

import pg from 'pg';
import { inject } from 'vitest';

import { openDatabase, type DatabaseClient } from '../db/client';
import { TEMPLATE } from './postgres-setup';

/** An open test database; disposing closes and drops it. */
export type TestDatabase = DatabaseClient & { readonly url: string };

/** Copies the migrated template and opens it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runOnServer(server, `create database ${name} template ${TEMPLATE}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = openDatabase({ url: url.href, applicationName: 'sluice-test', maxConnections: 10 });
  return {
    ...client,
    url: url.href,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await runOnServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
