/** Follows the event log of a run from a cursor, through losses of the database. */

import { setTimeout as delay } from 'node:timers/promises';

import type { RunId } from '../../lib/ids';
import type { RunEvent } from '../../lib/run/run-event';
import type { Database } from '../db/client';
import { isConnectionLoss } from '../db/connection-loss';
import type { EventFeed } from './event-feed';
import { readEvents } from './read-events';

/** Pause before reading again while the database is away, in ms. */
const RETRY_MS = 300;

/** Where events come from. */
export type EventSource = { readonly db: Database; readonly feed: EventFeed };

/** From where to follow, and until when. */
export type TailOptions = {
  readonly runId: RunId;
  /** `seq` of the last event already known; 0 for all. */
  readonly after: number;
  /** Ends the iteration, quietly. */
  readonly signal: AbortSignal;
};

/**
 * Yields every event above the cursor in order, once, then live ones as they are committed. Ends only by its signal:
 * a finished run may be retried. While the database is away it waits.
 */
export async function* tailEvents(source: EventSource, options: TailOptions): AsyncGenerator<RunEvent, void, void> {
  const { runId, signal } = options;
  let cursor = options.after;
  let woken = true;
  let wake: (() => void) | undefined;
  const call = (): void => {
    woken = true;
    wake?.();
  };
  // Listening begins before the backlog is read, so that nothing falls between the two.
  const unsubscribe = source.feed.subscribe(runId, call);
  signal.addEventListener('abort', call, { once: true });
  try {
    while (!signal.aborted) {
      if (!woken) await new Promise<void>((resolve) => (wake = resolve));
      wake = undefined;
      woken = false;
      for (;;) {
        const events = await readThroughLosses(source.db, { ...options, after: cursor });
        for (const event of events) {
          if (signal.aborted) return;
          cursor = event.seq;
          yield event;
        }
        if (events.length === 0) break;
      }
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', call);
  }
}

async function readThroughLosses(db: Database, options: TailOptions): Promise<readonly RunEvent[]> {
  while (!options.signal.aborted) {
    try {
      return await readEvents(db, options.runId, options.after);
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      await delay(RETRY_MS, undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
  return [];
}
