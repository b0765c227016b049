/** Pusher: copies a blessed model to where it is fetched from, and registers it as a version. */

import * as z from 'zod';

import { defineComponent } from '../component-spec';
import { hint } from '../field-hints';

/** Parameters of Pusher, as TFX's PushDestination. */
const zPusherParams = z.strictObject({
  pushDestination: z
    .strictObject({
      filesystem: z
        .strictObject({
          baseDirectory: z
            .string()
            .min(1)
            .optional()
            .describe(
              'Folder that gets a folder for each version; a relative one starts at the folder of the pipeline file. Unset: pushed/<pipeline> in the data folder.',
            )
            .meta(hint({ label: 'Folder of versions' })),
          versioning: z
            .enum(['AUTO', 'UNIX_TIMESTAMP'])
            .default('AUTO')
            .describe('How versions are named. AUTO is UNIX_TIMESTAMP: the time in seconds.')
            .meta(hint({ label: 'Names of versions' })),
        })
        .prefault({})
        .describe('A folder on this machine, or mounted on it.'),
    })
    .prefault({})
    .describe('Where the version goes.')
    .meta(hint({ label: 'Destination' })),
});

/** The specification of Pusher. */
export const pusherSpec = defineComponent({
  type: 'Pusher',
  version: 1,
  title: 'Pusher',
  summary: 'Copies a blessed model to its place, whole or not at all, and registers it as a version.',
  category: 'Deploy',
  inputs: {
    model: { type: 'Model', summary: 'The model to push.' },
    modelBlessing: {
      type: 'ModelBlessing',
      summary: 'Opens the gate when it is BLESSED. Unwired: every model is pushed.',
      optional: true,
      gate: 'blessed',
    },
  },
  outputs: {
    pushedModel: { type: 'PushedModel', summary: 'The pushed version, and where it lies.' },
  },
  params: zPusherParams,
  actsForPipeline: true,
});
