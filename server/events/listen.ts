/** A LISTEN connection that is there again after the database was away. */

import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

/** Delays between attempts to connect again, in ms; the last one repeats. */
const RECONNECT_DELAYS_MS = [50, 200, 500, 1_000];

/** Options of {@link listen}. */
export type ListenOptions = {
  /** Address of the database, password included. */
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly channels: readonly string[];
  /** Called for every notification. */
  readonly onNotification: (channel: string, payload: string) => void;
  /** Called whenever listening begins: what was said before it must be looked up. */
  readonly onListening: () => void;
};

/** Listens until disposed; reconnects for ever. Resolves at once, whether the database answers yet or not. */
export function listen(options: ListenOptions): AsyncDisposable {
  const closing = new AbortController();
  const running = keepListening(options, closing.signal);
  return {
    async [Symbol.asyncDispose]() {
      closing.abort();
      await running;
    },
  };
}

async function keepListening(options: ListenOptions, closing: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    closing.addEventListener('abort', () => resolve(), { once: true });
  });
  for (let failures = 0; !closing.aborted; failures++) {
    const client = new pg.Client({
      connectionString: options.url,
      application_name: options.applicationName,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.once('error', () => {
        resolve();
      });
    });
    client.on('notification', ({ channel, payload }) => {
      options.onNotification(channel, payload ?? '');
    });
    try {
      await client.connect();
      for (const channel of options.channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      failures = 0;
      options.onListening();
      await Promise.race([ended, stopped]);
    } catch {
      // The database is away; the next attempt finds out whether it is back.
    }
    await client.end().catch(() => undefined);
    if (closing.aborted) return;
    const pause = RECONNECT_DELAYS_MS[Math.min(failures, RECONNECT_DELAYS_MS.length - 1)];
    await delay(pause, undefined, { signal: closing }).catch(() => undefined);
  }
}
