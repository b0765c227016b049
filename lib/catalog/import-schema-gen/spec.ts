/** ImportSchemaGen: a schema that people keep as a file. */

import * as z from 'zod';

import { defineComponent } from '../component-spec';
import { hint } from '../field-hints';

/** The specification of ImportSchemaGen. */
export const importSchemaGenSpec = defineComponent({
  type: 'ImportSchemaGen',
  version: 1,
  title: 'Schema file',
  summary: 'Reads a schema.pbtxt that is kept with the pipeline.',
  category: 'Ingest',
  inputs: {},
  outputs: { schema: { type: 'Schema', summary: 'The schema of the file, unchanged.', columns: 'source' } },
  params: z.strictObject({
    schemaFile: z
      .string()
      .min(1)
      .describe('A schema.pbtxt. Relative to the pipeline file.')
      .meta(hint({ ask: 'Choose a schema.pbtxt for schemaFile.' })),
  }),
  sources: (params) => [{ param: 'schemaFile', base: params.schemaFile, patterns: ['*'], columnsIn: 'schema' }],
});
