/** Runs one model, away from the page: reads the files of its artifact, then answers rows with predictions. */

import { artifactFileAddress } from '../../lib/artifact/file-address';
import { AppError, toErrorInfo } from '../../lib/errors';
import { openBrowserModel, type BrowserModel, type ReadFile } from './browser-model';
import type { ModelReply, ModelRequest } from './model-messages';
import { startBackend } from './start-backend';

let model: Promise<BrowserModel> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ModelRequest>) => {
  void answer(data);
});

async function answer(request: ModelRequest): Promise<void> {
  try {
    if (request.type === 'open') {
      const { origin, artifactId } = request;
      const started = startBackend(`${origin}/wasm/`);
      model = started.then(() => openBrowserModel(readFrom(origin, artifactId)));
      const { info, fields, label } = await model;
      say({ type: 'opened', info, fields, label, backend: await started });
    } else {
      if (model === undefined) throw new Error('no model was opened');
      const answers = await (await model).predict(request.rows);
      say({ type: 'predicted', id: request.id, ...answers });
    }
  } catch (error) {
    say({ type: 'failed', ...(request.type === 'predict' && { id: request.id }), error: toErrorInfo(error) });
  }
}

function say(reply: ModelReply): void {
  self.postMessage(reply);
}

function readFrom(origin: string, artifactId: string): ReadFile {
  return async (path) => {
    const response = await fetch(`${origin}${artifactFileAddress(artifactId, path)}`).catch((cause: unknown) => {
      throw new AppError('unavailable', 'The studio does not answer, so the model cannot be read.', {
        nextStep: 'Does it still run? Try again when it does.',
        cause,
      });
    });
    if (!response.ok)
      throw new AppError('artifact-missing', `The model cannot be read: its file ${path} does not come.`, {
        nextStep: 'Run the pipeline again: what is missing is made anew.',
        path,
        cause: `${response.status} ${(await response.text()).trim()}`,
      });
    return new Uint8Array(await response.arrayBuffer());
  };
}
