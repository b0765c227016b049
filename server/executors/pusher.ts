/**
 * Pusher. Copies the model beside its destination and into the output, reads both copies back, opens the one that is
 * handed out and compares its predictions, and leaves it to the engine to let it be seen in the moment in which the
 * version is registered.
 */

import path from 'node:path';

import { artifactDigest } from '../../lib/artifact/artifact-digest';
import { pusherSpec } from '../../lib/catalog/pusher/spec';
import { AppError } from '../../lib/errors';
import { implement, type InputArtifact } from '../engine/executor';
import { copyFolder } from '../storage/copy-folder';
import { confirmCopy } from '../tf/compare-models';

export const pusher = implement(pusherSpec, async ({ params, inputs, outputs, deliver, baseFolder, log, signal }) => {
  const { model, modelBlessing } = inputs;
  if (modelBlessing === undefined) log('No blessing is wired: the model is pushed without a check.', 'warning');
  else if (modelBlessing.properties['blessed'] !== 1) {
    log('The model is not blessed: nothing is pushed.', 'warning');
    return { outputs: { pushedModel: { properties: { pushed: 0 } } } };
  }
  const { baseDirectory } = params.pushDestination.filesystem;
  const delivery = await deliver(baseDirectory === undefined ? undefined : path.resolve(baseFolder, baseDirectory));
  for (const target of [outputs.pushedModel.folder, delivery.folder]) await copyModel(model, target, signal);
  const rows = await confirmCopy(model.folder, delivery.folder);
  log(`The copy was opened: it predicts ${rows} sample rows as the model does.`);
  log(`Version ${delivery.version} goes to ${delivery.destination}.`);
  return {
    outputs: {
      pushedModel: {
        properties: {
          pushed: 1,
          pushedDestination: delivery.destination,
          pushedVersion: String(delivery.version),
        },
      },
    },
  };
});

async function copyModel(model: InputArtifact, target: string, signal: AbortSignal): Promise<void> {
  const files = await copyFolder(model.folder, target, signal);
  if (artifactDigest(files) !== model.digest)
    throw new AppError('artifact-damaged', `The copy of the model in ${target} is not what was copied.`, {
      nextStep: 'Run again; if this happens again, check the disk.',
      retryable: true,
    });
}
