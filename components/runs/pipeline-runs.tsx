'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import type { PipelineId } from '../../lib/ids';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { SkeletonRows } from '../ui/skeleton';
import { RunTable } from './run-table';

const SHOWN = 20;
const REFRESH_MS = 2_000;

/** The last runs of one pipeline. */
export function PipelineRuns({ pipelineId }: { readonly pipelineId: PipelineId }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.runs.list.queryOptions({ pipelineId, limit: SHOWN }, { refetchInterval: REFRESH_MS }));
  return (
    <>
      <h2 className="flex items-baseline gap-2 px-5 pt-3 pb-1 font-semibold">
        Runs
        {query.data !== undefined && query.data.total > 0 && (
          <Link
            href={`/runs?pipeline=${pipelineId}`}
            className="ml-auto text-12 font-medium text-accent hover:underline"
          >
            All {query.data.total}
          </Link>
        )}
      </h2>
      {query.isPending && <SkeletonRows rows={4} label="Loading runs" />}
      {query.error !== null && query.data === undefined && (
        <div className="px-5 pb-5">
          <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data?.runs.length === 0 && <p className="px-5 py-2 text-text-2">It has not run yet.</p>}
      {query.data !== undefined && query.data.runs.length > 0 && <RunTable rows={query.data.runs} ofOnePipeline />}
    </>
  );
}
