'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';

import type { DataArtifact, DataFamily } from '../../../lib/artifact/data-family';
import type { FeatureDetail as Detail, StatisticsRow } from '../../../lib/artifact/statistics-table';
import { findingsOf } from '../../../lib/stats/describe-row';
import { alarmsOf } from '../../../lib/stats/feature-alarms';
import { barCondition, findingCondition, valueCondition } from '../../../lib/stats/row-conditions';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { FeatureChart } from './feature-chart';
import { FeatureFacts, FeatureNotes } from './feature-facts';
import { SampleRows } from './sample-rows';
import type { StatisticsAddress } from './statistics-address';

/** Props of {@link FeatureDetail}. */
export type FeatureDetailProps = {
  readonly row: StatisticsRow;
  readonly artifact: DataArtifact;
  readonly family: DataFamily;
  readonly names: readonly string[];
  readonly address: StatisticsAddress;
  /** Names of other features, which tell something of a row. */
  readonly others: readonly string[];
};

/** Other features beside the one that is looked at. */
const BESIDE = 3;

/** An open feature: its distribution with axes, what is found about it, rows, and every figure. */
export function FeatureDetail({ row, artifact, family, names, address, others }: FeatureDetailProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.statistics.feature.queryOptions({ datasets: [...address.datasets], key: row.key }, { staleTime: Infinity }),
  );
  const detail = query.data;
  const alarms = alarmsOf(row);
  const [finding, ...further] = findingsOf(row, names);
  const { examples, splits } = rowsBehind(family, artifact, address);
  const condition = chosenCondition(row, detail, address) ?? findingCondition(row);
  return (
    <section
      aria-label={`Details of ${row.name}`}
      className="grid gap-x-8 gap-y-4 border-b bg-sunken px-4 pt-1 pb-4 tablet:pr-5 tablet:pl-11 desktop:grid-cols-[minmax(0,540px)_minmax(0,1fr)]"
    >
      <div className="flex min-w-0 flex-col gap-2">
        <FeatureChart row={row} detail={detail} names={names} address={address} hasRows={examples !== undefined} />
        {detail !== undefined && <FeatureNotes detail={detail} names={names} />}
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <p
          className={`flex items-start gap-1.5 ${alarms.length > 0 ? 'font-semibold text-st-warning' : 'text-text-2'}`}
        >
          {alarms.length > 0 && <TriangleAlert size={14} aria-hidden="true" className="mt-[3px]" />}
          {finding}
        </p>
        {further.map((sentence) => (
          <p key={sentence} className="text-12 text-text-2">
            {sentence}
          </p>
        ))}
        {query.error !== null && <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />}
        {examples !== undefined && condition !== undefined && splits.length > 0 && (
          <SampleRows
            key={JSON.stringify(condition)}
            examples={examples}
            splits={splits}
            condition={condition}
            columns={[row.name, ...others.filter((name) => name !== row.name).slice(0, BESIDE)]}
          />
        )}
        {detail !== undefined && <FeatureFacts detail={detail} names={names} />}
      </div>
    </section>
  );
}

/** Rows can be shown of the splits of these very statistics: those of another artifact lie elsewhere. */
function rowsBehind(family: DataFamily, artifact: DataArtifact, { datasets }: StatisticsAddress) {
  const own = datasets.filter(({ artifactId, slice }) => artifactId === artifact.id && slice === undefined);
  return { examples: family.members.Examples, splits: [...new Set(own.map(({ split }) => split))] };
}

function chosenCondition(row: StatisticsRow, detail: Detail | undefined, { bar, bins }: StatisticsAddress) {
  if (bar === undefined) return undefined;
  if (row.group === 'numeric') {
    const stored = (bins === 'quantiles' ? row.quantiles : undefined) ?? row.equal;
    return stored === undefined || bar >= stored.edges.length - 1 ? undefined : barCondition(row.name, stored, bar);
  }
  const value = detail?.values?.labels[bar];
  // A value that was cut for the screen finds no row.
  return value === undefined || value.endsWith('…') ? undefined : valueCondition(row, value);
}
