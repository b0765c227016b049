import type { inferRouterOutputs } from '@trpc/server';

import type { AppRouter } from '../../server/api/root';

/** A run as a column of the grid. */
export type GridRun = inferRouterOutputs<AppRouter>['runs']['grid']['runs'][number];

/** How long a run took, or takes so far. */
export function tookMs({ startedAt, finishedAt }: GridRun, now: number): number | undefined {
  if (startedAt === undefined) return undefined;
  return (finishedAt === undefined ? now : Date.parse(finishedAt)) - Date.parse(startedAt);
}
