import { useEffect, useState } from 'react';

import type { OpenedModel } from './model-messages';
import { startModelWorker, type ModelWorker } from './model-worker';

/** How far a model is. */
export type ModelState =
  | { readonly status: 'opening' }
  | { readonly status: 'ready'; readonly model: OpenedModel; readonly worker: ModelWorker }
  | { readonly status: 'failed'; readonly error: unknown };

const OPENING: ModelState = { status: 'opening' };

/** A `Model` artifact in a worker, for as long as it is looked at. `retry` starts anew. */
export function useModel(artifactId: string): { readonly state: ModelState; readonly retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<{ readonly of: string; readonly state: ModelState }>();
  const of = `${artifactId} ${attempt}`;
  useEffect(() => {
    const worker = startModelWorker(artifactId);
    let isGone = false;
    const tell = (state: ModelState) => {
      if (!isGone) setFound({ of, state });
    };
    worker.opened.then(
      (model) => {
        tell({ status: 'ready', model, worker });
      },
      (error: unknown) => {
        tell({ status: 'failed', error });
      },
    );
    return () => {
      isGone = true;
      worker.stop();
    };
  }, [artifactId, of]);
  return {
    state: found?.of === of ? found.state : OPENING,
    retry: () => {
      setAttempt((before) => before + 1);
    },
  };
}
