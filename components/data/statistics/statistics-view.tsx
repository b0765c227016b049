'use client';

import { useMemo } from 'react';

import { alarmsOf } from '../../../lib/stats/feature-alarms';
import { orderRows } from '../../../lib/stats/order-rows';
import { EmptyState } from '../../shell/empty-state';
import { ErrorPanel } from '../../shell/error-panel';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { SkeletonRows } from '../../ui/skeleton';
import type { DataViewProps } from '../views';
import { FeatureDetail } from './feature-detail';
import { useStatisticsAddress, type ShownDataset } from './statistics-address';
import { StatisticsTable } from './statistics-table';
import { StatisticsToolbar } from './statistics-toolbar';
import { useStatistics } from './use-statistics';

/** The figures of each feature of one dataset, or of two side by side. What is chosen stands in the address. */
export function StatisticsView({ artifact, family }: DataViewProps) {
  const address = useStatisticsAddress(artifact);
  const { query, rows, head } = useStatistics(address.datasets, address.bins);
  const { choice, datasets, change } = address;
  const { sort, isReversed, text, type, onlyAlarming } = choice;
  const shown = useMemo(
    () => orderRows(rows, { sort, isReversed, text, type, onlyAlarming }),
    [rows, sort, isReversed, text, type, onlyAlarming],
  );
  const alarming = useMemo(() => rows.filter((row) => alarmsOf(row).length > 0).length, [rows]);
  const names = useNames(datasets, { artifact, family });
  const others = useMemo(() => rows.slice(0, 5).map(({ name }) => name), [rows]);
  return (
    <>
      <StatisticsToolbar {...{ artifact, family, address, head, names, alarming }} loaded={rows.length} />
      {query.isPending && <SkeletonRows rows={14} label="Loading statistics" />}
      {query.error !== null && (
        <div className="p-5">
          <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      {head !== undefined && shown.length > 0 && (
        <StatisticsTable
          all={rows}
          shown={shown}
          names={names}
          address={address}
          detail={(row) => <FeatureDetail {...{ row, artifact, family, names, address, others }} />}
        />
      )}
      {head?.total === 0 && (
        <EmptyState title="No features">
          <p>These statistics describe {head.datasets[0]?.examples ?? 0} examples and no feature.</p>
        </EmptyState>
      )}
      {head !== undefined && head.total > 0 && shown.length === 0 && (
        <EmptyState title={onlyAlarming && text === '' && type === undefined ? 'Nothing alarms' : 'No feature matches'}>
          <Button
            onClick={() => {
              change({ q: undefined, type: undefined, alarming: undefined });
            }}
          >
            Show all features
          </Button>
        </EmptyState>
      )}
    </>
  );
}

/** Datasets are called by their split; one of another artifact says also which. */
function useNames(datasets: readonly ShownDataset[], { artifact, family }: DataViewProps): readonly string[] {
  const key = datasets.map(({ artifactId, split }) => `${artifactId} ${split}`).join('\n');
  return useMemo(
    () =>
      key.split('\n').map((dataset) => {
        const space = dataset.indexOf(' ');
        const [id, split] = [dataset.slice(0, space), dataset.slice(space + 1)];
        if (id === artifact.id) return split;
        const run = family.ofNode.find((other) => other.id === id)?.run.number;
        return `${split} of ${run === undefined ? 'another node' : `run ${run}`}`;
      }),
    [key, artifact.id, family.ofNode],
  );
}
