'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { dataAddress } from '../../../lib/artifact/data-address';
import { formatCount } from '../../../lib/format/number';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import { StateLabel } from '../../ui/state-mark';
import type { PreviewProps } from '../preview-props';

/** Anomalies that are drawn; their page shows all. */
const SHOWN = 20;

/** What does not fit the schema, in few words. */
export function AnomaliesPreview({ artifact, run }: PreviewProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.anomalies.list.queryOptions({ artifactId: artifact.id }, { staleTime: Infinity }));
  const { data } = query;
  if (query.error !== null && data === undefined)
    return <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} label="Loading anomalies" />;
  if (data.items.length === 0)
    return (
      <p className="py-1 text-12">
        <StateLabel mark="complete">{formatCount(data.cleanCount)} features agree with the schema</StateLabel>
      </p>
    );
  return (
    <div className="mt-1 mb-2 text-12">
      <ul aria-label="Anomalies" className="rounded-control border">
        {data.items.slice(0, SHOWN).map(({ path, feature, severity, splits }) => (
          <li key={path} className="border-b px-2 py-1 last:border-b-0">
            <Link
              href={dataAddress(artifact.id, { anomaly: path, run })}
              dir="auto"
              title={feature}
              className="block truncate font-medium hover:underline"
            >
              {feature === '' ? 'The whole dataset' : feature}
            </Link>
            <span className={severity === 'ERROR' ? 'text-st-failed' : 'text-st-warning'}>
              {splits[0]?.shortDescription}
            </span>
            <span className="text-text-2">
              {' '}
              in {splits.map(({ split }) => split).join(' and ')}. {splits[0]?.finding}
            </span>
          </li>
        ))}
      </ul>
      <p className="pt-1 text-text-3">
        {data.items.length > SHOWN && `${SHOWN} of ${formatCount(data.items.length)} anomalies shown. `}
        <Link href={dataAddress(artifact.id, { run })} className="text-accent hover:underline">
          Open the anomalies
        </Link>
      </p>
    </div>
  );
}
