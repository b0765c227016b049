/** Crash points: `SLUICE_CRASH_AT=<point>[:signal]` lets a process of the test programs die at a named place, once. */

import { existsSync, writeFileSync } from 'node:fs';

import type { CrashPoint } from '../engine/run-node';

/**
 * The crash point that the environment asks for. `SLUICE_CRASH_ONCE` names a file that is made at the crash, and while it
 * exists nothing crashes any more: the successor passes.
 */
export function crashPointFrom(environment: NodeJS.ProcessEnv): CrashPoint {
  const [point, signal = 'SIGKILL'] = (environment['SLUICE_CRASH_AT'] ?? '').split(':');
  const once = environment['SLUICE_CRASH_ONCE'];
  return (name) => {
    if (name !== point) return;
    if (once !== undefined) {
      if (existsSync(once)) return;
      writeFileSync(once, name);
    }
    process.kill(process.pid, signal);
    // SIGKILL and SIGSTOP do not return; after any other the process goes on to its own handler.
  };
}
