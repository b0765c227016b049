'use client';

import type { Confusion } from '../../../lib/metrics/binary-problem';
import { formatCount, formatValue } from '../../../lib/format/number';
import { BASELINE_LOOK, CANDIDATE_LOOK } from '../../charts/series-look';
import { SeriesKey } from '../../charts/series-key';
import type { ModelScores } from './scores-panel';
import type { Question } from './score-bars';
import type { ScreenState } from './use-evaluation-screen';

/** Props of {@link OutcomeMatrix}. */
export type OutcomeMatrixProps = {
  readonly scores: ModelScores;
  readonly question: Question;
  readonly threshold: number;
  readonly hasBaseline: boolean;
  readonly state: ScreenState;
};

const CELLS = [
  { outcome: 'tp', words: 'true positive', look: 'bg-c-new/20 hover:bg-c-new/30' },
  { outcome: 'fn', words: 'missed', look: 'bg-c-2/15 hover:bg-c-2/25' },
  { outcome: 'fp', words: 'false alarm', look: 'bg-c-2/25 hover:bg-c-2/35' },
  { outcome: 'tn', words: 'true negative', look: 'bg-c-new/25 hover:bg-c-new/35' },
] as const satisfies readonly { readonly outcome: keyof Confusion; readonly words: string; readonly look: string }[];

/** Right and wrong answers at the threshold. A cell leads to its rows. */
export function OutcomeMatrix({ scores, question, threshold, hasBaseline, state }: OutcomeMatrixProps) {
  const { model, curve } = scores;
  const counts = curve.at(threshold);
  const chosen = state.screen.mark;
  return (
    <div role="group" aria-label={`Answers of the ${hasBaseline ? model : 'model'} at ${threshold}`} className="w-49">
      <div className="pb-1">
        {hasBaseline ? (
          <SeriesKey look={model === 'candidate' ? CANDIDATE_LOOK : BASELINE_LOOK} name={model} />
        ) : (
          <span className="text-12 font-medium">Answers at the threshold</span>
        )}
      </div>
      <div className="grid grid-cols-2 gap-0.5">
        {CELLS.map(({ outcome, words, look }) => {
          const isChosen =
            chosen?.type === 'outcome' &&
            chosen.model === model &&
            chosen.outcome === outcome &&
            chosen.threshold === threshold;
          return (
            <button
              key={outcome}
              type="button"
              data-outcome={outcome}
              aria-pressed={isChosen}
              title={`Look at these rows`}
              onClick={() => {
                state.openRows({
                  ...{ type: 'outcome', model, outcome, threshold },
                  ...(question.classId !== undefined && { classId: question.classId }),
                });
              }}
              className={`rounded-chip px-2 py-1 text-left aria-pressed:outline-2 aria-pressed:outline-accent ${look}`}
            >
              <b className="block font-semibold">{total(counts[outcome])}</b>
              <span className="block text-11 text-text-2">{words}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** A number of rows, or a sum of weights. */
function total(value: number): string {
  // Sums of weights come a little beside whole numbers.
  const rounded = Math.round(value * 1e6) / 1e6;
  return Number.isInteger(rounded) ? formatCount(rounded) : formatValue(rounded);
}
