/** ParquetExampleGen: a Parquet file or folder becomes `Examples`, split by TFX's hash rule. */

import * as z from 'zod';

import { checkSplits, splitPatterns, zInputConfig, zOutputConfig } from '../../example/split-params';
import { defineComponent } from '../component-spec';
import { hint } from '../field-hints';

/** Parameters of ParquetExampleGen: those of every file-based ExampleGen, and what Parquet leaves open. */
export const zParquetExampleGenParams = z
  .strictObject({
    inputBase: z
      .string()
      .min(1)
      .describe('A Parquet file, or a folder of them. Relative to the pipeline file.')
      .meta(hint({ ask: 'Choose a Parquet file, or a folder of them, for inputBase.' })),
    inputConfig: zInputConfig,
    outputConfig: zOutputConfig,
    zeros: z
      .enum(['value', 'missing'])
      .default('value')
      .describe(
        "What 0, 0.0 and false are: a `value`, or `missing`, as TFX's Parquet executor makes of them. The split of a row is the same in both.",
      ),
    timestamps: z
      .enum(['refuse', 'epoch-seconds'])
      .default('refuse')
      .describe(
        'What becomes of dates and timestamps: `refuse` them, as TFX does, or `epoch-seconds`, whole seconds since 1970 as INT.',
      ),
  })
  .superRefine(checkSplits);

/** The specification of ParquetExampleGen. */
export const parquetExampleGenSpec = defineComponent({
  type: 'ParquetExampleGen',
  version: 1,
  title: 'Parquet examples',
  summary: 'Reads Parquet files and splits their rows into train and eval.',
  category: 'Ingest',
  inputs: {},
  outputs: { examples: { type: 'Examples', summary: 'The rows, typed and split.', columns: 'source' } },
  params: zParquetExampleGenParams,
  sources: (params) => [
    { param: 'inputBase', base: params.inputBase, patterns: splitPatterns(params), columnsIn: 'parquet' },
  ],
});
