/** Measures what one task uses of its process, cheaply enough for tasks that do nothing. */

import { readFileSync, writeFileSync } from 'node:fs';

import type { TaskUsage } from '../engine/node-task';

/** Written there, the kernel lets the peak of this process begin at its present size. */
const CLEAR_REFS = '/proc/self/clear_refs';
const RESET_PEAK = '5';
const STATUS = '/proc/self/status';
const BYTES_PER_KB = 1_024;
const MICROSECONDS_PER_MS = 1_000;

/** A running measurement. */
export type TaskMeter = {
  /** The executor begins. */
  readonly started: () => void;
  readonly read: () => TaskUsage;
};

/** Begins to measure. The peak is known on Linux only: elsewhere it would be that of the whole life of the process. */
export function meterTask(): TaskMeter {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const isPeakOurs = resetPeak();
  let startMs: number | undefined;
  return {
    started() {
      startMs = performance.now() - begin;
    },
    read() {
      const { user, system } = process.cpuUsage(cpu);
      const peakMemoryBytes = isPeakOurs ? readPeak() : undefined;
      return {
        cpuMs: (user + system) / MICROSECONDS_PER_MS,
        ...(startMs !== undefined && { startMs }),
        ...(peakMemoryBytes !== undefined && { peakMemoryBytes }),
      };
    },
  };
}

function resetPeak(): boolean {
  try {
    writeFileSync(CLEAR_REFS, RESET_PEAK);
    return true;
  } catch {
    return false;
  }
}

function readPeak(): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(STATUS, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * BYTES_PER_KB;
  } catch {
    return undefined;
  }
}
