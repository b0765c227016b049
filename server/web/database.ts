import { openDatabase, type DatabaseClient } from '../db/client';
import { readChildEnvironment } from '../launcher/child';

const KEY = Symbol.for('sluice.web.database');

/** Next may load this module once per route, yet the process needs one pool: it hangs on the global object. */
const holder = globalThis as typeof globalThis & { [KEY]?: DatabaseClient };

/** The connection pool of the web process, opened at the first call. */
export function webDatabase(): DatabaseClient {
  return (holder[KEY] ??= openDatabase({
    url: readChildEnvironment().databaseUrl,
    applicationName: 'sluice-web',
    maxConnections: 8,
  }));
}
