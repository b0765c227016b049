import { AppError, fromErrorInfo } from '../../lib/errors';
import type { TransformRow } from '../../lib/transform/apply-transform';
import type { ModelReply, ModelRequest, OpenedModel, RowAnswers } from './model-messages';

/** A model that runs in a worker of its own. */
export type ModelWorker = {
  /** Resolves when the model is ready; rejects with an `AppError` where it cannot be. */
  readonly opened: Promise<OpenedModel>;
  /** Predicts rows. Rejects with an `AppError`. */
  readonly predict: (rows: readonly TransformRow[]) => Promise<RowAnswers>;
  readonly stop: () => void;
};

type Waiting = { readonly resolve: (answers: RowAnswers) => void; readonly reject: (error: AppError) => void };

/** Starts the worker of a `Model` artifact. Stop it when it is no longer needed: it holds the model's memory. */
export function startModelWorker(artifactId: string): ModelWorker {
  const worker = new Worker(new URL('./model.worker.ts', import.meta.url));
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const tell = (request: ModelRequest) => {
    worker.postMessage(request);
  };
  const opened = new Promise<OpenedModel>((resolve, reject) => {
    const fail = (error: AppError) => {
      reject(error);
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    };
    worker.addEventListener('error', (event) => {
      fail(
        new AppError('unsupported', 'This browser cannot run the model: its worker does not start.', {
          nextStep: 'Reload the page. If it stays so, use "sluice models predict" on the command line.',
          cause: event.message,
        }),
      );
    });
    worker.addEventListener('message', ({ data }: MessageEvent<ModelReply>) => {
      if (data.type === 'opened') resolve(data);
      else if (data.type === 'predicted') {
        waiting.get(data.id)?.resolve(data);
        waiting.delete(data.id);
      } else if (data.id === undefined) fail(fromErrorInfo(data.error));
      else {
        waiting.get(data.id)?.reject(fromErrorInfo(data.error));
        waiting.delete(data.id);
      }
    });
  });
  tell({ type: 'open', origin: window.location.origin, artifactId });
  return {
    opened,
    predict: (rows) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        tell({ type: 'predict', id: asked, rows });
      }),
    stop: () => {
      worker.terminate();
    },
  };
}
