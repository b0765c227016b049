'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, OctagonX, TriangleAlert } from 'lucide-react';
import Link from 'next/link';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { dataAddress } from '../../lib/artifact/data-address';
import { formatCount, formatQuantity } from '../../lib/format/number';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Panel } from './panel';

/** Anomalies that are told; the rest is counted. */
const SHOWN = 3;

/** Props of {@link FoundAnomalies}. */
export type FoundAnomaliesProps = {
  readonly anomalies: ArtifactRef;
  /** The run that they are seen from, where it reused them. */
  readonly run: string | undefined;
};

/** What the validator of a run says, each finding a sentence with the way to its rows. */
export function FoundAnomalies({ anomalies, run }: FoundAnomaliesProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.anomalies.list.queryOptions({ artifactId: anomalies.id }, { staleTime: 10_000 }));
  const items = query.data?.items;
  return (
    <Panel
      title="Against the schema"
      isLoading={query.isPending}
      aside={
        items !== undefined &&
        items.length > 0 && (
          <Link href={dataAddress(anomalies.id, { run })} className="text-12 font-medium text-accent hover:underline">
            {items.length === 1 ? 'The anomaly' : `All ${formatCount(items.length)} anomalies`}
          </Link>
        )
      }
    >
      {query.error !== null && <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />}
      {items?.length === 0 && (
        <p className="flex items-center gap-2 text-12 text-text-2">
          <CircleCheck size={14} aria-hidden="true" className="text-st-complete" />
          {formatQuantity(query.data?.features ?? 0, 'feature')} checked, no anomalies.
        </p>
      )}
      <ul className="flex flex-col gap-2">
        {items?.slice(0, SHOWN).map(({ path, feature, severity, splits }) => {
          const Icon = severity === 'ERROR' ? OctagonX : TriangleAlert;
          return (
            <li key={path} className="flex items-start gap-2 text-12">
              <Icon
                size={14}
                aria-hidden="true"
                className={`mt-px ${severity === 'ERROR' ? 'text-st-failed' : 'text-st-warning'}`}
              />
              <span dir="auto" className="line-clamp-2 min-w-0 flex-1 break-words">
                <span className="font-medium">{feature === '' ? 'The dataset' : feature}</span>: {splits[0]?.finding}
              </span>
              <Link
                href={dataAddress(anomalies.id, { anomaly: path, run })}
                className="flex-none font-medium text-accent hover:underline"
              >
                See rows
              </Link>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
