/** CsvExampleGen: a CSV file or folder becomes `Examples`, split by TFX's hash rule. */

import * as z from 'zod';

import { defineComponent } from '../component-spec';

const zInputSplit = z.strictObject({
  name: z.string().min(1).describe('Name of the input split.'),
  pattern: z.string().min(1).describe('Glob below `inputBase`, for example `train/*`.'),
});

const zOutputSplit = z.strictObject({
  name: z.string().min(1).describe('Name of the output split.'),
  hashBuckets: z.number().int().min(1).describe('Share of this split, in hash buckets.'),
});

/** Parameters of CsvExampleGen, named after TFX's `Input`, `Output` and `RangeConfig` messages in camelCase. */
export const zCsvExampleGenParams = z.strictObject({
  inputBase: z.string().min(1).describe('A CSV file, or a folder of them. Relative to the pipeline file.'),
  inputConfig: z
    .strictObject({ splits: z.array(zInputSplit).min(1) })
    .optional()
    .describe('Input splits by pattern. Default: one split with every file.'),
  outputConfig: z
    .strictObject({
      splitConfig: z
        .strictObject({
          splits: z.array(zOutputSplit).describe('Output splits, in order.'),
          partitionFeatureName: z
            .string()
            .min(1)
            .optional()
            .describe('Hash this feature alone instead of the whole row.'),
        })
        .optional(),
    })
    .optional()
    .describe(
      'Output splits. Default: train 2 and eval 1 of every 3 hash buckets when there is one input split, else the input splits.',
    ),
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
});

/** The specification of CsvExampleGen. */
export const csvExampleGenSpec = defineComponent({
  type: 'CsvExampleGen',
  version: 1,
  title: 'CSV examples',
  summary: 'Reads CSV files and splits their rows into train and eval.',
  category: 'Ingest',
  inputs: {},
  outputs: { examples: { type: 'Examples', summary: 'The rows, typed and split.' } },
  params: zCsvExampleGenParams,
  sources: (params) => [
    {
      param: 'inputBase',
      base: params.inputBase,
      patterns: params.inputConfig?.splits.map((split) => split.pattern) ?? ['*'],
    },
  ],
});
