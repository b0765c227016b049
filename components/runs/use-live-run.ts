'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';

import type { RunSnapshot } from '../../lib/run/fold-run';
import type { RunEvent } from '../../lib/run/run-event';
import { useTRPCClient } from '../trpc/client';
import { RunTail, type TailState } from './run-tail';

/** What a page begins with. */
export type LiveRunStart = { readonly run: RunSnapshot; readonly recent: readonly RunEvent[] };

/**
 * A run as it is now, from a snapshot on. Hidden pages let go of their stream and catch up when they are seen again; a
 * page that is left only stops looking, the run goes on. Mount it anew (by `key`) for another run.
 */
export function useLiveRun(start: LiveRunStart): TailState {
  const client = useTRPCClient();
  const [tail] = useState(() => new RunTail(client, start));

  useEffect(() => {
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
    tail.catchUp(start.run, start.recent);
    if (document.visibilityState === 'visible') tail.start();
  }, [tail, start]);

  return useSyncExternalStore(tail.subscribe, tail.getState, tail.getState);
}
