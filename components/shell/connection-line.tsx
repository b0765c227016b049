'use client';

import { useEffect, useState } from 'react';

const SECOND = 1_000;

/** Props of {@link ConnectionLine}. */
export type ConnectionLineProps = {
  /** When the connection was lost, in milliseconds since 1970. */
  readonly lostAt: number;
  /** What goes on meanwhile: "The run goes on." */
  readonly consequence: string;
  /** Says nothing before this many seconds. Default 1: a stream that ends on schedule is back at once. */
  readonly afterSeconds?: number;
};

/** A line of 24 px under the head while what is shown may be old. */
export function ConnectionLine({ lostAt, consequence, afterSeconds = 1 }: ConnectionLineProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, SECOND);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const seconds = Math.floor((now - lostAt) / SECOND);
  if (seconds < afterSeconds) return null;
  return (
    <p role="status" className="flex h-6 flex-none items-center bg-st-warning-soft px-5 text-12 text-st-warning">
      Reconnecting, {seconds} s. {consequence}
    </p>
  );
}
