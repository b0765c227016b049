'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { formatBytes, formatQuantity } from '../../lib/format/number';
import { metricColumns, metricLabel } from '../../lib/model/metric-columns';
import type { ModelSummary } from '../../lib/model/model';
import { EmptyState } from '../shell/empty-state';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { StaleLine } from '../shell/stale-line';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { buttonLook } from '../ui/button';
import { Moment } from '../ui/moment';
import { SkeletonRows } from '../ui/skeleton';
import { AliasChip } from './alias-chip';
import { GateMark } from './gate-mark';
import { metricText } from './metric-text';

const REFRESH_MS = 5_000;

/** Every registered model with its newest version. */
export function ModelList() {
  const trpc = useTRPC();
  const query = useQuery(trpc.models.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const { data } = query;
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Models' }]}
        note={data === undefined ? undefined : formatQuantity(data.length, 'registered model')}
      />
      <StaleLine query={query} />
      <div className="min-h-0 flex-1 overflow-auto">
        {query.isPending && <SkeletonRows rows={6} label="Loading models" />}
        {query.error !== null && data === undefined && (
          <div className="p-5">
            <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
          </div>
        )}
        {data?.length === 0 && (
          <EmptyState title="No models yet">
            <p>
              A Pusher registers every model that passes its gate, with the run, the data and the code that it came
              from. Run a pipeline with a Trainer, an Evaluator and a Pusher to see the first.
            </p>
            <Link href="/pipelines" className={buttonLook({ look: 'ink' })}>
              Choose a pipeline
            </Link>
          </EmptyState>
        )}
        {data !== undefined && data.length > 0 && <ModelTable models={data} />}
      </div>
    </>
  );
}

function ModelTable({ models }: { readonly models: readonly ModelSummary[] }) {
  return (
    <table className="w-full table-fixed text-12 max-tablet:block">
      <caption className="sr-only">Registered models</caption>
      <thead className="max-tablet:sr-only">
        <tr className="h-8 border-b border-border text-11 text-text-3">
          <th scope="col" className="pl-5">
            Model
          </th>
          <th scope="col" className="w-20">
            Newest
          </th>
          <th scope="col" className="w-48">
            Aliases
          </th>
          <th scope="col" className="w-28">
            Gate
          </th>
          <th scope="col" className="w-52">
            Metrics of the newest
          </th>
          <th scope="col" className="hidden w-20 pr-4 text-right desktop:table-cell">
            Size
          </th>
          <th scope="col" aria-sort="descending" className="w-32 pr-5 text-right font-semibold">
            Pushed ↓
          </th>
        </tr>
      </thead>
      <tbody className="max-tablet:block">
        {models.map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
      </tbody>
    </table>
  );
}

/** Metrics that a row of the list shows. */
const SHOWN = 2;

function ModelRow({ model: { id, name, pipeline, versionCount, newest, aliases } }: { readonly model: ModelSummary }) {
  const metrics = metricColumns([newest]).slice(0, SHOWN);
  return (
    <tr className="relative h-11 border-b hover:bg-hover max-tablet:flex max-tablet:h-auto max-tablet:flex-wrap max-tablet:items-center max-tablet:gap-x-3 max-tablet:gap-y-1 max-tablet:px-4 max-tablet:py-2.5">
      <th scope="row" className="py-1 pr-3 pl-5 max-tablet:w-full max-tablet:p-0">
        <Link href={`/models/${id}`} className="block after:absolute after:inset-0">
          <span dir="auto" title={name} className="block truncate text-13 font-semibold">
            {name}
          </span>
          <span title={pipeline.name} className="block truncate text-11 font-normal text-text-3">
            {formatQuantity(versionCount, 'version')}
          </span>
        </Link>
      </th>
      <td className="font-semibold">v{newest.number}</td>
      <td className="pr-2 max-tablet:order-last">
        {aliases.length === 0 ? (
          <span className="text-text-3 max-tablet:hidden">–</span>
        ) : (
          <span className="flex flex-wrap gap-1">
            {aliases.slice(0, 3).map(({ alias, number }) => (
              <AliasChip key={alias} alias={alias} note={`v${number}`} />
            ))}
            {aliases.length > 3 && <span className="text-11 text-text-3">and {aliases.length - 3} more</span>}
          </span>
        )}
      </td>
      <td>
        <GateMark gate={newest.gate} />
      </td>
      <td className="truncate pr-3 text-text-2 max-tablet:w-full max-tablet:pr-0">
        {metrics.length === 0
          ? 'Not evaluated'
          : metrics.map((metric) => `${metricLabel(metric)} ${metricText(newest.metrics[metric])}`).join(', ')}
      </td>
      <td className="hidden pr-4 text-right text-text-2 desktop:table-cell">{formatBytes(newest.sizeBytes)}</td>
      <td className="pr-5 text-right text-text-2 max-tablet:ml-auto max-tablet:p-0">
        <Moment at={newest.createdAt} />
      </td>
    </tr>
  );
}
