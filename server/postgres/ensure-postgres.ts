/**
 * The database of a data folder: PostgreSQL of yours (`DATABASE_URL`), or an embedded one that this process owns, keeps
 * alive and stops. Only the owner of the data folder calls it.
 */

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { AppError } from '../../lib/errors';
import type { DataFolder } from '../launcher/data-folder';
import { chooseAccount, type Account } from './account';
import { findBinaries } from './binaries';
import { connectionUrl, databaseFiles, ensureDatabaseFiles, readStoredPort, storePort } from './database-files';
import { findFreePort, isPortFree } from './free-port';
import { isGoneWithin, stopPostmaster } from './postmaster';
import { probe } from './probe';
import { startServer, type RunningServer, type ServerStart } from './start-server';

/** A database that answers. */
export type Postgres = {
  /** Address with password: never to be logged. Stays the same while this process lives. */
  readonly url: string;
  /** The postmaster's process number at this moment; null when the database is yours or is being restarted. */
  readonly pid: () => number | null;
  /** Stops the embedded server and waits for its end; does nothing to a database of yours. */
  readonly stop: () => Promise<void>;
};

/** Options of {@link ensurePostgres}. */
export type EnsurePostgresOptions = {
  /** `DATABASE_URL`: use this one and start none. */
  readonly databaseUrl?: string | undefined;
  /** Told what a person should know: where the database lies, that it died, that it is back. */
  readonly notify?: (sentence: string) => void;
};

/** Delays between attempts to bring a dead server back, in ms; the last one repeats. */
const RESTART_DELAYS_MS = [0, 200, 500, 1_000, 2_000, 5_000];
const STOP_PATIENCE_MS = 15_000;

/** Returns a database that answers; the embedded one is restarted, on the same port, whenever it dies. */
export async function ensurePostgres(folder: DataFolder, options: EnsurePostgresOptions = {}): Promise<Postgres> {
  if (options.databaseUrl) return usePostgres(options.databaseUrl);
  const notify = options.notify ?? (() => undefined);
  const account = chooseAccount({ binaries: findBinaries(), folder: folder.postgres });
  if (account.notice !== undefined) notify(account.notice);
  mkdirSync(folder.logs, { recursive: true, mode: 0o700 });
  await stopPostmaster(databaseFiles(account.folder).database);
  const password = await ensureDatabaseFiles(account);
  const start = { account, password, logFile: path.join(folder.logs, 'postgres.log') };
  const port = await startPort(account);
  return keepAlive({ ...start, port }, notify);
}

async function usePostgres(url: string): Promise<Postgres> {
  // `pg` reads any text as an address, with a host that nobody named.
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new AppError('invalid-input', 'DATABASE_URL is not the address of a PostgreSQL.', {
      nextStep: 'It looks like postgresql://user:password@host:5432/database; unset it to use the embedded one.',
    });
  const found = await probe(url);
  if (found.state !== 'ready')
    throw new AppError('unavailable', `The PostgreSQL of DATABASE_URL does not answer: ${reasonOf(found.error)}.`, {
      nextStep: 'Check the address and that the server runs, or unset DATABASE_URL to use the embedded one.',
    });
  return { url, pid: () => null, stop: () => Promise.resolve() };
}

async function startPort(account: Account): Promise<number> {
  const stored = readStoredPort(account.folder);
  const port = stored !== undefined && (await isPortFree(stored)) ? stored : await findFreePort();
  if (port !== stored) storePort(account.folder, port);
  return port;
}

async function keepAlive(start: ServerStart, notify: (sentence: string) => void): Promise<Postgres> {
  const stopping = new AbortController();
  let running: RunningServer | undefined = await startServer(start);

  const restart = async (): Promise<RunningServer | undefined> => {
    notify('The database ended unexpectedly; starting it again.');
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      const pause = RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)];
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) break;
      try {
        return await startServer(start);
      } catch (error) {
        notify(`The database did not start: ${reasonOf(error)} Trying again.`);
      }
    }
    return undefined;
  };

  const watch = async (): Promise<void> => {
    while (running !== undefined) {
      if (stopping.signal.aborted) running.process.stop();
      await running.process.ended;
      running = undefined;
      if (stopping.signal.aborted) return;
      running = await restart();
      if (running !== undefined) notify('The database is back.');
    }
  };
  const watching = watch();

  return {
    url: connectionUrl(start.port, start.password),
    pid: () => running?.pid ?? null,
    stop: async () => {
      stopping.abort();
      const server = running;
      server?.process.stop();
      if (server !== undefined) await isGoneWithin(server.pid, STOP_PATIENCE_MS);
      await stopPostmaster(databaseFiles(start.account.folder).database);
      await watching;
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
