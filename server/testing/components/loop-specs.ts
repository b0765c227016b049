/** Components of a loop from a model to its release, small enough that a test sees through them. They compute nothing real. */

import * as z from 'zod';

import { defineComponent } from '../../../lib/catalog/component-spec';
import type { Catalog } from '../../../lib/catalog/index';

const base = { version: 1, title: 'Test', summary: 'For tests.', category: 'Custom' } as const;
const token = { type: 'Token', summary: 'A sign that it was done.' } as const;
const model = { type: 'Model', summary: 'A model.' } as const;
const blessing = { type: 'ModelBlessing', summary: 'Whether it may go on.' } as const;
const journal = z.string().optional().describe('File that every execution appends to.');

/** Makes a model whose bytes are the parameter's text. */
export const ownTrainSpec = defineComponent({
  ...base,
  type: 'OwnTrain',
  inputs: { after: { ...token, multiple: true, optional: true }, baseModel: { ...model, optional: true } },
  outputs: { model },
  params: z.strictObject({ journal, text: z.string().default('model').describe('Bytes of the model.') }),
});

/** Blesses as told. */
export const ownJudgeSpec = defineComponent({
  ...base,
  type: 'OwnJudge',
  inputs: { model, baselineModel: { ...model, optional: true } },
  outputs: { blessing },
  params: z.strictObject({ journal, blesses: z.boolean().default(true).describe('What it says.') }),
});

/** Writes a token only when the gate is open. */
export const ownPushSpec = defineComponent({
  ...base,
  type: 'OwnPush',
  inputs: { model, modelBlessing: { ...blessing, optional: true, gate: 'blessed' } },
  outputs: { token },
  params: z.strictObject({ journal }),
});

/** Gives a token, or nothing. */
export const ownMaybeSpec = defineComponent({
  ...base,
  type: 'OwnMaybe',
  inputs: { after: { ...token, multiple: true, optional: true } },
  outputs: { token: { ...token, optional: true } },
  params: z.strictObject({ journal, gives: z.boolean().default(false).describe('Whether it gives one.') }),
});

/** Needs a token, and may have another one. */
export const ownNeedSpec = defineComponent({
  ...base,
  type: 'OwnNeed',
  inputs: { token, other: { ...token, optional: true } },
  outputs: { token },
  params: z.strictObject({ journal }),
});

/** Every component of the loop by type. */
export const LOOP_COMPONENTS = {
  OwnTrain: ownTrainSpec,
  OwnJudge: ownJudgeSpec,
  OwnPush: ownPushSpec,
  OwnMaybe: ownMaybeSpec,
  OwnNeed: ownNeedSpec,
} satisfies Catalog;
