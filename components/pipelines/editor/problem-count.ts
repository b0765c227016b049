'use client';

import { useJudged } from './problems-context';

/** How many problems the document has, warnings included; undefined where there are none. */
export function useProblemCount(): number | undefined {
  const { length } = useJudged().problems;
  return length === 0 ? undefined : length;
}
