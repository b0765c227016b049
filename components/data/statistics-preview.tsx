'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useState } from 'react';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { formatCount, formatQuantity, formatShare, formatValue } from '../../lib/format/number';
import { splitNames } from '../../lib/run/run-words';
import type { AppRouter } from '../../server/api/root';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Select } from '../ui/select';
import { SkeletonRows } from '../ui/skeleton';
import { StateLabel } from '../ui/state-mark';

type Feature = inferRouterOutputs<AppRouter>['artifacts']['statistics']['datasets'][number]['features'][number];

/** Features that are drawn; the rest is counted. */
const SHOWN = 60;
/** Where a share of missing values begins to alarm, as Facets has it. */
const MISSING_ALARM = 0.02;

/** The figures of each feature, numeric and categorical in one narrow table. */
export function StatisticsPreview({ artifact }: { readonly artifact: ArtifactRef }) {
  const trpc = useTRPC();
  const splits = splitNames(artifact);
  const [split, setSplit] = useState(splits[0] ?? '');
  const query = useQuery(
    trpc.artifacts.statistics.queryOptions(
      { artifactId: artifact.id, split },
      // An artifact never changes.
      { staleTime: Infinity, placeholderData: keepPreviousData, enabled: split !== '' },
    ),
  );
  const dataset = query.data?.datasets[0];
  return (
    <div className="mt-1 mb-2">
      <div className="flex items-center gap-1 pb-1">
        {splits.length > 1 && (
          <Select
            label="split"
            value={split}
            options={splits.map((value) => ({ value, label: value }))}
            onChange={setSplit}
          />
        )}
        {dataset !== undefined && (
          <span className="ml-auto text-12 text-text-3">{formatQuantity(dataset.examples, 'example')}</span>
        )}
      </div>
      {query.isPending && <SkeletonRows rows={4} label="Loading statistics" />}
      {query.error !== null && <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />}
      {dataset !== undefined && (
        <div
          role="region"
          aria-label={`Statistics of ${split}`}
          // A wide table scrolls, which the keyboard must be able to do too.
          tabIndex={0}
          className="overflow-x-auto rounded-control border"
        >
          <table className="w-full table-fixed text-12">
            <thead>
              <tr className="h-7 border-b border-border text-11 text-text-3">
                <th scope="col" className="w-[44%] px-2">
                  Feature
                </th>
                <th scope="col" className="px-2">
                  Figures
                </th>
              </tr>
            </thead>
            <tbody>
              {dataset.features.slice(0, SHOWN).map((feature) => (
                <FeatureRow key={feature.name} feature={feature} />
              ))}
            </tbody>
          </table>
          {dataset.features.length > SHOWN && (
            <p className="px-2 py-1 text-12 text-text-3">
              {SHOWN} of {formatCount(dataset.features.length)} shown; the command line shows all of them.
            </p>
          )}
        </div>
      )}
    </div>
  );
}

function FeatureRow({ feature }: { readonly feature: Feature }) {
  const all = feature.present + feature.missing;
  const share = all === 0 ? undefined : feature.missing / all;
  const alarms = share !== undefined && share > MISSING_ALARM;
  return (
    <tr className="border-b align-top last:border-b-0">
      <th scope="row" className="px-2 py-1 font-medium">
        <span title={feature.name} className="block truncate">
          {feature.name}
        </span>
        <span className="flex items-center gap-2 text-11 font-normal text-text-3">
          {feature.type}
          {alarms ? (
            <span className="font-semibold">
              <StateLabel mark="warning">{formatShare(share)} missing</StateLabel>
            </span>
          ) : (
            <span>{share === 0 ? 'none' : formatShare(share)} missing</span>
          )}
        </span>
      </th>
      <td className="px-2 py-1 break-words text-text-2">{figures(feature)}</td>
    </tr>
  );
}

function figures(feature: Feature): string {
  const { mean, stdDev, min, median, max, zeros, unique, topValues } = feature;
  if (mean !== undefined) {
    return `${formatValue(number(min))} to ${formatValue(number(max))}, median ${formatValue(number(median))}, mean ${formatValue(number(mean))}\u00a0±\u00a0${formatValue(number(stdDev))}${zeros === undefined || zeros === 0 ? '' : `, ${formatQuantity(zeros, 'zero')}`}`;
  }
  if (unique === undefined) return 'No values';
  const [top] = topValues ?? [];
  const most = top === undefined ? '' : `, most often ${top.value} (${formatCount(number(top.frequency))})`;
  return `${formatCount(unique)} different${most}`;
}

/** Figures that JSON cannot hold travel as text. */
function number(figure: number | string | undefined): number | undefined {
  return figure === undefined ? undefined : Number(figure);
}
