'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp } from 'lucide-react';

import type { AnomalyDetail, AnomalyItem, ExplainedFinding } from '../../../lib/artifact/anomaly-report';
import { seenRun } from '../../../lib/artifact/data-address';
import type { DataArtifact, DataFamily } from '../../../lib/artifact/data-family';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { SkeletonRows } from '../../ui/skeleton';
import { StateLabel } from '../../ui/state-mark';
import { DistributionChart } from './distribution-chart';
import { OffendingRows } from './offending-rows';

/** Props of {@link AnomalyDetailPane}. */
export type AnomalyDetailPaneProps = {
  readonly artifact: DataArtifact;
  readonly family: DataFamily;
  readonly item: AnomalyItem;
  /** Which of how many, from 1. */
  readonly place: { readonly at: number; readonly of: number };
  readonly onStep: (by: 1 | -1) => void;
};

/** One anomaly: rule, measured value, limit, both distributions, and the rows. */
export function AnomalyDetailPane({ artifact, family, item, place, onStep }: AnomalyDetailPaneProps) {
  const trpc = useTRPC();
  const query = useQuery(
    // Neither the anomalies nor the statistics ever change.
    trpc.anomalies.detail.queryOptions(
      { artifactId: artifact.id, runId: seenRun(artifact), path: item.path },
      { staleTime: Infinity },
    ),
  );
  const { data } = query;
  const isError = item.severity === 'ERROR';
  return (
    <div className="px-4 py-3 tablet:px-6">
      <header className="flex items-start gap-2">
        <h2 className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2.5 gap-y-1">
          <span dir="auto" title={item.feature} className="line-clamp-3 min-w-0 text-18 font-semibold break-words">
            {item.feature === '' ? 'The whole dataset' : item.feature}
          </span>
          {data?.valueType !== undefined && (
            <span className="rounded-chip border border-border px-1.5 text-12 text-text-2">
              {data.valueType.toLowerCase()}
            </span>
          )}
          <StateLabel mark={isError ? 'failed' : 'warning'}>{isError ? 'Error' : 'Warning'}</StateLabel>
        </h2>
        <span className="flex flex-none items-center gap-1.5 text-12 text-text-3">
          {place.at} of {place.of}
          <Button
            aria-label="Anomaly before"
            disabled={place.at <= 1}
            onClick={() => {
              onStep(-1);
            }}
          >
            <ChevronUp size={14} aria-hidden="true" />
          </Button>
          <Button
            aria-label="Anomaly after"
            disabled={place.at >= place.of}
            onClick={() => {
              onStep(1);
            }}
          >
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
        </span>
      </header>
      {query.isPending && <SkeletonRows rows={8} label="Loading the anomaly" />}
      {query.error !== null && data === undefined && (
        <div className="pt-3">
          <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      {data !== undefined && (
        <>
          {data.splits.map((split) =>
            split.findings.map((finding) => (
              <Finding key={`${split.split} ${finding.type}`} split={split.split} finding={finding} />
            )),
          )}
          <DistributionChart distribution={data.distribution} bounds={boundsOf(data)} />
          <Rows detail={data} family={family} />
        </>
      )}
    </div>
  );
}

function Finding({ split, finding }: { readonly split: string; readonly finding: ExplainedFinding }) {
  const { type, description, rule, measured, limit, over } = finding;
  const tiles = [
    { label: 'Rule', figure: rule, look: '' },
    { label: 'Measured', figure: measured, look: 'text-st-failed' },
    { label: 'Limit', figure: limit, look: '' },
    ...(over === undefined ? [] : [{ label: 'Past the limit by', figure: over, look: '' }]),
  ];
  return (
    <section aria-label={`${finding.shortDescription} in ${split}`} className="@container pt-1">
      <p className="text-text-2">
        <span className="font-medium text-text">{split}</span>: {finding.finding}
      </p>
      <dl
        className={`mt-3 grid grid-cols-2 gap-px border-y bg-border-subtle ${over === undefined ? '@min-[400px]:grid-cols-3' : '@min-[560px]:grid-cols-4'}`}
      >
        {tiles.map(({ label, figure, look }) => (
          <div
            key={label}
            className={`min-w-0 bg-surface px-3 py-2 ${over === undefined ? 'first:pl-0 last:col-span-2 last:pl-0 @min-[400px]:last:col-span-1 @min-[400px]:last:pl-3' : 'odd:pl-0 @min-[560px]:nth-3:pl-3'}`}
          >
            <dt className="text-11 text-text-3">{label}</dt>
            <dd title={figure.text} className={`line-clamp-2 text-15 font-semibold break-words ${look}`}>
              {figure.text}
            </dd>
            {figure.detail !== undefined && (
              <dd title={figure.detail} className="line-clamp-2 text-11 break-words text-text-3">
                {figure.detail}
              </dd>
            )}
          </div>
        ))}
      </dl>
      <details className="py-1.5 text-12 text-text-3">
        <summary className="truncate rounded-control hover:text-text">
          {finding.shortDescription}, {type}
        </summary>
        {description !== '' && (
          <p dir="auto" className="max-h-40 overflow-y-auto pt-1 break-words text-text-2">
            {description}
          </p>
        )}
      </details>
    </section>
  );
}

function boundsOf({ splits }: AnomalyDetail): ExplainedFinding['bounds'] {
  return splits.flatMap(({ findings }) => findings).find(({ bounds }) => bounds !== undefined)?.bounds;
}

function Rows({ detail, family }: { readonly detail: AnomalyDetail; readonly family: DataFamily }) {
  const examples = family.members.Examples;
  const found = detail.splits.flatMap(({ split, findings }) =>
    findings.flatMap(({ rows, type }) => (rows === undefined ? [] : [{ split, type, rows }])),
  );
  if (examples === undefined || found.length === 0) return null;
  return found.map(({ split, type, rows }) => (
    <OffendingRows
      key={`${split} ${type}`}
      examples={examples}
      feature={detail.feature}
      query={{ splits: [split], where: rows }}
    />
  ));
}
