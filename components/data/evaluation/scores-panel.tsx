'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { classWords } from '../../../lib/evaluation/metric-words';
import { toScoreCurve, type ScoreCurve } from '../../../lib/evaluation/score-curve';
import type { ScoreSeries } from '../../../lib/evaluation/evaluation-answers';
import type { SliceKey } from '../../../lib/evaluation/slices';
import type { ArtifactId } from '../../../lib/ids';
import { BASELINE_LOOK, CANDIDATE_LOOK } from '../../charts/series-look';
import { SeriesKey } from '../../charts/series-key';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Select } from '../../ui/select';
import { SkeletonRows } from '../../ui/skeleton';
import { CurvesRow } from './curves-row';
import { OutcomeMatrix } from './outcome-matrix';
import { ScoreBars } from './score-bars';
import { Segments } from './segments';
import { ThresholdBar } from './threshold-bar';
import { ThresholdFigures } from './threshold-figures';
import { useThresholds } from './use-thresholds';
import type { ScreenState, Summary } from './use-evaluation-screen';

/** Props of the panels at the right. */
export type PanelProps = {
  readonly artifactId: ArtifactId;
  readonly summary: Summary;
  readonly slice: SliceKey;
  /** Rows in the slice. */
  readonly rows: number;
  readonly state: ScreenState;
};

/** A model with its scores summed up. */
export type ModelScores = {
  readonly model: 'candidate' | 'baseline';
  readonly series: ScoreSeries;
  readonly curve: ScoreCurve;
};

/** A yes-or-no question along all thresholds: curves, the spread of the scores, and the matrix at one threshold. */
export function ScoresPanel({ artifactId, summary, slice, state }: PanelProps) {
  const trpc = useTRPC();
  const { screen, push, replace } = state;
  const isOfClass = summary.task === 'classes';
  const classId = isOfClass ? Math.min(screen.classId, summary.classes - 1) : undefined;
  const query = useQuery(
    trpc.evaluations.scores.queryOptions(
      { artifactId, slice: [...slice.map(([name, value]): [string, string | number] => [name, value])], classId },
      { staleTime: Infinity, placeholderData: keepPreviousData },
    ),
  );
  const isWeighted = summary.hasWeights && !screen.isByRows;
  const models = useMemo(
    (): readonly ModelScores[] =>
      (query.data?.series ?? []).map((series) => ({
        model: series.model,
        series,
        curve: toScoreCurve(series, isWeighted),
      })),
    [query.data, isWeighted],
  );
  const thresholds = useThresholds(state);
  if (query.error !== null)
    return <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <SkeletonRows rows={8} label="Loading the scores" />;
  const hasBaseline = models.length > 1;
  const drawn = models.find(({ model }) => model === screen.model) ?? models[0];
  const question = { classId, isWeighted, name: isOfClass ? classWords(classId ?? 0, summary.classNames) : undefined };
  return (
    <section
      aria-label="Scores"
      aria-busy={query.isPlaceholderData}
      className={query.isPlaceholderData ? 'opacity-60' : ''}
    >
      {isOfClass && (
        <div className="mt-4 mb-2 flex flex-wrap items-center gap-2 border-t pt-3">
          <h2 className="font-semibold">One class against the rest</h2>
          <Select
            label="class"
            value={String(classId)}
            options={Array.from({ length: summary.classes }, (_, id) => ({
              value: String(id),
              label: classWords(id, summary.classNames),
            }))}
            onChange={(id) => {
              push({ class: id === '0' ? undefined : id, mark: undefined });
            }}
          />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-2">
        <SeriesKey look={CANDIDATE_LOOK} name={hasBaseline ? 'candidate' : 'model'} />
        {hasBaseline && <SeriesKey look={BASELINE_LOOK} name="baseline" />}
        {summary.hasWeights && (
          <span className="ml-auto">
            <Segments
              label="Count"
              value={isWeighted ? 'weight' : 'rows'}
              options={[
                { value: 'weight', label: 'By weight' },
                { value: 'rows', label: 'By rows' },
              ]}
              onChange={(by) => {
                replace({ by: by === 'rows' ? 'rows' : undefined });
              }}
            />
          </span>
        )}
      </div>
      <CurvesRow models={models} thresholds={thresholds.shown} isWeighted={isWeighted} state={state} />
      <div className="mt-3 border-t pt-3">
        <ThresholdBar thresholds={thresholds} hasBaseline={hasBaseline} />
        {drawn !== undefined && (
          <ScoreBars
            scores={drawn}
            question={question}
            threshold={thresholds.shown[drawn.model]}
            onThreshold={(value) => {
              thresholds.move(value, drawn.model);
            }}
            hasBaseline={hasBaseline}
            state={state}
          />
        )}
        <div className="mt-4 flex flex-wrap items-start gap-x-7 gap-y-4">
          {models.map((scores) => (
            <OutcomeMatrix
              key={scores.model}
              scores={scores}
              question={question}
              threshold={thresholds.shown[scores.model]}
              hasBaseline={hasBaseline}
              state={state}
            />
          ))}
          <ThresholdFigures models={models} thresholds={thresholds.shown} />
        </div>
      </div>
    </section>
  );
}
