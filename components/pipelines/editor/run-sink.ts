'use client';

import { useCallback } from 'react';

import type { RunSnapshot } from '../../../lib/run/fold-run';
import { useOverlayStore } from './editor-context';

/** The newest run as it is now, and since when its news are missing. */
export type ShownRun = { readonly run: RunSnapshot; readonly lostAt?: number | undefined };

/** Tells the open editor of the newest run of its pipeline; undefined when there is none. */
export function useRunSink(): (shown: ShownRun | undefined) => void {
  const overlay = useOverlayStore();
  return useCallback(
    (shown) => {
      overlay.setState({ run: shown?.run, lostAt: shown?.lostAt });
    },
    [overlay],
  );
}
