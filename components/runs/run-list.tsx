'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { formatCount, formatQuantity } from '../../lib/format/number';
import { zPipelineId } from '../../lib/ids';
import { RUN_STATES, type RunState } from '../../lib/run/run';
import { stateWord } from '../../lib/run/run-words';
import { EmptyState } from '../shell/empty-state';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { StaleLine } from '../shell/stale-line';
import { useAddress } from '../shell/use-address';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button, buttonLook } from '../ui/button';
import { Select } from '../ui/select';
import { SkeletonRows } from '../ui/skeleton';
import { RunTable } from './run-table';

const PAGE = 50;
const REFRESH_MS = 2_000;
const ANY = 'any';

/** The history of all pipelines. Filters and page stand in the address. */
export function RunList() {
  const trpc = useTRPC();
  const { filters, set } = useFilters();
  const query = useQuery(
    trpc.runs.list.queryOptions(
      { ...filters, limit: PAGE },
      // Older pages do not change by themselves.
      { placeholderData: keepPreviousData, refetchInterval: filters.cursor === undefined ? REFRESH_MS : false },
    ),
  );
  const pipelines = useQuery(trpc.pipelines.list.queryOptions());
  const { data } = query;
  const isFiltered = filters.state !== undefined || filters.pipelineId !== undefined;
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Runs' }]}
        note={data === undefined ? undefined : describeCounts(data.total, data.unfinished)}
      />
      <StaleLine query={query} />
      <div className="flex min-h-11 flex-none flex-wrap items-center gap-2 border-b px-4 py-2 tablet:px-5">
        <Select
          label="state"
          value={filters.state ?? ANY}
          options={[{ value: ANY, label: 'any' }, ...RUN_STATES.map((value) => ({ value, label: stateWord(value) }))]}
          onChange={(state) => {
            set({ state: state === ANY ? undefined : state });
          }}
        />
        <Select
          label="pipeline"
          value={filters.pipelineId ?? ANY}
          options={[
            { value: ANY, label: 'any' },
            ...(pipelines.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(pipeline) => {
            set({ pipeline: pipeline === ANY ? undefined : pipeline });
          }}
        />
        {isFiltered && (
          <Button
            look="quiet"
            onClick={() => {
              set({ state: undefined, pipeline: undefined });
            }}
          >
            Show all
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-auto">
        {query.isPending && <SkeletonRows rows={12} label="Loading runs" />}
        {query.error !== null && data === undefined && (
          <div className="p-5">
            <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
          </div>
        )}
        {data !== undefined && data.runs.length > 0 && <RunTable rows={data.runs} />}
        {data?.runs.length === 0 && <NoRuns isFiltered={isFiltered} />}
        {data !== undefined && (data.next !== undefined || filters.cursor !== undefined) && (
          <div className="flex items-center gap-2 px-5 py-3">
            {filters.cursor !== undefined && (
              <Button
                onClick={() => {
                  set({ before: undefined });
                }}
              >
                Newest
              </Button>
            )}
            {data.next !== undefined && (
              <Button
                onClick={() => {
                  set({ before: String(data.next) });
                }}
              >
                Older
              </Button>
            )}
            <span className="text-12 text-text-3">
              {formatCount(data.runs.length)} of {formatCount(data.total)} shown
            </span>
          </div>
        )}
      </div>
    </>
  );
}

function describeCounts(total: number, unfinished: number): string {
  const all = formatQuantity(total, 'run');
  return unfinished === 0 ? all : `${all}, ${formatCount(unfinished)} not over`;
}

function NoRuns({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState title="No run matches">
        <p>Choose another state or pipeline.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No runs yet">
      <p>Run the sample to see one in a few seconds.</p>
      <Link href="/pipelines" className={buttonLook({ look: 'ink' })}>
        Choose a pipeline
      </Link>
    </EmptyState>
  );
}

type Change = {
  readonly state?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly before?: string | undefined;
};

/** The filters of the address. A change of filter begins at the newest run again. */
function useFilters() {
  const { params, push } = useAddress();
  const state = RUN_STATES.find((one) => one === params.get('state'));
  const pipeline = zPipelineId.safeParse(params.get('pipeline'));
  const before = Number(params.get('before') ?? Number.NaN);
  const filters = {
    ...(state !== undefined && { state: state satisfies RunState }),
    ...(pipeline.success && { pipelineId: pipeline.data }),
    ...(Number.isInteger(before) && before > 0 && { cursor: before }),
  };
  const set = (change: Change) => {
    push({ before: undefined, ...change });
  };
  return { filters, set };
}
