'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { binBounds } from '../../../lib/evaluation/error-bins';
import { formatMetric } from '../../../lib/evaluation/metric-words';
import { BASELINE_LOOK, CANDIDATE_LOOK } from '../../charts/series-look';
import { SeriesKey } from '../../charts/series-key';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import { ErrorBars } from './error-bars';
import { PlaceChart } from './place-chart';
import type { PanelProps } from './scores-panel';
import { Segments } from './segments';

/** How far off numbers are: the spread of the errors, predicted by actual, and errors by what was predicted. */
export function ErrorsPanel({ artifactId, slice, state }: PanelProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.evaluations.errors.queryOptions(
      { artifactId, slice: slice.map(([name, value]): [string, string | number] => [name, value]) },
      { staleTime: Infinity, placeholderData: keepPreviousData },
    ),
  );
  if (query.error !== null)
    return <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <SkeletonRows rows={8} label="Loading the errors" />;
  const { errors, values, series } = query.data;
  if (errors === undefined || values === undefined) return <p className="text-12 text-text-2">No row has a number.</p>;
  const hasBaseline = series.length > 1;
  const drawn = series.find(({ model }) => model === state.screen.model) ?? series[0];
  return (
    <section aria-label="Errors" className={query.isPlaceholderData ? 'opacity-60' : ''}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-1">
        <h2 className="font-semibold">Spread of the errors</h2>
        <span className="text-12 text-text-3">predicted minus actual</span>
        {hasBaseline && <SeriesKey look={CANDIDATE_LOOK} name="candidate" />}
        {hasBaseline && <SeriesKey look={BASELINE_LOOK} name="baseline" />}
      </div>
      <ErrorBars
        edges={errors}
        series={series}
        onOpen={(bin) => {
          state.openRows({ type: 'error', model: 'candidate', ...binBounds(errors, bin) });
        }}
      />
      <table className="mt-2 w-full max-w-160 text-12">
        <caption className="sr-only">Errors in figures</caption>
        <thead>
          <tr className="h-6 border-b border-border text-11 text-text-3">
            <th scope="col">Model</th>
            {['Mean error', 'Half within', '90 % within', '99 % within'].map((head) => (
              <th key={head} scope="col" className="pl-3 text-right font-medium">
                <span className="block text-right">{head}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map(({ model, mean, within }) => (
            <tr key={model} className="h-6 border-b border-border-subtle">
              <th scope="row" className="font-normal">
                {hasBaseline ? model : 'model'}
              </th>
              <td className="pl-3 text-right font-semibold">{formatMetric(mean)}</td>
              <td className="pl-3 text-right">±{formatMetric(within.half)}</td>
              <td className="pl-3 text-right">±{formatMetric(within.most)}</td>
              <td className="pl-3 text-right">±{formatMetric(within.nearlyAll)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {drawn !== undefined && (
        <>
          <div className="mt-3 flex items-center gap-2 border-t pt-3 pb-1">
            <h2 className="font-semibold">Value by value</h2>
            {hasBaseline && (
              <span className="ml-auto">
                <Segments
                  label="Values of"
                  value={drawn.model}
                  options={[
                    { value: 'candidate', label: 'candidate' },
                    { value: 'baseline', label: 'baseline' },
                  ]}
                  onChange={(next) => {
                    state.replace({ model: next === 'candidate' ? undefined : next });
                  }}
                />
              </span>
            )}
          </div>
          <div className="grid grid-cols-1 gap-5 tablet:grid-cols-2">
            <PlaceChart
              title="Actual"
              axes="by predicted"
              x={values}
              y={values}
              places={drawn.places}
              guide="diagonal"
              onOpen={(x, y) => {
                state.openRows({
                  ...{ type: 'place', model: drawn.model },
                  predicted: binBounds(values, x),
                  actual: binBounds(values, y),
                });
              }}
            />
            <PlaceChart
              title="Error"
              axes="by predicted"
              x={values}
              y={errors}
              places={drawn.residuals}
              guide="zero"
              onOpen={(_, y) => {
                state.openRows({ type: 'error', model: drawn.model, ...binBounds(errors, y) });
              }}
            />
          </div>
        </>
      )}
    </section>
  );
}
