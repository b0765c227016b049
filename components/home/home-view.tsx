'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';

import { formatQuantity } from '../../lib/format/number';
import type { AppRouter } from '../../server/api/root';
import { RunTable } from '../runs';
import { EmptyState } from '../shell/empty-state';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { StaleLine } from '../shell/stale-line';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { SkeletonRows } from '../ui/skeleton';
import { LatestRun } from './latest-run';
import { NeedsYou } from './needs-you';

const REFRESH_MS = 2_000;
const SHOWN = 8;

type Pipelines = inferRouterOutputs<AppRouter>['pipelines']['list'];
type Runs = inferRouterOutputs<AppRouter>['runs']['list'];

/** What runs now, what needs a person, and the last runs. */
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
  if (shown === undefined) {
    return (
      <EmptyState title="Nothing has run yet">
        <p>Bring a pipeline in from a terminal, then run it here. It is a JSON file that you can write by hand:</p>
        <pre className="font-mono text-12">sluice pipelines import FILE</pre>
        {pipelines.length > 0 && (
          <Link href="/pipelines" className="text-accent hover:underline">
            {formatQuantity(pipelines.length, 'pipeline')} to choose from
          </Link>
        )}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-6 px-4 py-6 tablet:px-10 tablet:py-9">
      <div>
        <h2 className="text-24 font-semibold tracking-[-0.015em]">{headline(runs.unfinished, failed.length)}</h2>
        <p className="text-text-2">
          {formatQuantity(pipelines.length, 'pipeline')}, {formatQuantity(runs.total, 'run')}. Everything is kept: what
          ran, why it ran, what it made.
        </p>
      </div>
      <LatestRun key={shown.id} runId={shown.id} />
      {failed.length > 0 && <NeedsYou failed={failed} />}
      <section aria-label="Last runs" className="overflow-hidden rounded-card border border-border">
        <h2 className="flex items-center px-5 py-2.5 text-13 font-semibold">
          Last runs
          <Link href="/runs" className="ml-auto text-12 font-medium text-accent hover:underline">
            All runs
          </Link>
        </h2>
        <RunTable rows={runs.runs} />
      </section>
    </div>
  );
}

function headline(unfinished: number, failed: number): string {
  if (unfinished > 0) return `${formatQuantity(unfinished, 'run')} ${unfinished === 1 ? 'goes' : 'go'} on`;
  if (failed > 0) return `${formatQuantity(failed, 'pipeline')} ${failed === 1 ? 'needs' : 'need'} you`;
  return 'All is well';
}
