/**
 * Ends a node process with everything it started: its process group, and on Linux also what left the group, by the
 * marker in its environment. Never a stranger: a number counts only together with the time its process started.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import type { ProcessRecord } from '../db/schema/runs';
import { MARKER_VARIABLE } from '../engine/node-task';
import { isAlive, processBirth } from '../launcher/process-identity';

/** How long to look for survivors after SIGKILL, in ms: a process in an uninterruptible read takes its time. */
const SURVIVOR_PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 20;

/** True while the recorded process itself lives. */
export function isSameProcess(record: Pick<ProcessRecord, 'pid' | 'startedTicks'>): boolean {
  return processBirth(record.pid) === record.startedTicks;
}

/** Asks the process group to end. */
export function askToEnd(record: ProcessRecord): void {
  if (isSameProcess(record)) signalGroup(record.pid, 'SIGTERM');
}

/** Ends everything that the record means, and returns once nothing of it is left. */
export async function killTree(record: ProcessRecord): Promise<void> {
  const deadline = performance.now() + SURVIVOR_PATIENCE_MS;
  for (;;) {
    if (isSameProcess(record)) signalGroup(record.pid, 'SIGKILL');
    const survivors = findMarked(record.marker);
    for (const pid of survivors) signalOne(pid, 'SIGKILL');
    if (survivors.length === 0 && !isSameProcess(record)) return;
    if (performance.now() > deadline) return;
    await delay(LOOK_AGAIN_MS);
  }
}

/** Numbers of the living processes whose environment carries the marker. Empty where the system does not tell. */
export function findMarked(marker: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const wanted = `${MARKER_VARIABLE}=${marker}`;
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
      if (environment.split('\0').includes(wanted) && isAlive(pid)) found.push(pid);
    } catch {
      // Gone meanwhile, or somebody else's: not ours in both cases.
    }
  }
  return found;
}

/** True when the process has living children: they must not outlive the step that started them. Linux only. */
export function hasChildren(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim() !== '';
  } catch {
    return false;
  }
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
  } catch {
    // Gone already.
  }
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
