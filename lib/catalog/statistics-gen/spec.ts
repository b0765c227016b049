/** StatisticsGen: TFDV's default statistics of every split of `Examples`. */

import * as z from 'zod';

import { defineComponent } from '../component-spec';
import { hint } from '../field-hints';

/** TFDV's StatsOptions in camelCase, as far as they are supported. */
export const zStatsOptions = z.strictObject({
  numTopValues: z.number().int().min(1).default(20).describe('How many of the most frequent values to keep.'),
  frequencyThreshold: z.number().int().min(0).default(1).describe('Least count of a value to be kept.'),
  weightedFrequencyThreshold: z
    .number()
    .min(0)
    .default(1)
    .describe('Least weight of a value to be kept, where a weight feature is set.'),
  numRankHistogramBuckets: z.number().int().min(1).default(1000).describe('Length of the rank histogram.'),
  numValuesHistogramBuckets: z.number().int().min(2).default(10).describe('Buckets of the histogram of list lengths.'),
  numHistogramBuckets: z.number().int().min(1).default(10).describe('Buckets of the equal-width histogram.'),
  numQuantilesHistogramBuckets: z.number().int().min(1).default(10).describe('Buckets of the quantiles histogram.'),
  featureAllowlist: z
    .array(
      z
        .string()
        .min(1)
        .meta(hint({ columnOf: { input: 'examples' } })),
    )
    .optional()
    .describe('Only these features. Default: all.'),
  weightFeature: z
    .string()
    .min(1)
    .meta(hint({ columnOf: { input: 'examples' } }))
    .optional()
    .describe('Numeric feature that weighs each example.'),
});
/** See {@link zStatsOptions}. */
export type StatsOptions = z.infer<typeof zStatsOptions>;

/** The specification of StatisticsGen. */
export const statisticsGenSpec = defineComponent({
  type: 'StatisticsGen',
  version: 1,
  title: 'Statistics',
  summary: 'Counts, moments, quantiles, histograms and top values of every feature.',
  category: 'Validate',
  inputs: {
    examples: { type: 'Examples', summary: 'The rows to describe.' },
    schema: { type: 'Schema', summary: 'Says which integers stand for categories.', optional: true },
  },
  outputs: {
    statistics: {
      type: 'ExampleStatistics',
      summary: 'One FeatureStats.pb per split.',
      columns: { input: 'examples' },
    },
  },
  params: z.strictObject({
    excludeSplits: z
      .array(
        z
          .string()
          .min(1)
          .meta(hint({ splitOf: { input: 'examples' } })),
      )
      .default([])
      .describe('Splits to leave out.'),
    statsOptions: zStatsOptions.prefault({}).describe("TFDV's StatsOptions."),
  }),
});
