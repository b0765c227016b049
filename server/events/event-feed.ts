/** One LISTEN connection per process, shared by everybody in it who follows runs. */

import { EVENTS_CHANNEL } from './channels';
import { listen } from './listen';

/** Says when a run has new events. */
export type EventFeed = AsyncDisposable & {
  /** Calls `wake` after events of this run, or of any run where it is undefined. Returns how to stop. */
  readonly subscribe: (runId: string | undefined, wake: () => void) => () => void;
};

/** Starts listening. Everybody is woken when the connection is there again after a loss. */
export function openEventFeed(options: { readonly url: string; readonly applicationName: string }): EventFeed {
  const subscribers = new Map<string | undefined, Set<() => void>>();
  const wake = (runId: string | undefined): void => {
    for (const call of subscribers.get(runId) ?? []) call();
  };
  const listener = listen({
    ...options,
    channels: [EVENTS_CHANNEL],
    onNotification: (_channel, payload) => {
      wake(payload.slice(0, payload.lastIndexOf(':')));
      wake(undefined);
    },
    onListening: () => {
      for (const runId of subscribers.keys()) wake(runId);
    },
  });
  return {
    subscribe(runId, call) {
      const calls = subscribers.get(runId) ?? new Set();
      subscribers.set(runId, calls.add(call));
      return () => {
        calls.delete(call);
        if (calls.size === 0 && subscribers.get(runId) === calls) subscribers.delete(runId);
      };
    },
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}
