'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';

import type { RunSnapshot } from '../../lib/run/fold-run';
import type { RunEvent } from '../../lib/run/run-event';
import { useTRPCClient } from '../trpc/client';
import { RunTail, type TailState } from './run-tail';

/** What a page begins with. */
export type LiveRunStart = { readonly run: RunSnapshot; readonly recent: readonly RunEvent[] };

/**
 * A run as it is now, from a snapshot on; undefined without one. Hidden pages let go of their stream and catch up when
 * they are seen again; a page that is left only stops looking, the run goes on. A snapshot of another run begins anew.
 */
export function useRunTail(start: LiveRunStart | undefined): RunTail | undefined {
  const client = useTRPCClient();
  const runId = start?.run.runId;
  // oxlint-disable-next-line react/exhaustive-deps -- a newer snapshot of the same run is taken in below
  const tail = useMemo(() => (start === undefined ? undefined : new RunTail(client, start)), [client, runId]);

  useEffect(() => {
    if (tail === undefined) return undefined;
    const follow = () => {
      if (document.visibilityState === 'visible') tail.start();
      else tail.stop();
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      tail.stop();
    };
  }, [tail]);

  useEffect(() => {
    if (tail === undefined || start === undefined) return;
    tail.catchUp(start.run, start.recent);
    if (document.visibilityState === 'visible') tail.start();
  }, [tail, start]);
  return tail;
}

const never = () => () => undefined;
const nothing = () => undefined;

/** What {@link useRunTail} knows at this moment. */
export function useTailState(tail: RunTail | undefined): TailState | undefined {
  const read = tail?.getState ?? nothing;
  return useSyncExternalStore<TailState | undefined>(tail?.subscribe ?? never, read, read);
}

/** {@link useRunTail} for a page that has its snapshot. */
export function useLiveRun(start: LiveRunStart): TailState {
  const state = useTailState(useRunTail(start));
  return state ?? { run: start.run, events: start.recent };
}
