'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import type { Dataset } from '../../lib/artifact/data-family';
import { anomalyCount, featureCount, rowCount } from '../../lib/artifact/stored-counts';
import { formatCount, formatQuantity } from '../../lib/format/number';
import { splitCounts } from '../../lib/run/run-words';
import { EmptyState } from '../shell/empty-state';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { StaleLine } from '../shell/stale-line';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { buttonLook } from '../ui/button';
import { Moment } from '../ui/moment';
import { SkeletonRows } from '../ui/skeleton';
import { StateLabel } from '../ui/state-mark';

const REFRESH_MS = 5_000;

/** The newest rows of each node that makes rows, and what was made of them. */
export function DataList() {
  const trpc = useTRPC();
  const query = useQuery(trpc.data.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const { data } = query;
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Data' }]}
        note={data === undefined ? undefined : formatQuantity(data.length, 'dataset')}
      />
      <StaleLine query={query} />
      <div className="min-h-0 flex-1 overflow-auto">
        {query.isPending && <SkeletonRows rows={6} label="Loading datasets" />}
        {query.error !== null && data === undefined && (
          <div className="p-5">
            <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
          </div>
        )}
        {data?.length === 0 && (
          <EmptyState title="No data yet">
            <p>Rows, statistics, schemas and anomalies of every run are kept here. Run a pipeline to make the first.</p>
            <Link href="/pipelines" className={buttonLook({ look: 'ink' })}>
              Choose a pipeline
            </Link>
          </EmptyState>
        )}
        {data !== undefined && data.length > 0 && <DatasetTable datasets={data} />}
      </div>
    </>
  );
}

function DatasetTable({ datasets }: { readonly datasets: readonly Dataset[] }) {
  return (
    <table className="w-full table-fixed text-12 max-tablet:block">
      <caption className="sr-only">Datasets</caption>
      <thead className="max-tablet:sr-only">
        <tr className="h-8 border-b border-border text-11 text-text-3">
          <th scope="col" className="pl-5">
            Dataset
          </th>
          <th scope="col" className="w-16 pr-3 text-right">
            Run
          </th>
          <th scope="col" className="w-44 pr-3 text-right">
            Rows
          </th>
          <th scope="col" className="w-20 pr-4 text-right">
            Features
          </th>
          <th scope="col" className="w-22">
            Statistics
          </th>
          <th scope="col" className="hidden w-20 desktop:table-cell">
            Schema
          </th>
          <th scope="col" className="w-32">
            Anomalies
          </th>
          <th scope="col" aria-sort="descending" className="w-28 pr-5 text-right font-semibold">
            Made ↓
          </th>
        </tr>
      </thead>
      <tbody className="max-tablet:block">
        {datasets.map((dataset) => (
          <DatasetRow key={dataset.examples.id} dataset={dataset} />
        ))}
      </tbody>
    </table>
  );
}

function DatasetRow({ dataset: { examples, statistics, schema, anomalies } }: { readonly dataset: Dataset }) {
  const found = anomalies === undefined ? undefined : anomalyCount(anomalies);
  return (
    <tr className="relative h-11 border-b hover:bg-hover max-tablet:flex max-tablet:h-auto max-tablet:flex-wrap max-tablet:items-center max-tablet:gap-x-3 max-tablet:px-4 max-tablet:py-2.5">
      <th scope="row" className="py-1 pr-3 pl-5 max-tablet:w-full max-tablet:p-0">
        <Link href={`/data/${(statistics ?? examples).id}`} className="block after:absolute after:inset-0">
          <span dir="auto" title={examples.pipeline.name} className="block truncate text-13 font-semibold">
            {examples.pipeline.name}
          </span>
          <span title={examples.node} className="block truncate text-11 font-normal text-text-3">
            {examples.node}, {examples.component}
          </span>
        </Link>
      </th>
      <td className="pr-3 text-right max-tablet:hidden">
        <Link href={`/runs/${examples.run.id}`} className="relative hover:underline">
          {examples.run.number}
        </Link>
      </td>
      <td className="pr-3 text-right max-tablet:p-0">
        <Link href={`/data/${examples.id}`} className="relative hover:underline">
          {formatCount(rowCount(examples))}
          <span className="tablet:hidden"> rows</span>
        </Link>
        <span title={splitCounts(examples)} className="block truncate text-11 text-text-3 max-tablet:hidden">
          {splitCounts(examples)}
        </span>
      </td>
      <td className="pr-4 text-right max-tablet:hidden">{formatCount(featureCount(examples))}</td>
      <td className="max-tablet:hidden">
        {statistics === undefined ? '–' : <MemberLink id={statistics.id}>Statistics</MemberLink>}
      </td>
      <td className="hidden desktop:table-cell">
        {schema === undefined ? '–' : <MemberLink id={schema.id}>Schema</MemberLink>}
      </td>
      <td>
        {anomalies === undefined ? (
          <span className="text-text-3 max-tablet:hidden">Not checked</span>
        ) : (
          <MemberLink id={anomalies.id}>
            {found === undefined || found === 0 ? (
              <StateLabel mark="complete">None</StateLabel>
            ) : (
              <StateLabel mark="warning">{formatQuantity(found, 'anomaly', 'anomalies')}</StateLabel>
            )}
          </MemberLink>
        )}
      </td>
      <td className="pr-5 text-right text-text-2 max-tablet:ml-auto max-tablet:p-0">
        <Moment at={examples.createdAt} />
      </td>
    </tr>
  );
}

function MemberLink({ id, children }: { readonly id: string; readonly children: React.ReactNode }) {
  return (
    <Link href={`/data/${id}`} className="relative text-accent hover:underline">
      {children}
    </Link>
  );
}
