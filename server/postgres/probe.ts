/** Asks whether a PostgreSQL answers, and makes the database of Sluice in it. */

import pg from 'pg';

/** What a probe found: it answers, or why it does not (yet). */
export type Probe = { readonly state: 'ready' } | { readonly state: 'waiting' | 'refused'; readonly error: unknown };

/** SQLSTATE of a server that starts, recovers or shuts down: it will answer or end soon. */
const CANNOT_CONNECT_NOW = '57P03';
const NO_SUCH_DATABASE = '3D000';
const DUPLICATE_DATABASE = '42P04';
/** Two sessions that create the same database at once: the loser sees a duplicate key. */
const UNIQUE_VIOLATION = '23505';

/** Connects once. `waiting` means: ask again soon; `refused`: the server answers, and says no. */
export async function probe(url: string): Promise<Probe> {
  try {
    await withClient(url, (client) => client.query('select 1'));
    return { state: 'ready' };
  } catch (error) {
    const code = sqlState(error);
    return { state: code !== undefined && code !== CANNOT_CONNECT_NOW ? 'refused' : 'waiting', error };
  }
}

/** True when the server says that the database of this address does not exist. */
export function lacksDatabase(found: Probe): boolean {
  return found.state === 'refused' && sqlState(found.error) === NO_SUCH_DATABASE;
}

/** Creates a database through the maintenance database `postgres`. An existing one is fine. */
export async function createDatabase(maintenanceUrl: string, name: string): Promise<void> {
  await withClient(maintenanceUrl, async (client) => {
    try {
      await client.query(`create database "${name}"`);
    } catch (error) {
      const code = sqlState(error);
      if (code !== DUPLICATE_DATABASE && code !== UNIQUE_VIOLATION) throw error;
    }
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'sluice-probe',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
