/** CsvExampleGen: a CSV file or folder becomes `Examples`, split by TFX's hash rule. */

import * as z from 'zod';

import { checkSplits, splitPatterns, zInputConfig, zOutputConfig } from '../../example/split-params';
import { defineComponent } from '../component-spec';
import { hint } from '../field-hints';

/** Parameters of CsvExampleGen, named after TFX's `Input`, `Output` and `RangeConfig` messages in camelCase. */
export const zCsvExampleGenParams = z
  .strictObject({
    inputBase: z
      .string()
      .min(1)
      .describe('A CSV file, or a folder of them. The first line names the columns. Relative to the pipeline file.')
      .meta(hint({ ask: 'Choose a CSV file, or a folder of them, for inputBase.' })),
    inputConfig: zInputConfig,
    outputConfig: zOutputConfig,
    emptyCells: z
      .enum(['missing', 'empty-list'])
      .default('missing')
      .describe(
        "What a blank cell is: `missing`, as in TFDV's CSV reader, or `empty-list`, present with no value, as in TFX's CsvExampleGen.",
      ),
    maxLineBytes: z
      .number()
      .int()
      .min(1024)
      .max(1_073_741_824)
      .default(16_777_216)
      .describe('Longest record in bytes. A longer one is refused with its line number.'),
  })
  .superRefine(checkSplits);

/** The specification of CsvExampleGen. */
export const csvExampleGenSpec = defineComponent({
  type: 'CsvExampleGen',
  version: 1,
  title: 'CSV examples',
  summary: 'Reads CSV files and splits their rows into train and eval.',
  category: 'Ingest',
  inputs: {},
  outputs: { examples: { type: 'Examples', summary: 'The rows, typed and split.', columns: 'source' } },
  params: zCsvExampleGenParams,
  sources: (params) => [
    { param: 'inputBase', base: params.inputBase, patterns: splitPatterns(params), columnsIn: 'csv' },
  ],
});
