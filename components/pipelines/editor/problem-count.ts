'use client';

import { useLateProblems } from './use-problems';

/** How many problems the document has, warnings included; undefined where there are none. */
export function useProblemCount(): number | undefined {
  const { length } = useLateProblems();
  return length === 0 ? undefined : length;
}
