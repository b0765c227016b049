'use client';

import { useEffect, useState } from 'react';

import { formatDuration } from '../../lib/format/time';

/** Props of {@link TimeSince}. */
export type TimeSinceProps = {
  /** ISO 8601 in UTC. */
  readonly at: string;
};

const REDRAW_MS = 200;

/** A duration that grows while it is looked at. */
export function TimeSince({ at }: TimeSinceProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, REDRAW_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return formatDuration(now - Date.parse(at));
}
