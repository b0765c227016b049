/** Waits for a database that is away instead of failing. */

import { setTimeout as delay } from 'node:timers/promises';

import { isConnectionLoss } from './connection-loss';

/** Pause before the next try, in ms. */
const RETRY_MS = 250;

/**
 * Does something with the database, again and again while it is away. Other errors pass through, and so does the loss
 * once `signal` aborts. The work must be safe to repeat: a commit whose answer got lost may have happened.
 */
export async function throughLosses<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLoss(error) || signal.aborted) throw error;
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
