/** CsvExampleGen: a CSV file or folder becomes `Examples`, split by TFX's hash rule. */

import * as z from 'zod';

import { findSplitProblems } from '../../example/split-config';
import { defineComponent } from '../component-spec';

const zPattern = z
  .string()
  .min(1)
  .refine((pattern) => !pattern.includes('{'), 'Span, date and version tokens in patterns are not supported yet.')
  .refine(
    (pattern) => !/^([\\/]|[A-Za-z]:)|(^|[\\/])\.\.([\\/]|$)/.test(pattern),
    'A pattern stays below inputBase: no absolute path, no "..".',
  )
  .describe('Glob below `inputBase`, for example `train/*`. `*` stays inside one folder; hidden files are left out.');

const zInputSplit = z.strictObject({
  name: z.string().min(1).describe('Name of the input split.'),
  pattern: zPattern,
});

const zOutputSplit = z.strictObject({
  name: z.string().min(1).describe('Name of the output split.'),
  hashBuckets: z
    .number()
    .int()
    .min(1)
    .max(2_147_483_647)
    .describe('Share of this split, in hash buckets. `2` and `1` are not the same rows as `4` and `2`.'),
});

/** Parameters of CsvExampleGen, named after TFX's `Input`, `Output` and `RangeConfig` messages in camelCase. */
export const zCsvExampleGenParams = z
  .strictObject({
    inputBase: z
      .string()
      .min(1)
      .describe('A CSV file, or a folder of them. The first line names the columns. Relative to the pipeline file.'),
    inputConfig: z
      .strictObject({ splits: z.array(zInputSplit).min(1) })
      .optional()
      .describe('Input splits by pattern. Default: one split, `single_split`, with every file of the folder.'),
    outputConfig: z
      .strictObject({
        splitConfig: z
          .strictObject({
            splits: z.array(zOutputSplit).describe('Output splits, in order.'),
            partitionFeatureName: z
              .string()
              .min(1)
              .optional()
              .describe(
                'Hash this feature alone instead of the whole row: rows that share its value share a split. No float.',
              ),
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
  })
  .superRefine((params, context) => {
    for (const { path, message } of findSplitProblems(params))
      context.addIssue({ code: 'custom', path: [...path], message });
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
