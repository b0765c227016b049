'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { seenRun } from '../../../lib/artifact/data-address';
import { EmptyState } from '../../shell/empty-state';
import { ErrorPanel } from '../../shell/error-panel';
import { useAddress } from '../../shell/use-address';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import type { DataViewProps } from '../views';
import { AnomalyDetailPane } from './anomaly-detail-pane';
import { AnomalyList } from './anomaly-list';
import { DecisionPane } from './decision-pane';

/** What does not fit the schema: the list, one anomaly with its figures and rows, and what to do about it. */
export function AnomaliesView({ artifact, family }: DataViewProps) {
  const trpc = useTRPC();
  const { params, replace } = useAddress();
  const query = useQuery(trpc.anomalies.list.queryOptions({ artifactId: artifact.id, runId: seenRun(artifact) }));
  const { data } = query;
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const wanted = params.get('anomaly');
  const items = data?.items ?? [];
  const chosen = items.find(({ path }) => path === wanted) ?? (wanted === null ? items[0] : undefined);
  const at = chosen === undefined ? -1 : items.indexOf(chosen);
  const choose = (path: string | undefined) => {
    replace({ anomaly: path });
  };
  useEffect(() => {
    // A link to an anomaly that is not there any more leads to the first one.
    if (data !== undefined && wanted !== null && chosen === undefined) replace({ anomaly: undefined });
  });
  if (query.isPending) return <SkeletonRows rows={12} label="Loading anomalies" />;
  if (data === undefined)
    return (
      <div className="p-5">
        <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
      </div>
    );
  const decide = {
    artifact,
    list: data,
    item: chosen,
    marked: items.filter(({ path }) => marked.has(path)),
    onAccepted: () => {
      setMarked(new Set());
    },
  };
  return (
    <div className="grid min-h-0 flex-1 grid-cols-1 max-tablet:content-start overflow-y-auto tablet:grid-cols-[264px_minmax(0,1fr)] tablet:overflow-hidden desktop:grid-cols-[276px_minmax(0,1fr)_280px]">
      <AnomalyList list={data} chosen={chosen?.path} onChoose={choose} marked={marked} onMark={setMarked} />
      <section
        aria-label={chosen === undefined ? 'No anomaly' : `Anomaly of ${chosen.feature}`}
        className="min-w-0 tablet:min-h-0 tablet:overflow-y-auto"
      >
        {chosen === undefined ? (
          <Clean isMissing={data.splits.some(({ isDataMissing }) => isDataMissing)} features={data.cleanCount} />
        ) : (
          <AnomalyDetailPane
            key={chosen.path}
            artifact={artifact}
            family={family}
            item={chosen}
            place={{ at: at + 1, of: items.length }}
            onStep={(by) => {
              choose(items[at + by]?.path);
            }}
          />
        )}
        {chosen !== undefined && (
          <div className="desktop:hidden">
            <DecisionPane {...decide} />
          </div>
        )}
      </section>
      <aside aria-label="Decide" className="hidden min-h-0 overflow-y-auto border-l bg-bg desktop:block">
        <DecisionPane {...decide} />
      </aside>
    </div>
  );
}

function Clean({ isMissing, features }: { readonly isMissing: boolean; readonly features: number }) {
  if (isMissing)
    return (
      <EmptyState title="There was nothing to compare">
        <p>A split has no examples, so that its features were not looked at.</p>
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing is wrong">
      <p>{features === 0 ? 'The schema asks for nothing.' : 'Every feature agrees with the schema in every split.'}</p>
    </EmptyState>
  );
}
