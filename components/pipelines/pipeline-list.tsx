'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { formatCount, formatQuantity } from '../../lib/format/number';
import { outcomeMark } from '../../lib/run/run-words';
import { EmptyState } from '../shell/empty-state';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { StaleLine } from '../shell/stale-line';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { BringTableButton } from '../uploads';
import { Moment } from '../ui/moment';
import { SkeletonRows } from '../ui/skeleton';
import { StateLabel } from '../ui/state-mark';
import { NewPipelineButton, PipelineDrop } from './new-pipeline';
import { PipelineMenu } from './pipeline-menu';
import { RunButton } from './run-button';

const REFRESH_MS = 3_000;

/** Every pipeline with its last run. */
export function PipelineList() {
  const trpc = useTRPC();
  const pipelines = useQuery(trpc.pipelines.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Pipelines' }]}
        note={pipelines.data === undefined ? undefined : formatQuantity(pipelines.data.length, 'pipeline')}
      >
        {/* A phone has room for one action beside the title; its home page brings tables too. */}
        <span className="max-tablet:hidden">
          <BringTableButton />
        </span>
        <NewPipelineButton />
      </PageHead>
      <StaleLine query={pipelines} />
      <PipelineDrop>
        {pipelines.isPending && <SkeletonRows rows={4} label="Loading pipelines" />}
        {pipelines.error !== null && pipelines.data === undefined && (
          <div className="p-5">
            <ErrorPanel error={toShownError(pipelines.error)} onRetry={() => void pipelines.refetch()} />
          </div>
        )}
        {pipelines.data?.length === 0 && (
          <EmptyState title="No pipelines yet">
            <p>Make a new one, drop a pipeline file here, or bring one in from a terminal:</p>
            <pre className="font-mono text-12">sluice pipelines import FILE</pre>
          </EmptyState>
        )}
        {pipelines.data !== undefined && pipelines.data.length > 0 && (
          <table className="w-full table-fixed text-12 max-tablet:block">
            <caption className="sr-only">Pipelines</caption>
            <thead className="max-tablet:sr-only">
              <tr className="h-8 border-b border-border text-11 text-text-3">
                <th scope="col" className="pl-5">
                  Pipeline
                </th>
                <th scope="col" className="w-44">
                  Last run
                </th>
                <th scope="col" className="w-28">
                  Started
                </th>
                <th scope="col" className="w-20 text-right">
                  Runs
                </th>
                <th scope="col" className="w-20 text-right">
                  Version
                </th>
                <th scope="col" className="w-36 pr-4">
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody className="max-tablet:block">
              {pipelines.data.map(({ id, name, version, runCount, lastRun }) => (
                <tr
                  key={id}
                  className="h-11 border-b hover:bg-hover max-tablet:flex max-tablet:h-auto max-tablet:flex-wrap max-tablet:items-center max-tablet:gap-x-3 max-tablet:px-4 max-tablet:py-3"
                >
                  <th scope="row" className="truncate pr-3 pl-5 max-tablet:w-full max-tablet:p-0">
                    <Link
                      href={`/pipelines/${id}`}
                      title={name}
                      dir="auto"
                      className="text-13 font-semibold -outline-offset-1 hover:underline"
                    >
                      {name}
                    </Link>
                  </th>
                  <td>
                    {lastRun === undefined ? (
                      <span className="text-text-3">Never run</span>
                    ) : (
                      <Link href={`/runs/${lastRun.id}`} className="inline-flex gap-2 align-middle hover:underline">
                        <StateLabel mark={outcomeMark(lastRun).mark}>{outcomeMark(lastRun).words}</StateLabel>
                        <span className="text-text-3">run {lastRun.number}</span>
                      </Link>
                    )}
                  </td>
                  <td className={`text-text-2 ${lastRun === undefined ? 'max-tablet:hidden' : ''}`}>
                    {lastRun === undefined ? '–' : <Moment at={lastRun.createdAt} />}
                  </td>
                  <td className="text-right max-tablet:hidden">{runCountWords(runCount)}</td>
                  <td className="text-right max-tablet:hidden">{version}</td>
                  <td className="pr-4 text-right max-tablet:ml-auto max-tablet:p-0">
                    <span className="inline-flex items-center gap-1">
                      <RunButton pipelineId={id} name={name} look="plain" />
                      <PipelineMenu pipelineId={id} name={name} />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PipelineDrop>
    </>
  );
}

/** The server counts no further: see `pipelines.list`. */
const MAX_COUNTED = 1_000;

function runCountWords(count: number): string {
  return count < MAX_COUNTED ? formatCount(count) : `${formatCount(MAX_COUNTED)} +`;
}
