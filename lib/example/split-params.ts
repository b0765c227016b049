/** The parameters that every file-based ExampleGen has: which files, which splits. Named after TFX's `Input` and `Output` messages. */

import * as z from 'zod';

import { hint } from '../catalog/field-hints';
import { findSplitProblems, type SplitParams } from './split-config';

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

/** Input splits by pattern; one split of every file where it is left out. */
export const zInputConfig = z
  .strictObject({ splits: z.array(zInputSplit).min(1).describe('Input splits, in order.') })
  .meta(hint({ start: { splits: [{ name: 'single_split', pattern: '*' }] } }))
  .optional()
  .describe('Input splits by pattern. Default: one split, `single_split`, with every file of the folder.');

/** Output splits and what decides between them. */
export const zOutputConfig = z
  .strictObject({
    splitConfig: z
      .strictObject({
        splits: z.array(zOutputSplit).describe('Output splits, in order.'),
        partitionFeatureName: z
          .string()
          .min(1)
          .meta(hint({ columnOf: 'source' }))
          .optional()
          .describe(
            'Hash this feature alone instead of the whole row: rows that share its value share a split. No float.',
          ),
      })
      .optional()
      .describe('How the rows of all input splits are divided.'),
  })
  .meta(
    hint({
      start: {
        splitConfig: {
          splits: [
            { name: 'train', hashBuckets: 2 },
            { name: 'eval', hashBuckets: 1 },
          ],
        },
      },
    }),
  )
  .optional()
  .describe(
    'Output splits. Default: train 2 and eval 1 of every 3 hash buckets when there is one input split, else the input splits.',
  );

/** Adds an issue for everything that is wrong with the splits as a whole. For `superRefine`. */
export function checkSplits(params: SplitParams, context: z.core.$RefinementCtx): void {
  for (const { path, message } of findSplitProblems(params)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
}

/** The globs of the files that the input splits take. */
export function splitPatterns({ inputConfig }: SplitParams): readonly string[] {
  return inputConfig?.splits.map((split) => split.pattern) ?? ['*'];
}
