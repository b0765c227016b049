/** Transform: features computed from the columns of `Examples`, with constants that the training rows alone decide. */

import * as z from 'zod';

import { formatJsonPath } from '../../json/json-path';
import { orderFeatures, zTransformFeatures, type TransformFeatures } from '../../transform/transform-feature';
import { defineComponent } from '../component-spec';

const zSplitsConfig = z.strictObject({
  analyze: z.array(z.string().min(1)).min(1).describe('Splits whose rows decide the constants.'),
  transform: z.array(z.string().min(1)).describe('Splits that are written.'),
});

/** Parameters of Transform. */
export const zTransformParams = z
  .strictObject({
    features: zTransformFeatures.describe('Output features by name: an op of TensorFlow Transform and its column.'),
    splitsConfig: zSplitsConfig
      .optional()
      .describe('Which splits are analyzed and which are written. Default: "train" is analyzed, all are written.'),
  })
  .superRefine(({ features }, context) => {
    checkFeatures(features, (message, path) => {
      context.addIssue({ code: 'custom', message, path: ['features', ...path] });
    });
  });

/** The specification of Transform. */
export const transformSpec = defineComponent({
  type: 'Transform',
  version: 1,
  title: 'Transform',
  summary: 'Turns columns into features: scales, buckets, vocabularies, hashes.',
  category: 'Transform',
  inputs: {
    examples: { type: 'Examples', summary: 'The rows to transform.' },
    schema: { type: 'Schema', summary: 'Says which numbers a column may hold.' },
  },
  outputs: {
    transformGraph: { type: 'TransformGraph', summary: 'The features, with what was learned from the training rows.' },
    transformedExamples: { type: 'Examples', summary: 'The rows with features in place of columns.' },
  },
  params: zTransformParams,
});

function checkFeatures(features: TransformFeatures, report: (message: string, path: readonly string[]) => void): void {
  if (Object.keys(features).length === 0) report('needs at least one feature', []);
  for (const [name, feature] of Object.entries(features)) {
    if (feature.op === 'scaleByMinMax' && feature.outputMin >= feature.outputMax)
      report('must be greater than outputMin', [name, 'outputMax']);
    if (feature.op === 'applyBuckets' && !isAscending(feature.boundaries))
      report('must be in ascending order', [name, 'boundaries']);
  }
  const ordered = orderFeatures(features);
  if ('cycle' in ordered) {
    const [first = ''] = ordered.cycle;
    const circle = ordered.cycle.map((name) => formatJsonPath([name])).join(' → ');
    report(`reads itself in a circle: ${circle}`, [first, 'column']);
  }
}

function isAscending(boundaries: readonly number[]): boolean {
  return boundaries.every((boundary, index) => index === 0 || boundary >= (boundaries[index - 1] ?? boundary));
}
