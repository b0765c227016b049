/** The postmaster that may still run on a database folder: found by `postmaster.pid`, told from strangers, stopped. */

import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { AppError } from '../../lib/errors';
import { commandLine, isAlive } from '../launcher/process-identity';

/** How long each kind of stop may take before the next, harder one, in ms: fast, immediate, killed. */
const STOPS = [
  { signal: 'SIGINT', patienceMs: 15_000 },
  { signal: 'SIGQUIT', patienceMs: 5_000 },
  { signal: 'SIGKILL', patienceMs: 5_000 },
] as const;

/** The number of the live postmaster on a database folder, or undefined. */
export function findPostmaster(database: string): number | undefined {
  const pid = readPid(database);
  if (pid === undefined || !isAlive(pid)) return undefined;
  const command = commandLine(pid);
  // Where the command line cannot be read (Windows), PostgreSQL's own check of its lock file decides.
  return command === undefined || command.includes(database) ? pid : undefined;
}

/** Removes a `postmaster.pid` whose process is gone or is somebody else: PostgreSQL refuses to start on the latter. */
export function removeStalePid(database: string): void {
  if (readPid(database) !== undefined && findPostmaster(database) === undefined)
    rmSync(path.join(database, 'postmaster.pid'), { force: true });
}

/** Stops the postmaster on a database folder, gently first; returns at once when none runs. */
export async function stopPostmaster(database: string): Promise<void> {
  const pid = findPostmaster(database);
  if (pid === undefined) return;
  for (const { signal, patienceMs } of STOPS) {
    sendSignal(pid, signal);
    if (await isGoneWithin(pid, patienceMs)) return;
  }
  throw new AppError('internal', `PostgreSQL (process ${pid}) does not end, even when killed.`, {
    nextStep: 'End that process or restart the machine, then start again.',
  });
}

/** Waits until a process has ended; false when it has not within `patienceMs`. */
export async function isGoneWithin(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await delay(10);
  }
  return true;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended on its own between the check and the signal.
  }
}

function readPid(database: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path.join(database, 'postmaster.pid'), 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
