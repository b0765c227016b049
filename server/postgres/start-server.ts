/** One start of the embedded server: waits until it answers, tells why when it does not, tries again while a dead one fades. */

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { AppError } from '../../lib/errors';
import { isConnectionLoss } from '../db/connection-loss';
import type { Account } from './account';
import { connectionUrl, DATABASE_NAME, databaseFiles } from './database-files';
import { startGuarded, type GuardedProcess } from './guarded-process';
import { findPostmaster, removeStalePid, stopPostmaster } from './postmaster';
import { createDatabase, lacksDatabase, probe } from './probe';

/** What a start needs. */
export type ServerStart = {
  readonly account: Account;
  readonly port: number;
  readonly password: string;
  /** File that takes what PostgreSQL prints. */
  readonly logFile: string;
};

/** A server that answers. */
export type RunningServer = { readonly process: GuardedProcess; readonly pid: number };

/** How long a server may take to answer: recovery after a crash replays what was written since the last checkpoint. */
const ANSWER_PATIENCE_MS = 120_000;
/** How long the remains of a killed server may hold its memory and its lock before a start gives up. */
const REMAINS_PATIENCE_MS = 15_000;

/** Starts the server; whatever else runs on its folder (left by a killed launcher) is stopped first. */
export async function startServer(start: ServerStart): Promise<RunningServer> {
  const { database } = databaseFiles(start.account.folder);
  const deadline = performance.now() + REMAINS_PATIENCE_MS;
  for (;;) {
    await stopPostmaster(database);
    removeStalePid(database);
    const outcome = await tryStart(start);
    if ('process' in outcome) return outcome;
    if (!outcome.mayPass || performance.now() > deadline) throw describeStartError(outcome.printed, start);
    await delay(200);
  }
}

/** `mayPass`: nothing is wrong with the data or the machine, so that another try may succeed. */
type FailedStart = { readonly mayPass: boolean; readonly printed: string };

async function tryStart(start: ServerStart): Promise<RunningServer | FailedStart> {
  const { account, port, password, logFile } = start;
  const { database } = databaseFiles(account.folder);
  const log = openSync(logFile, 'a', 0o600);
  const before = fstatSync(log).size;
  const process = startGuarded(account, serverCommand(account.binaries.postgres, database, port), log);
  closeSync(log);
  try {
    if (await answers(process, connectionUrl(port, password), connectionUrl(port, password, 'postgres'))) {
      const pid = findPostmaster(database);
      if (pid !== undefined) return { process, pid };
    }
  } catch (error) {
    process.stop();
    await process.ended;
    // Killed between two questions of ours.
    if (!isConnectionLoss(error)) throw error;
  }
  process.stop();
  await process.ended;
  const printed = readFileSync(logFile).subarray(before).toString('utf8');
  return { mayPass: mayPass(printed), printed };
}

/**
 * What a start printed before it ended says whether another try makes sense: the remains of a killed server fade, and a
 * server that was itself killed while it started complains of nothing, or of a killed process of its own.
 */
export function mayPass(printed: string): boolean {
  if (/shared memory block|lock file|is being shut down|terminated by signal/i.test(printed)) return true;
  return !/\b(FATAL|PANIC|ERROR):|postgres: /.test(printed);
}

function serverCommand(postgres: string, database: string, port: number): readonly string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    // Loopback serves every client; a socket folder would need a path short enough and open to PostgreSQL's user.
    unix_socket_directories: '',
    log_timezone: 'UTC',
    timezone: 'UTC',
    jit: 'off',
    max_connections: '120',
  };
  return [
    postgres,
    '-D',
    database,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
  ];
}

async function answers(process: GuardedProcess, url: string, maintenanceUrl: string): Promise<boolean> {
  const deadline = performance.now() + ANSWER_PATIENCE_MS;
  while (!process.hasEnded() && performance.now() < deadline) {
    const found = await probe(url);
    if (found.state === 'ready') return true;
    if (lacksDatabase(found)) await createDatabase(maintenanceUrl, DATABASE_NAME);
    else if (found.state === 'refused')
      throw new AppError('unavailable', 'The embedded database refuses our password.', {
        cause: found.error,
        nextStep:
          'Was the file postgres/password in the data folder changed? Restore it, or choose another data folder.',
      });
    else await delay(10);
  }
  return false;
}

function describeStartError(printed: string, { account, logFile }: ServerStart): AppError {
  const cause = printed.split('\n').slice(-20).join('\n');
  if (/No space left on device/i.test(printed))
    return new AppError('storage-full', `The disk is full: PostgreSQL could not start on ${account.folder}.`, {
      cause,
      nextStep: 'Free some space there and start again; nothing is lost.',
    });
  return new AppError('unavailable', `PostgreSQL could not start on ${account.folder}.`, {
    cause,
    nextStep: `What it said stands in ${logFile}.`,
  });
}
