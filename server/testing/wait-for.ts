/** Waiting on real processes in tests: for a fact, with a limit, never for a time. */

import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until the answer is neither undefined nor false. Throws after `limitMs` with what was waited for. */
export async function waitFor<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${limitMs} ms in vain for: ${what}`);
    await delay(20);
  }
}
