'use client';

import { useMemo } from 'react';

import { zEvalConfig, type EvalConfig } from '../../../lib/evaluation/eval-config';
import { sliceParam } from '../../../lib/evaluation/evaluation-screen';
import { classNamesOf } from '../../../lib/evaluation/metric-words';
import { sliceWords } from '../../../lib/evaluation/verdict-words';
import type { SliceKey } from '../../../lib/evaluation/slices';
import { formatQuantity } from '../../../lib/format/number';
import type { ArtifactId } from '../../../lib/ids';
import { Button } from '../../ui/button';
import { ClassesPanel } from './classes-panel';
import { ErrorsPanel } from './errors-panel';
import { EvaluatedRowsPane } from './evaluated-rows-pane';
import { MetricsTable } from './metrics-table';
import { ScoresPanel } from './scores-panel';
import { chosenSeries } from './series-id';
import { SlicesPanel } from './slices-panel';
import { useEvaluationScreen, type Summary } from './use-evaluation-screen';
import { VerdictBand } from './verdict-band';

/** Props of {@link EvaluationWorkbench}. */
export type EvaluationWorkbenchProps = { readonly artifactId: ArtifactId; readonly summary: Summary };

/** An evaluation at work: the verdict above, figures and slices at the left, curves at the right, rows below. */
export function EvaluationWorkbench({ artifactId, summary }: EvaluationWorkbenchProps) {
  const state = useEvaluationScreen();
  const { screen, push, openRows } = state;
  const config = useMemo((): EvalConfig | undefined => zEvalConfig.safeParse(summary.config).data, [summary]);
  const names = useMemo(() => (config === undefined ? new Map<string, string>() : classNamesOf(config)), [config]);
  const found = summary.slices.findIndex(({ key }) => JSON.stringify(key) === JSON.stringify(screen.slice));
  const wholeAt = summary.slices.findIndex(({ key }) => key.length === 0);
  const index = found < 0 ? wholeAt : found;
  const slice = summary.slices[index]?.key ?? [];
  const rows = summary.slices[index]?.rows ?? summary.rows;
  const choose = (key: SliceKey) => {
    push({ slice: sliceParam(key) });
  };
  const panel = { artifactId, summary, slice, rows, state };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        role="region"
        aria-label="Evaluation"
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto -outline-offset-2 desktop:overflow-hidden"
      >
        <VerdictBand summary={summary} config={config} onSlice={choose} />
        <div className="grid flex-1 grid-cols-1 desktop:min-h-0 desktop:grid-cols-[minmax(430px,46%)_minmax(0,1fr)]">
          <div className="min-w-0 border-border-subtle px-4 py-3 tablet:px-5 desktop:overflow-y-auto desktop:border-r">
            <MetricsTable
              summary={summary}
              at={index}
              rows={rows}
              names={names}
              chosen={chosenSeries(summary.series, screen.metric)}
              onChoose={(metric) => {
                push({ metric });
              }}
            />
            <SlicesPanel summary={summary} names={names} slice={slice} state={state} onSlice={choose} />
          </div>
          <div className="min-w-0 px-4 py-3 tablet:px-5 desktop:overflow-y-auto">
            {slice.length > 0 && (
              <p className="mb-3 flex items-center gap-2 rounded-control bg-selected py-1 pr-1 pl-2.5 text-12">
                <span className="min-w-0 truncate" title={sliceWords(slice)}>
                  Only <bdi className="font-semibold">{sliceWords(slice)}</bdi>, {formatQuantity(rows, 'row')}
                </span>
                <span className="ml-auto flex gap-1">
                  <Button
                    size="small"
                    look="quiet"
                    onClick={() => {
                      openRows({ type: 'all' });
                    }}
                  >
                    Its rows
                  </Button>
                  <Button
                    size="small"
                    look="quiet"
                    onClick={() => {
                      choose([]);
                    }}
                  >
                    All rows
                  </Button>
                </span>
              </p>
            )}
            {summary.task === 'regression' && <ErrorsPanel {...panel} />}
            {summary.task === 'classes' && <ClassesPanel {...panel} />}
            {summary.task !== 'regression' && <ScoresPanel {...panel} />}
          </div>
        </div>
      </div>
      {screen.mark !== undefined && (
        <EvaluatedRowsPane
          artifactId={artifactId}
          summary={summary}
          slice={slice}
          mark={screen.mark}
          onClose={() => {
            openRows(undefined);
          }}
        />
      )}
    </div>
  );
}
