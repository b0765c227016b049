/** One connection pool per process. Only repositories and use-cases of `server` use it. */

import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

import { PreparingClient } from './preparing-client';
import * as schema from './schema/index';

/** The database as Drizzle sees it. */
export type Database = NodePgDatabase<typeof schema>;
/** A transaction of {@link Database}. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** Where a query may run: on the pool or inside a transaction. */
export type Executor = Database | Transaction;

/** An open pool. `pool` is for LISTEN and for what Drizzle has no words for. */
export type DatabaseClient = AsyncDisposable & { readonly db: Database; readonly pool: pg.Pool };

/** Options of {@link openDatabase}. */
export type DatabaseOptions = {
  readonly url: string;
  /** Shown in `pg_stat_activity`: `sluice-worker`. */
  readonly applicationName: string;
  /** Largest number of connections. Default 5. */
  readonly maxConnections?: number;
  /** After so long the server ends a transaction in which nothing happens, and frees its locks. In ms; default never. */
  readonly idleInTransactionMs?: number;
};

/** Opens a pool. Nothing connects before the first query; a lost connection is replaced at the next one. */
export function openDatabase(options: DatabaseOptions): DatabaseClient {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.maxConnections ?? 5,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: options.idleInTransactionMs,
  });
  // An idle connection that the server closes is not an error of anybody's query; the next query opens a new one.
  pool.on('error', () => {});
  // Nor is one that it closes inside a transaction, between two queries: the next query says so.
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  return { db: drizzle(pool, { schema }), pool, [Symbol.asyncDispose]: () => pool.end() };
}
