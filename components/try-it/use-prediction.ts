import { useEffect, useRef, useState } from 'react';

import type { TransformRow } from '../../lib/transform/apply-transform';
import type { ModelWorker } from './model-worker';

/** What a model says of a row as it was, and as it is now. */
export type Prediction = {
  readonly before: readonly number[];
  readonly now: readonly number[];
  /** What is true of the row as it was: see `RowAnswers`. */
  readonly label: number;
};

/** The newest prediction that came; the one before it stays until then. */
export function usePrediction(worker: ModelWorker, before: TransformRow | undefined, now: TransformRow | undefined) {
  const asked = useRef(0);
  const [prediction, setPrediction] = useState<Prediction>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    if (before === undefined || now === undefined) return;
    asked.current += 1;
    const ticket = asked.current;
    worker.predict([before, now]).then(
      ({ outputs, labels }) => {
        if (ticket !== asked.current) return;
        const width = outputs.length / 2;
        setError(undefined);
        setPrediction({
          before: [...outputs.subarray(0, width)],
          now: [...outputs.subarray(width)],
          label: labels[0] ?? Number.NaN,
        });
      },
      (failure: unknown) => {
        if (ticket === asked.current) setError(failure);
      },
    );
  }, [worker, before, now]);
  return { prediction, error };
}
