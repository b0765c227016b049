'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { dataAddress } from '../../lib/artifact/data-address';
import type { StatisticsRow } from '../../lib/artifact/statistics-table';
import { formatCount, formatQuantity, formatShare, formatValue } from '../../lib/format/number';
import { splitNames } from '../../lib/run/run-words';
import { alarmsOf } from '../../lib/stats/feature-alarms';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { FoundBars } from './found-bars';
import { Panel } from './panel';

/** Features that are shown: those that alarm first. */
const SHOWN = 4;

/** Props of {@link FoundInData}. */
export type FoundInDataProps = {
  readonly statistics: ArtifactRef;
  /** The run that they are seen from, where it reused them. */
  readonly run: string | undefined;
};

/** What the statistics of a run say already: the features worth a look, each with its distribution. */
export function FoundInData({ statistics, run }: FoundInDataProps) {
  const trpc = useTRPC();
  const datasets = splitNames(statistics)
    .slice(0, 2)
    .map((split) => ({ artifactId: statistics.id, split }));
  const query = useQuery(
    trpc.statistics.table.queryOptions(
      { datasets },
      // An artifact never changes.
      { staleTime: Infinity, enabled: datasets.length > 0 },
    ),
  );
  const rows = query.data?.rows ?? [];
  const alarming = rows.filter((row) => alarmsOf(row).length > 0);
  const shown = [...alarming, ...rows.filter((row) => !alarming.includes(row) && isTelling(row))].slice(0, SHOWN);
  return (
    <Panel
      title="Already found in the data"
      isLoading={query.isPending && datasets.length > 0}
      aside={
        query.data !== undefined && (
          <Link href={dataAddress(statistics.id, { run })} className="text-12 font-medium text-accent hover:underline">
            All {formatQuantity(query.data.total, 'feature')}
          </Link>
        )
      }
    >
      {query.error !== null && <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />}
      <ul className="flex flex-col">
        {shown.map((row) => (
          <li key={row.key} className="flex min-h-8 items-center gap-2 text-12">
            <span title={row.name} dir="auto" className="min-w-0 flex-1 truncate font-medium">
              {row.name}
            </span>
            <FoundBars row={row} label={`Distribution of ${row.name}`} />
            <Finding row={row} />
          </li>
        ))}
      </ul>
      {alarming.length > SHOWN && (
        <p className="text-12 text-text-3">
          {SHOWN} of {formatCount(alarming.length)} features that alarm.
        </p>
      )}
    </Panel>
  );
}

function Finding({ row }: { readonly row: StatisticsRow }) {
  const [alarm] = alarmsOf(row);
  if (alarm !== undefined) {
    return (
      <span className="flex w-26 flex-none items-center justify-end gap-1 font-semibold text-st-warning">
        <TriangleAlert size={12} aria-hidden="true" />
        {alarmWords(alarm.figure, alarm.value)}
      </span>
    );
  }
  return <span className="w-26 flex-none truncate text-right text-text-3">{plainWords(row)}</span>;
}

function alarmWords(figure: ReturnType<typeof alarmsOf>[number]['figure'], value: number): string {
  switch (figure) {
    case 'missing':
      return `${formatShare(value)} missing`;
    case 'zeros':
      return `${formatShare(value)} zeros`;
    case 'count':
      return 'no values';
    case 'notFinite':
      return 'not finite';
    case 'newValues':
      return formatQuantity(value, 'new value');
  }
}

function plainWords({ sides }: StatisticsRow): string {
  const side = sides[0];
  if (side === null || side === undefined) return '';
  if (typeof side.median === 'number') return `median ${formatValue(side.median)}`;
  return side.unique === undefined ? '' : formatQuantity(side.unique, 'value');
}

/** A distribution of one bar, or of names that hardly repeat, shows nothing. */
function isTelling(row: StatisticsRow): boolean {
  const bars = (row.equal ?? row.bars)?.counts[0]?.length ?? 0;
  return bars > 1 && row.isIdentifier !== true;
}
