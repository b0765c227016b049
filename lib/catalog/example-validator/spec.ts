/** ExampleValidator: what in the statistics does not fit the schema. */

import * as z from 'zod';

import { defineComponent } from '../component-spec';
import { hint } from '../field-hints';

/** The specification of ExampleValidator. */
export const exampleValidatorSpec = defineComponent({
  type: 'ExampleValidator',
  version: 1,
  title: 'Anomalies',
  summary: 'Compares the statistics of every split with a schema.',
  category: 'Validate',
  inputs: {
    statistics: { type: 'ExampleStatistics', summary: 'The statistics to check.' },
    schema: { type: 'Schema', summary: 'What they must fit.' },
  },
  outputs: {
    anomalies: { type: 'ExampleAnomalies', summary: 'One SchemaDiff.pb per split.', columns: { input: 'statistics' } },
  },
  params: z.strictObject({
    excludeSplits: z
      .array(
        z
          .string()
          .min(1)
          .meta(hint({ splitOf: { input: 'statistics' } })),
      )
      .default([])
      .describe('Splits to leave out.'),
    environment: z
      .string()
      .min(1)
      .optional()
      .describe("One of the schema's default environments. Unset, as in TFX: every feature is expected."),
  }),
});
