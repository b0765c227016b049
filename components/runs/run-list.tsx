'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { formatCount, formatQuantity } from '../../lib/format/number';
import { EmptyState } from '../shell/empty-state';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { StaleLine } from '../shell/stale-line';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/skeleton';
import { RunFilters } from './run-filters';
import { RunGrid } from './run-grid';
import { RunTable } from './run-table';
import { StartRun } from './start-run';
import { useRunListAddress } from './use-run-list-address';

const PAGE = 50;
/** New runs appear by themselves; later pages, which they only push on, look less often. */
const REFRESH_MS = 2_000;
const LATER_REFRESH_MS = 15_000;

/** The history of all pipelines. Filters, order and page stand in the address. */
export function RunList() {
  const trpc = useTRPC();
  const { address, set } = useRunListAddress();
  const { filter, sort, page } = address;
  const query = useQuery(
    trpc.runs.list.queryOptions(
      { ...filter, sort, offset: (page - 1) * PAGE, limit: PAGE },
      { placeholderData: keepPreviousData, refetchInterval: page === 1 ? REFRESH_MS : LATER_REFRESH_MS },
    ),
  );
  const { data } = query;
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Runs' }]}
        note={data === undefined ? undefined : describeCounts(data.total, data.unfinished)}
      >
        <StartRun />
      </PageHead>
      <StaleLine query={query} />
      <RunFilters address={address} onChange={set} />
      <div className="min-h-0 flex-1 overflow-auto">
        {filter.pipelineId !== undefined && <RunGrid pipelineId={filter.pipelineId} />}
        {query.isPending && <SkeletonRows rows={12} label="Loading runs" />}
        {query.error !== null && data === undefined && (
          <div className="p-5">
            <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
          </div>
        )}
        {data !== undefined && data.runs.length > 0 && (
          <RunTable
            rows={data.runs}
            sort={sort}
            onSort={(next) => {
              set({ sort: next });
            }}
          />
        )}
        {data?.runs.length === 0 && <NoRuns isFiltered={isFiltered} isBeyond={data.total > 0} />}
        {data !== undefined && data.total > PAGE && (
          <Pages
            page={page}
            total={data.total}
            shown={data.runs.length}
            onPage={(next) => {
              set({ page: next });
            }}
          />
        )}
      </div>
    </>
  );
}

type PagesProps = {
  readonly page: number;
  readonly total: number;
  readonly shown: number;
  readonly onPage: (page: number) => void;
};

function Pages({ page, total, shown, onPage }: PagesProps) {
  const last = Math.ceil(total / PAGE);
  const from = (page - 1) * PAGE;
  const turn = (label: string, to: number) => (
    <Button
      disabled={to < 1 || to > last || to === page}
      onClick={() => {
        onPage(to);
      }}
    >
      {label}
    </Button>
  );
  return (
    <nav aria-label="Pages of runs" className="flex flex-wrap items-center gap-2 px-4 py-3 tablet:px-5">
      {turn('First', 1)}
      {turn('Before', page - 1)}
      {turn('Next', page + 1)}
      {turn('Last', last)}
      <span className="text-12 text-text-3">
        {shown === 0 ? 'None' : `${formatCount(from + 1)}–${formatCount(from + shown)}`} of {formatCount(total)}
      </span>
    </nav>
  );
}

function describeCounts(total: number, unfinished: number): string {
  const all = formatQuantity(total, 'run');
  return unfinished === 0 ? all : `${all}, ${formatCount(unfinished)} not over`;
}

function NoRuns({ isFiltered, isBeyond }: { readonly isFiltered: boolean; readonly isBeyond: boolean }) {
  if (isBeyond) return <EmptyState title="No run on this page">There are fewer runs than that.</EmptyState>;
  if (isFiltered) {
    return (
      <EmptyState title="No run matches">
        <p>Take a word away, or choose another state or pipeline. Flags are is:, pipeline: and by:.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No runs yet">
      <p>Run a sample to see one in a few seconds.</p>
      <StartRun />
    </EmptyState>
  );
}
