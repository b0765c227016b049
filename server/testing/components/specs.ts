/** Components that misbehave on purpose. They enter through the test programs only, never through the shipped catalog. */

import * as z from 'zod';

import { defineComponent } from '../../../lib/catalog/component-spec';
import type { Catalog } from '../../../lib/catalog/index';
import { LOOP_COMPONENTS } from './loop-specs';

const ports = {
  inputs: { after: { type: 'Token', summary: 'What must be done before.', multiple: true, optional: true } },
  outputs: { token: { type: 'Token', summary: 'A sign that it was done.' } },
} as const;

const base = { version: 1, title: 'Test', summary: 'For tests.', category: 'Custom', ...ports } as const;

/** Appended to by every execution, so that tests see who computed, when, and whether two did at once. */
const journal = z.string().optional().describe('File that every execution appends to.');

/** Does nothing, or writes one small file. */
export const noOpSpec = defineComponent({
  ...base,
  type: 'NoOp',
  params: z.strictObject({ journal, text: z.string().optional().describe('Content of a file in the output.') }),
});

/** Writes a file, then waits until the gate file exists; stops when it is asked to, unless it ignores that. */
export const gateSpec = defineComponent({
  ...base,
  type: 'Gate',
  params: z.strictObject({
    journal,
    gate: z.string().describe('File to wait for.'),
    ignoreSignal: z.boolean().default(false).describe('Goes on waiting when it is asked to stop.'),
    text: z.string().default('gate').describe('Content of the file in the output.'),
  }),
});

/** Fails as often as told, then succeeds; attempts are counted in a file. */
export const failUntilSpec = defineComponent({
  ...base,
  type: 'FailUntil',
  params: z.strictObject({
    journal,
    counter: z.string().describe('File that counts the attempts.'),
    failures: z.number().int().describe('How many attempts fail.'),
    code: z.enum(['component-failed', 'invalid-input']).default('component-failed').describe('Code of the failure.'),
  }),
});

/** Never ends, in a loop that no signal interrupts. */
export const busyLoopSpec = defineComponent({
  ...base,
  type: 'BusyLoop',
  params: z.strictObject({
    journal,
    engine: z.enum(['javascript', 'wasm', 'duckdb']).describe('What loops.'),
    forMs: z.number().optional().describe('Ends after so long (JavaScript only).'),
  }),
});

/** Starts processes of its own and hangs. */
export const forkerSpec = defineComponent({
  ...base,
  type: 'Forker',
  params: z.strictObject({
    journal,
    detached: z.boolean().default(false).describe('Moves them out of the process group.'),
    hang: z.boolean().default(true).describe('Ends at once when false, leaving them behind.'),
  }),
});

/** Writes into a folder until it is full, or refused; the folder is given so that tests can make it small. */
export const fillDiskSpec = defineComponent({
  ...base,
  type: 'FillDisk',
  params: z.strictObject({ journal, sizeMb: z.number().int().describe('How much to write into the output.') }),
});

/** Says a lot. */
export const talkerSpec = defineComponent({
  ...base,
  type: 'Talker',
  params: z.strictObject({
    journal,
    lines: z.number().int(),
    progress: z.number().int().default(0),
    clockEveryMs: z.number().optional().describe('Every line is the time of day in ms, said so far apart.'),
  }),
});

/** Kills its own process. */
export const suicideSpec = defineComponent({
  ...base,
  type: 'Suicide',
  params: z.strictObject({ journal, counter: z.string(), times: z.number().int() }),
});

/** Makes a small model whose bytes follow from its parameter. */
export const makeModelSpec = defineComponent({
  ...base,
  type: 'MakeModel',
  inputs: {
    examples: { type: 'Examples', summary: 'Rows that it pretends to learn from.', optional: true },
    schema: { type: 'Schema', summary: 'What it pretends to need.', optional: true },
  },
  outputs: { model: { type: 'Model', summary: 'Files in the places of a model.' } },
  params: z.strictObject({ journal, weights: z.number().describe('The bias.') }),
});

/** Blesses a model, or not, with figures that it is told. */
export const judgeSpec = defineComponent({
  ...base,
  type: 'Judge',
  inputs: { model: { type: 'Model', summary: 'The model to judge.' } },
  outputs: {
    evaluation: { type: 'ModelEvaluation', summary: 'The figures.' },
    blessing: { type: 'ModelBlessing', summary: 'The verdict.' },
  },
  params: z.strictObject({ auc: z.number(), blessed: z.boolean().default(true) }),
});

/** Every test component by type. */
export const TEST_COMPONENTS = {
  ...LOOP_COMPONENTS,
  NoOp: noOpSpec,
  Gate: gateSpec,
  FailUntil: failUntilSpec,
  BusyLoop: busyLoopSpec,
  Forker: forkerSpec,
  FillDisk: fillDiskSpec,
  Talker: talkerSpec,
  Suicide: suicideSpec,
  MakeModel: makeModelSpec,
  Judge: judgeSpec,
} satisfies Catalog;
