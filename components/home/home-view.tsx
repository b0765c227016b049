'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';

import type { AppRouter } from '../../server/api/root';
import { RunTable } from '../runs';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { StaleLine } from '../shell/stale-line';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { SkeletonRows } from '../ui/skeleton';
import { BringTable } from '../uploads';
import { LatestRun } from './latest-run';
import { NeedsYou } from './needs-you';
import { PipelineLinks } from './pipeline-links';

const REFRESH_MS = 2_000;
const SHOWN = 8;

type Pipelines = inferRouterOutputs<AppRouter>['pipelines']['list'];
type Runs = inferRouterOutputs<AppRouter>['runs']['list'];

/** A place to bring a table, what runs now and what it found, what needs a person, and the last runs. */
export function HomeView() {
  const trpc = useTRPC();
  const pipelines = useQuery(trpc.pipelines.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const runs = useQuery(trpc.runs.list.queryOptions({ limit: SHOWN }, { refetchInterval: REFRESH_MS }));
  const error = pipelines.error ?? runs.error;
  return (
    <>
      <PageHead crumbs={[{ label: 'Home' }]}>
        <span className="hidden text-12 text-text-3 tablet:inline">Nothing leaves this machine.</span>
      </PageHead>
      <StaleLine query={runs} />
      <div className="min-h-0 flex-1 overflow-auto">
        {error !== null && (pipelines.data === undefined || runs.data === undefined) && (
          <div className="p-5">
            <ErrorPanel
              error={toShownError(error)}
              onRetry={() => void Promise.all([pipelines.refetch(), runs.refetch()])}
            />
          </div>
        )}
        {error === null && (pipelines.isPending || runs.isPending) && <SkeletonRows rows={8} label="Loading" />}
        {pipelines.data !== undefined && runs.data !== undefined && (
          <Overview pipelines={pipelines.data} runs={runs.data} />
        )}
      </div>
    </>
  );
}

function Overview({ pipelines, runs }: { readonly pipelines: Pipelines; readonly runs: Runs }) {
  const failed = pipelines.filter(({ lastRun }) => lastRun?.state === 'failed');
  // What runs now comes first; otherwise the last run, complete or not.
  const shown = runs.runs.findLast(({ state }) => state === 'running') ?? runs.runs[0];
  return (
    <div className="flex flex-col gap-6 px-4 py-6 tablet:px-10 tablet:py-9">
      <div>
        <h2 className="text-24 font-semibold tracking-[-0.015em]">Bring a table. Get a pipeline you can question.</h2>
        <p className="text-text-2">
          Sluice profiles the file, guesses the label and the task, and proposes a pipeline. You change what is wrong.
        </p>
      </div>
      <div className="grid gap-x-5 gap-y-4 desktop:grid-cols-[minmax(0,1fr)_320px]">
        <BringTable />
        <PipelineLinks pipelines={pipelines} />
      </div>
      {failed.length > 0 && <NeedsYou failed={failed} />}
      {shown !== undefined && <LatestRun key={shown.id} runId={shown.id} />}
      {shown === undefined ? (
        <p className="text-text-2">Nothing has run yet. Open a pipeline above and run it.</p>
      ) : (
        <section aria-label="Last runs" className="overflow-hidden rounded-card border border-border">
          <h2 className="flex items-center px-5 py-2.5 text-13 font-semibold">
            Last runs
            <Link href="/runs" className="ml-auto text-12 font-medium text-accent hover:underline">
              All runs
            </Link>
          </h2>
          <RunTable rows={runs.runs} />
        </section>
      )}
    </div>
  );
}
