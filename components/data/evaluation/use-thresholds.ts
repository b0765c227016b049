'use client';

import { useEffect, useState } from 'react';

import { DEFAULT_THRESHOLD } from '../../../lib/evaluation/evaluation-screen';
import { nearestThreshold } from '../../../lib/evaluation/score-curve';
import type { ScreenState } from './use-evaluation-screen';

/** The threshold of each model. */
export type Thresholds = { readonly candidate: number; readonly baseline: number };

/** The thresholds and the ways to change them. */
export type ThresholdState = {
  readonly shown: Thresholds;
  /** True where one threshold is for both. */
  readonly isOne: boolean;
  readonly move: (value: number, of: keyof Thresholds) => void;
  readonly setOne: (isOne: boolean) => void;
};

/** How long a threshold rests before the address says it, in ms: a browser allows few changes of it in a second. */
const RESTS_MS = 200;

/** Moves thresholds at once; the address follows when they rest. */
export function useThresholds({ screen, replace }: ScreenState): ThresholdState {
  const said = {
    candidate: nearestThreshold(screen.threshold),
    baseline: nearestThreshold(screen.baselineThreshold ?? screen.threshold),
  };
  const isOne = screen.baselineThreshold === undefined;
  const [moved, setMoved] = useState<Thresholds>();
  const shown = moved ?? said;
  useEffect(() => {
    if (moved === undefined) return undefined;
    const timer = setTimeout(() => {
      replace({
        threshold: moved.candidate === DEFAULT_THRESHOLD ? undefined : String(moved.candidate),
        baseline: isOne ? undefined : String(moved.baseline),
      });
      setMoved(undefined);
    }, RESTS_MS);
    return () => {
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a move starts the wait; `replace` is new at every drawing
  }, [moved, isOne]);
  return {
    shown,
    isOne,
    move: (value, of) => {
      const threshold = nearestThreshold(value);
      setMoved(isOne ? { candidate: threshold, baseline: threshold } : { ...shown, [of]: threshold });
    },
    setOne: (one) => {
      setMoved(undefined);
      replace({ baseline: one ? undefined : String(shown.baseline) });
    },
  };
}
