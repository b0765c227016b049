'use client';

import { useEffect, useMemo, useState } from 'react';

import type { ModelInfo } from '../../lib/artifact/model-info';
import { cellWords } from '../../lib/model/form-cell';
import { outcomesOf, predictionSentence } from '../../lib/model/prediction-words';
import type { TransformRow } from '../../lib/transform/apply-transform';
import { ErrorPanel } from '../shell/error-panel';
import { SkeletonRows } from '../ui/skeleton';
import type { OpenedModel } from './model-messages';
import { modelError } from './model-error';
import type { ModelWorker } from './model-worker';
import { OnePrediction } from './one-prediction';
import { ClassScores } from './class-scores';
import { usePrediction } from './use-prediction';

/** Props of {@link PredictionPane}. */
export type PredictionPaneProps = {
  readonly model: OpenedModel;
  readonly worker: ModelWorker;
  /** The row as the data has it, and as it is now; undefined while it comes. */
  readonly before: TransformRow | undefined;
  readonly now: TransformRow | undefined;
  readonly isChanged: boolean;
  /** True where the values begin with a row of the data, which has a label. */
  readonly isRow: boolean;
};

/** What is said aloud waits until the values rest so long, in ms. */
const REST_MS = 500;

/** What the model makes of the values, beside what is true of the row. */
export function PredictionPane({ model, worker, before, now, isChanged, isRow }: PredictionPaneProps) {
  const { info } = model;
  const { prediction, error } = usePrediction(worker, before, now);
  const outcomes = useMemo(
    () => (prediction === undefined ? undefined : outcomesOf(info, prediction)),
    [info, prediction],
  );
  return (
    <section
      aria-label="Prediction"
      className="flex-none border-border bg-surface px-4 py-3 tablet:px-5 max-desktop:sticky max-desktop:top-0 max-desktop:order-first max-desktop:border-b desktop:w-90 desktop:overflow-y-auto desktop:border-l"
    >
      <h2 className="text-12 text-text-3">
        {TASK_WORDS[info.task]} <bdi className="font-medium break-words text-text">{info.label.feature}</bdi>
      </h2>
      {error !== undefined && <ErrorPanel error={modelError(error)} />}
      {outcomes === undefined && error === undefined && <SkeletonRows rows={2} label="Predicting" />}
      {outcomes !== undefined && (
        <>
          {info.task === 'multi-class' ? (
            <ClassScores outcomes={outcomes} isChanged={isChanged} />
          ) : (
            <OnePrediction outcome={outcomes[0]} task={info.task} isChanged={isChanged} />
          )}
          {isRow && before !== undefined && prediction !== undefined && (
            <TruthLine model={model} row={before} label={prediction.label} />
          )}
          <Spoken sentence={predictionSentence(info, outcomes)} />
        </>
      )}
      <p className="pt-2 text-11 text-text-3 max-tablet:hidden">
        {model.backend === 'wasm'
          ? 'Computed in this browser; no value leaves it.'
          : 'Computed in this browser without WebAssembly, which is slower; no value leaves it.'}
      </p>
    </section>
  );
}

const TASK_WORDS = {
  binary: 'Probability of',
  'multi-class': 'Scores of the classes of',
  regression: 'Predicted',
} as const satisfies Record<ModelInfo['task'], string>;

type TruthProps = { readonly model: OpenedModel; readonly row: TransformRow; readonly label: number };

/** The label of the row that the values began with. */
function TruthLine({ model: { info, label: column }, row, label }: TruthProps) {
  const raw = column === undefined ? '' : cellWords(row[column.column] ?? null);
  const words = raw === '' ? 'The row has no label.' : undefined;
  const isUnknown = raw !== '' && info.task === 'multi-class' && !(label >= 0);
  return (
    <p className="pt-2 text-12 text-text-2">
      {words ?? (
        <>
          The row’s label is{' '}
          <strong className="font-semibold text-text">
            <bdi>{raw}</bdi>
          </strong>
          {isUnknown && ', which is no class of the model'}.
        </>
      )}
    </p>
  );
}

/** Said aloud once the values rest, so that a slider that moves is not a flood of words. */
function Spoken({ sentence }: { readonly sentence: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      setSaid(sentence);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [sentence]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
