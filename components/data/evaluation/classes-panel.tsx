'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { prepareClassMatrix } from '../../../lib/evaluation/class-matrix';
import { classWords } from '../../../lib/evaluation/metric-words';
import { formatCount, formatShare } from '../../../lib/format/number';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import { ClassMatrix } from './class-matrix';
import type { PanelProps } from './scores-panel';
import { Segments } from './segments';

/** Confusions that are named. */
const NAMED = 5;

/** Who is taken for whom: the matrix of all classes, and the most frequent confusions in words. */
export function ClassesPanel({ artifactId, summary, slice, state }: PanelProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.evaluations.classes.queryOptions(
      { artifactId, slice: slice.map(([name, value]): [string, string | number] => [name, value]) },
      { staleTime: Infinity, placeholderData: keepPreviousData },
    ),
  );
  const { model } = state.screen;
  const drawn = query.data?.series.find((series) => series.model === model) ?? query.data?.series[0];
  const matrix = useMemo(
    () => (drawn === undefined ? undefined : prepareClassMatrix(drawn.cells, summary.classes)),
    [drawn, summary.classes],
  );
  if (query.error !== null)
    return <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />;
  if (matrix === undefined || drawn === undefined) return <SkeletonRows rows={8} label="Loading the classes" />;
  const name = (classId: number) => classWords(classId, summary.classNames);
  const open = (actual: number, predicted: number) => {
    state.openRows({ type: 'classes', model: drawn.model, actual, predicted });
  };
  return (
    <section aria-label="Classes" className={query.isPlaceholderData ? 'opacity-60' : ''}>
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <h2 className="font-semibold">Who is taken for whom</h2>
        <span className="text-12 text-text-3">
          {matrix.classes.length < matrix.classesInAll
            ? `the ${matrix.classes.length} most frequent of ${formatCount(matrix.classesInAll)} classes`
            : 'lines are true, columns predicted'}
        </span>
        {summary.hasBaseline && (
          <span className="ml-auto">
            <Segments
              label="Matrix of"
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
      <div className="flex flex-wrap items-start gap-x-8 gap-y-4">
        <ClassMatrix matrix={matrix} nameOf={name} chosen={state.screen.mark} model={drawn.model} onOpen={open} />
        <div className="min-w-56 flex-1">
          <h3 className="text-12 font-semibold">Most frequent confusions</h3>
          {matrix.confusions.length === 0 ? (
            <p className="py-1 text-12 text-text-2">No row is taken for another class.</p>
          ) : (
            <ul className="text-12">
              {matrix.confusions.slice(0, NAMED).map(({ actual, predicted, rows, share }) => (
                <li key={`${actual} ${predicted}`} className="border-b border-border-subtle py-1">
                  <button
                    type="button"
                    className="flex w-full gap-2 rounded-chip text-left hover:text-accent"
                    onClick={() => {
                      open(actual, predicted);
                    }}
                  >
                    <span className="min-w-0 flex-1 break-words">
                      <bdi>{name(actual)}</bdi> taken for <bdi>{name(predicted)}</bdi>
                    </span>
                    <b className="font-semibold">{formatCount(rows)}</b>
                    <span className="w-14 text-right text-text-3">{formatShare(share)}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          <p className="pt-1 text-11 text-text-3">Shares are of all rows of the true class.</p>
        </div>
      </div>
    </section>
  );
}
