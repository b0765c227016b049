/** Resolver: looks up a model that earlier runs of the pipeline made. */

import * as z from 'zod';

import { defineComponent } from '../component-spec';
import { hint } from '../field-hints';

/** Ways to choose a model. `latestBlessedModel`: the newest one that an Evaluator of this pipeline blessed. */
export const RESOLVER_STRATEGIES = ['latestBlessedModel'] as const;

/** The specification of Resolver. */
export const resolverSpec = defineComponent({
  type: 'Resolver',
  version: 1,
  title: 'Resolver',
  summary: 'Finds the latest blessed model of this pipeline, to compare a new one with.',
  category: 'Control',
  inputs: {},
  outputs: {
    model: { type: 'Model', summary: 'The model found. Empty while there is none.', optional: true },
  },
  params: z.strictObject({
    strategy: z
      .enum(RESOLVER_STRATEGIES)
      .default('latestBlessedModel')
      .describe('Which model is taken: the newest blessed one, but never the one that it is compared with.')
      .meta(hint({ label: 'Strategy' })),
  }),
  resolves: 'model',
});
