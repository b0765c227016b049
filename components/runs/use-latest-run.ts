'use client';

import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';

import type { PipelineId } from '../../lib/ids';
import type { AppRouter } from '../../server/api/root';
import { useTRPC } from '../trpc/client';
import type { TailState } from './run-tail';
import { useRunTail, useTailState } from './use-live-run';

/** How often to look whether somebody else started one. Whoever starts one here invalidates `runs.latest`. */
const LOOK_MS = 1_500;
const REFRESH_MS = 5_000;

/** The newest run of a pipeline, followed live. */
export type FollowedRun = TailState & Pick<inferRouterOutputs<AppRouter>['runs']['get'], 'document' | 'startedBy'>;

/**
 * The newest run of a pipeline as it is now; undefined before the first, and until it is known. A run that starts takes
 * the place of the one before as soon as it is heard of.
 */
export function useLatestRun(pipelineId: PipelineId): FollowedRun | undefined {
  const trpc = useTRPC();
  const latest = useQuery(trpc.runs.latest.queryOptions({ pipelineId }, { refetchInterval: LOOK_MS }));
  const runId = latest.data?.id;
  const loaded = useQuery(
    trpc.runs.get.queryOptions(runId === undefined ? skipToken : { runId }, {
      staleTime: 0,
      // Asked again now and then, so that a retry that somebody else asked for shows.
      refetchInterval: REFRESH_MS,
      // The run before stays in view until the new one is known.
      placeholderData: keepPreviousData,
    }),
  );
  const state = useTailState(useRunTail(loaded.data));
  if (state === undefined || loaded.data === undefined || runId === undefined) return undefined;
  return { ...state, document: loaded.data.document, startedBy: loaded.data.startedBy };
}
