/**
 * What lies in `<data>/postgres`: the database's own folder, and beside it the port and the password that a start keeps.
 * The database folder appears in one step, complete: an interrupted initialisation is thrown away and made again.
 */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { AppError } from '../../lib/errors';
import type { Account } from './account';

const run = promisify(execFile);

/** The role and the database that Sluice uses. */
export const DATABASE_NAME = 'sluice';

/** Paths inside the folder of an account. */
export function databaseFiles(folder: string): {
  readonly database: string;
  readonly password: string;
  readonly port: string;
} {
  const at = (name: string) => path.join(folder, name);
  return { database: at('data'), password: at('password'), port: at('port') };
}

/** The address for clients, password included. */
export function connectionUrl(port: number, password: string, database = DATABASE_NAME): string {
  return `postgresql://${DATABASE_NAME}:${password}@127.0.0.1:${port}/${database}`;
}

/** The port of the last start, or undefined. */
export function readStoredPort(folder: string): number | undefined {
  try {
    const port = Number.parseInt(readFileSync(databaseFiles(folder).port, 'utf8'), 10);
    return port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the port for the next start. */
export function storePort(folder: string, port: number): void {
  writeFileSync(databaseFiles(folder).port, `${port}\n`, { mode: 0o600 });
}

/** Makes the database where there is none, and returns the password of its only role. */
export async function ensureDatabaseFiles(account: Account): Promise<string> {
  const { database, password } = databaseFiles(account.folder);
  if (existsSync(path.join(database, 'PG_VERSION'))) {
    requireSameMajor(database, account);
    return readPassword(password);
  }
  removeUnfinished(account.folder);
  const secret = randomBytes(24).toString('base64url');
  const unfinished = path.join(account.folder, `data.tmp-${process.pid}`);
  try {
    writePassword(password, secret, account.owner);
    await initialise(account, unfinished, password);
    renameSync(unfinished, database);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw describeInitialiseError(error, account.folder);
  }
  return secret;
}

async function initialise(account: Account, database: string, passwordFile: string): Promise<void> {
  const options = ['--no-locale', '--encoding=UTF8', '--no-sync', '--no-instructions', '--auth=scram-sha-256'];
  const command = [
    ...account.prefix,
    account.binaries.initdb,
    ...options,
    `--username=${DATABASE_NAME}`,
    `--pwfile=${passwordFile}`,
    `--pgdata=${database}`,
  ];
  const [program = '', ...args] = command;
  await run(program, args, {
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C' },
    ...(account.uid !== undefined && { uid: account.uid, gid: account.uid }),
  });
}

function writePassword(file: string, secret: string, owner: number | undefined): void {
  rmSync(file, { force: true });
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  if (owner !== undefined) chownSync(file, owner, owner);
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new AppError('storage-denied', `The password of the database cannot be read: ${file}.`, {
      cause,
      nextStep: 'Run Sluice as the user who made this data folder, or choose another one with --data DIR.',
    });
  }
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith('data.tmp-')) rmSync(path.join(folder, name), { recursive: true, force: true });
}

function requireSameMajor(database: string, account: Account): void {
  const found = readFileSync(path.join(database, 'PG_VERSION'), 'utf8').trim();
  const ours = account.binaries.version.split('.')[0] ?? '';
  if (found !== ours)
    throw new AppError(
      'unsupported',
      `The database in ${database} is of PostgreSQL ${found}; this Sluice has ${ours}.`,
      {
        nextStep: 'Choose another data folder with --data DIR, or use the Sluice that made this one.',
      },
    );
}

/** The sentence for what initdb printed. Its own text is the cause. */
function describeInitialiseError(error: unknown, folder: string): AppError {
  const printed = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  if (/No space left|ENOSPC|quota exceeded/i.test(`${printed} ${String(error)}`))
    return new AppError('storage-full', `The disk is full: the database could not be made in ${folder}.`, {
      cause: printed || error,
      nextStep: 'Free about 100 MB there, or choose another data folder with --data DIR.',
    });
  return new AppError('unavailable', `The database could not be made in ${folder}.`, {
    cause: printed || error,
    nextStep: 'Choose another data folder with --data DIR, or set DATABASE_URL to a PostgreSQL of yours.',
  });
}
