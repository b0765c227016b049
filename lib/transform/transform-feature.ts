/**
 * What a person writes for one output feature of Transform: an op of TensorFlow Transform by its name, its arguments in
 * camelCase, and the column that it reads. Fitting turns it into a step of the transform graph.
 */

import * as z from 'zod';

import { hint } from '../catalog/field-hints';

const column = z
  .string()
  .min(1)
  .describe('A column of the examples, or another feature of this list.')
  .meta({ title: 'Column', ...hint({ columnOf: { input: 'examples' }, alsoKeysOf: 'features' }) });
const fillMissing = z
  .union([z.number(), z.string()])
  .optional()
  .describe('Stands in for a missing value, before anything else is done. Default: missing stays missing.');
const source = { column, fillMissing };

/** The ops, by TFT's names. Every one takes `fillMissing`. */
export const zTransformFeature = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('identity'), ...source }),
  z.strictObject({ op: z.literal('label'), ...source }),
  z.strictObject({ op: z.literal('scaleToZScore'), ...source }),
  z.strictObject({ op: z.literal('scaleTo01'), ...source }),
  z.strictObject({
    op: z.literal('scaleByMinMax'),
    ...source,
    outputMin: z.number().default(0).describe('Where the smallest training value goes.'),
    outputMax: z.number().default(1).describe('Where the largest training value goes. Unseen values may lie outside.'),
  }),
  z.strictObject({
    op: z.literal('bucketize'),
    ...source,
    numBuckets: z.number().int().min(1).max(100_000).describe('Buckets of about equally many training values.'),
  }),
  z.strictObject({
    op: z.literal('applyBuckets'),
    ...source,
    boundaries: z
      .array(z.number())
      .min(1)
      .max(100_000)
      .describe('Ascending. A value equal to a boundary belongs to the bucket above it.'),
  }),
  z.strictObject({
    op: z.literal('computeAndApplyVocabulary'),
    ...source,
    topK: z.number().int().min(1).optional().describe('Keep so many of the most frequent values. Default: all.'),
    frequencyThreshold: z
      .number()
      .min(0)
      .optional()
      .describe('Keep values that occur at least so often. Default: all.'),
    numOovBuckets: z
      .number()
      .int()
      .min(0)
      .max(10_000_000)
      .default(0)
      .describe('Values outside the vocabulary share so many numbers behind it, by their hash.'),
    defaultValue: z
      .number()
      .int()
      .default(-1)
      .describe('The number of a value outside the vocabulary, where there are no such buckets.'),
  }),
  z.strictObject({
    op: z.literal('hashStrings'),
    ...source,
    hashBuckets: z.number().int().min(1).max(2_147_483_647).describe('Texts are numbered by their hash, below this.'),
  }),
  z.strictObject({
    op: z.literal('oneHot'),
    ...source,
    depth: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe('Length of the vector. Default: as many as the domain of the column has numbers from zero.'),
  }),
  z.strictObject({
    op: z.literal('cast'),
    ...source,
    to: z.enum(['float', 'int', 'string']).describe('A text that is no number becomes a missing value.'),
  }),
  z.strictObject({ op: z.literal('log1p'), ...source }),
]);
/** See {@link zTransformFeature}. */
export type TransformFeature = z.output<typeof zTransformFeature>;

/** Features by the name that they get. */
export const zTransformFeatures = z.record(z.string().min(1).max(1_000), zTransformFeature);
/** See {@link zTransformFeatures}. */
export type TransformFeatures = z.output<typeof zTransformFeatures>;

/** A feature and where its column comes from. */
export type OrderedFeature = {
  readonly name: string;
  readonly feature: TransformFeature;
  /** `raw`: a column of the examples. `feature`: an earlier feature of the list. */
  readonly from: 'raw' | 'feature';
};

/** Features that wait for each other in a circle. */
export type FeatureCycle = { readonly cycle: readonly string[] };

/**
 * The features so that each comes after what it reads, else by name: the order in which they are written plays no part,
 * since a stored document does not keep it. A column that is also another feature's name means that feature; a feature
 * that names itself means the column of the examples.
 */
export function orderFeatures(features: TransformFeatures): readonly OrderedFeature[] | FeatureCycle {
  const ordered: OrderedFeature[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const open: string[] = [];
  const visit = (name: string): readonly string[] | undefined => {
    if (state.get(name) === 'done') return undefined;
    if (state.get(name) === 'open') return [...open.slice(open.indexOf(name)), name];
    const feature = features[name];
    if (feature === undefined) return undefined;
    const isFeature = feature.column !== name && Object.hasOwn(features, feature.column);
    state.set(name, 'open');
    open.push(name);
    const cycle = isFeature ? visit(feature.column) : undefined;
    if (cycle !== undefined) return cycle;
    open.pop();
    state.set(name, 'done');
    ordered.push({ name, feature, from: isFeature ? 'feature' : 'raw' });
    return undefined;
  };
  for (const name of Object.keys(features).toSorted((a, b) => (a < b ? -1 : 1))) {
    const cycle = visit(name);
    if (cycle !== undefined) return { cycle };
  }
  return ordered;
}
