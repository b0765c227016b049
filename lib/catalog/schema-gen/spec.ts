/** SchemaGen: the strictest schema that the statistics of the splits fit. */

import * as z from 'zod';

import { defineComponent } from '../component-spec';
import { hint } from '../field-hints';

/** The specification of SchemaGen. */
export const schemaGenSpec = defineComponent({
  type: 'SchemaGen',
  version: 1,
  title: 'Schema',
  summary: 'Infers types, presence, shapes and domains of every feature.',
  category: 'Validate',
  inputs: { statistics: { type: 'ExampleStatistics', summary: 'The statistics to infer from.' } },
  outputs: { schema: { type: 'Schema', summary: 'One schema.pbtxt.', columns: { input: 'statistics' } } },
  params: z.strictObject({
    inferFeatureShape: z
      .boolean()
      .default(true)
      .describe('Write a fixed number of values as a shape, which dense tensors need, instead of a value count.'),
    excludeSplits: z
      .array(
        z
          .string()
          .min(1)
          .meta(hint({ splitOf: { input: 'statistics' } })),
      )
      .default([])
      .describe('Splits to leave out.'),
    maxStringDomainSize: z
      .number()
      .int()
      .min(0)
      .default(100)
      .describe('Text with more different values is free text and gets no list of values.'),
  }),
});
