import type { ModelInfo } from '../../lib/artifact/model-info';
import { moveText, predictionText, type Outcome } from '../../lib/model/prediction-words';
import { ScoreLine } from './score-line';

/** Props of {@link OnePrediction}. */
export type OnePredictionProps = {
  readonly outcome: Outcome | undefined;
  readonly task: ModelInfo['task'];
  readonly isChanged: boolean;
};

/** A probability or a number, and how far the changes moved it. */
export function OnePrediction({ outcome, task, isChanged }: OnePredictionProps) {
  if (outcome === undefined) return null;
  const move = moveText(outcome, task);
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 py-1">
        <data value={outcome.now} className="text-24 font-semibold tabular-nums">
          {predictionText(outcome.now, task)}
        </data>
        <span className="text-12 text-text-2">
          {isChanged ? (
            <>
              <span className="font-medium text-text">{move ?? 'no change'}</span> from{' '}
              <data value={outcome.before}>{predictionText(outcome.before, task)}</data>
            </>
          ) : (
            'as the row is'
          )}
        </span>
      </p>
      {task === 'binary' && <ScoreLine score={outcome.now} before={isChanged ? outcome.before : undefined} isStrong />}
    </>
  );
}
