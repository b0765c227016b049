'use client';

import { useEffect, useState } from 'react';

const REDRAW_MS = 100;

/** The clock in ms since 1970, while something moves. */
export function useNow(moves: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!moves) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
    }, REDRAW_MS);
    return () => {
      clearInterval(timer);
    };
  }, [moves]);
  return now;
}
