/** What the components of the loop do. */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { implement } from '../../engine/executor';
import type { ExecutorRegistry } from '../../engine/run-node';
import { beginJournal, endJournal } from './journal';
import { ownJudgeSpec, ownMaybeSpec, ownNeedSpec, ownPushSpec, ownTrainSpec } from './loop-specs';

const NO_PROPERTIES = { properties: {} };

const ownTrain = implement(ownTrainSpec, async ({ params, outputs }) => {
  beginJournal(params.journal);
  await writeFile(path.join(outputs.model.folder, 'model.txt'), params.text);
  endJournal(params.journal);
  return { outputs: { model: NO_PROPERTIES } };
});

const ownJudge = implement(ownJudgeSpec, async ({ params, inputs, outputs }) => {
  beginJournal(params.journal);
  await writeFile(path.join(outputs.blessing.folder, params.blesses ? 'BLESSED' : 'NOT_BLESSED'), '');
  endJournal(params.journal);
  const { model, baselineModel } = inputs;
  const properties = {
    blessed: params.blesses ? 1 : 0,
    currentModelId: model.id,
    currentModelDigest: model.digest,
    ...(baselineModel !== undefined && { baselineModelId: baselineModel.id }),
  };
  return { outputs: { blessing: { properties } } };
});

const ownPush = implement(ownPushSpec, async ({ params }) => {
  beginJournal(params.journal);
  endJournal(params.journal);
  return Promise.resolve({ outputs: { token: NO_PROPERTIES } });
});

const ownMaybe = implement(ownMaybeSpec, async ({ params, outputs }) => {
  beginJournal(params.journal);
  // What lies there although nothing is given must not be published.
  await writeFile(path.join(outputs.token.folder, 'token.txt'), 'x');
  endJournal(params.journal);
  return { outputs: { token: params.gives ? NO_PROPERTIES : undefined } };
});

const ownNeed = implement(ownNeedSpec, async ({ params, inputs, outputs }) => {
  beginJournal(params.journal);
  await writeFile(path.join(outputs.token.folder, 'other.txt'), inputs.other === undefined ? 'none' : 'some');
  endJournal(params.journal);
  return { outputs: { token: NO_PROPERTIES } };
});

/** Every executor of the loop by component type. */
export const LOOP_EXECUTORS: ExecutorRegistry = {
  OwnTrain: () => Promise.resolve(ownTrain),
  OwnJudge: () => Promise.resolve(ownJudge),
  OwnPush: () => Promise.resolve(ownPush),
  OwnMaybe: () => Promise.resolve(ownMaybe),
  OwnNeed: () => Promise.resolve(ownNeed),
};
