/** Tells a database that is away from a query that is wrong: the first is waited for, the second is a bug. */

import { AppError } from '../../lib/errors';

const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** PostgreSQL's own words for "not now": classes 08 (connection), 53 (resources) and 57P (shutdown, crash, starting up). */
const isSqlStateOfLoss = (code: string): boolean => /^(08|53|57P)/.test(code) || code === '25P03';

/** Texts of `pg` and `pg-pool` that carry no code. */
const TEXTS = [
  /Connection terminated/i,
  /timeout exceeded when trying to connect/i,
  /Client has encountered a connection error/i,
  /not queryable/i,
];

/** True when an error says that the database is away or coming back; looks through the causes that Drizzle wraps. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') {
    if (SYSTEM_CODES.has(error.code) || isSqlStateOfLoss(error.code)) return true;
    // A local socket that is not there; a file that is not there is somebody else's trouble.
    if (error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true;
  }
  if (TEXTS.some((text) => text.test(error.message))) return true;
  if (error instanceof AggregateError && error.errors.some(isConnectionLoss)) return true;
  return isConnectionLoss(error.cause);
}

/** What a person is told who cannot wait for the database. A commit whose answer got lost may have happened. */
export function databaseLost(cause: unknown): AppError {
  return new AppError('lost', 'The connection to the database was lost before the answer came.', {
    cause,
    nextStep:
      'The embedded database is started again by itself. See "runs list" for what was begun, then repeat the command.',
  });
}
