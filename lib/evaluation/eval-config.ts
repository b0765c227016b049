/** TFMA's EvalConfig as JSON in camelCase. `{ "value": x }` around a number is optional, as is the wrapper of lists. */

import * as z from 'zod';

import { hint } from '../catalog/field-hints';
import { zMetricConfig, type MetricConfig } from '../metrics/metric-class';

/** A number, or proto JSON's wrapper of one. */
const zWrapped = z.union([
  z.number(),
  z.strictObject({ value: z.number().optional().describe('The number.') }).transform(({ value = 0 }) => value),
]);
const zWrappedBoolean = z.union([
  z.boolean(),
  z.strictObject({ value: z.boolean().optional().describe('Yes or no.') }).transform(({ value = false }) => value),
]);

/** A set of slices: one per value of the features named, restricted to the values given. */
export const zSlicingSpec = z.strictObject({
  featureKeys: z
    .array(
      z
        .string()
        .min(1)
        .meta(hint({ columnOf: { input: 'examples' }, alsoFeaturesAt: 'model' })),
    )
    .default([])
    .describe('One slice for each value of these features.'),
  featureValues: z
    .record(z.string().min(1), z.union([z.string(), z.number().transform(String)]))
    .default({})
    .describe('Only rows where these features have these values.'),
});
/** See {@link zSlicingSpec}. `{}` is all rows together. */
export type SlicingSpec = z.output<typeof zSlicingSpec>;

/** What a metric must reach. Bounds are inclusive. */
export const zMetricThreshold = z.strictObject({
  valueThreshold: z
    .strictObject({
      lowerBound: zWrapped.optional().describe('Least value, inclusive.'),
      upperBound: zWrapped.optional().describe('Greatest value, inclusive.'),
    })
    .optional()
    .describe('Bounds of the figure itself.'),
  changeThreshold: z
    .strictObject({
      direction: z.enum(['HIGHER_IS_BETTER', 'LOWER_IS_BETTER']).optional().describe('Which way is better.'),
      absolute: zWrapped.optional().describe('Bound of the difference to the baseline.'),
      relative: zWrapped.optional().describe('Bound of the difference divided by the baseline.'),
    })
    .optional()
    .describe('Bounds of the change against the baseline.'),
});
/** See {@link zMetricThreshold}. */
export type MetricThreshold = z.output<typeof zMetricThreshold>;

const zPerSliceThreshold = z.strictObject({
  slicingSpecs: z
    .array(zSlicingSpec)
    .min(1, 'slicingSpecs must be set on perSliceThresholds')
    .describe('The slices that it is held against.'),
  threshold: zMetricThreshold.describe('What the figure must reach there.'),
});

/** A metric's arguments: an object, or the text of one with or without its braces. */
const zConfig = z.union([z.record(z.string(), z.json()), z.string()]).transform((given, context): MetricConfig => {
  const parsed = zMetricConfig.safeParse(typeof given === 'string' ? parseConfig(given) : snakeKeys(given));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'holds an argument that no metric takes so' });
  return z.NEVER;
});

const zMetric = z.strictObject({
  className: z.string().min(1).describe('The metric by its class in TFMA, such as AUC, Precision or MeanSquaredError.'),
  module: z.string().optional().describe('Taken, since TFMA has it; it plays no part here.'),
  config: zConfig.optional().describe('Arguments of the metric, such as thresholds.'),
  threshold: zMetricThreshold.optional().describe('What it must reach on every slice.'),
  perSliceThresholds: z.array(zPerSliceThreshold).default([]).describe('What it must reach on some slices.'),
});

const zClassIds = z.union([
  z.array(z.number().int().min(0)),
  z
    .strictObject({ values: z.array(z.number().int().min(0)).describe('Classes, counted from 0.') })
    .transform(({ values }) => values),
]);

const zMetricsSpec = z.strictObject({
  metrics: z.array(zMetric).default([]).describe('The metrics to compute.'),
  modelNames: z.array(z.string()).default([]).describe('Models by name. Default: all.'),
  binarize: z
    .strictObject({ classIds: zClassIds.optional().describe('Classes, counted from 0.') })
    .optional()
    .describe('One figure for each of these classes against the rest.'),
  aggregate: z
    .strictObject({
      microAverage: z.boolean().optional().describe('All classes as one question.'),
      macroAverage: z.boolean().optional().describe('The mean over classes by their weights.'),
      weightedMacroAverage: z.boolean().optional().describe('The same, and by how often each class occurs.'),
      classWeights: z
        .record(z.string().regex(/^\d+$/), z.number())
        .default({})
        .describe('The weight of each class, by its number.'),
    })
    .optional()
    .describe('One figure for several classes.'),
  exampleWeights: z
    .strictObject({
      weighted: z.boolean().optional().describe('Rows by their weight.'),
      unweighted: z.boolean().optional().describe('Every row counts the same.'),
    })
    .optional()
    .describe('Default: weighted where the model spec names a weight.'),
  thresholds: z.record(z.string(), zMetricThreshold).default({}).describe('Thresholds by the name of a metric.'),
  perSliceThresholds: z
    .record(
      z.string(),
      z.strictObject({ thresholds: z.array(zPerSliceThreshold).describe('Thresholds and their slices.') }),
    )
    .default({})
    .describe('Thresholds of slices by the name of a metric.'),
});

const zModelSpec = z.strictObject({
  name: z.string().default('').describe('Needed where there are two.'),
  modelType: z.string().optional().describe('Taken, since TFMA has it; it plays no part here.'),
  signatureName: z.string().optional().describe('Taken, since TFMA has it; it plays no part here.'),
  labelKey: z
    .string()
    .optional()
    .describe('The column that holds what is true.')
    .meta(hint({ columnOf: { input: 'examples' }, alsoFeaturesAt: 'model' })),
  predictionKey: z
    .string()
    .optional()
    .describe('The column that holds the predictions.')
    .meta(hint({ columnOf: { input: 'examples' } })),
  exampleWeightKey: z
    .string()
    .optional()
    .describe('The column that weighs each row.')
    .meta(hint({ columnOf: { input: 'examples' }, alsoFeaturesAt: 'model' })),
  isBaseline: z.boolean().default(false).describe('What the other one is compared with.'),
});

/** The parser of an EvalConfig. */
export const zEvalConfig = z.strictObject({
  modelSpecs: z.array(zModelSpec).min(1).max(2).describe('The predictions, and those that they are compared with.'),
  slicingSpecs: z.array(zSlicingSpec).default([]).describe('Slices. Default: all rows together.'),
  metricsSpecs: z.array(zMetricsSpec).default([]).describe('Metrics and what they must reach.'),
  options: z
    .strictObject({
      minSliceSize: zWrapped.optional().describe('Slices with fewer rows get no figures.'),
      includeDefaultMetrics: zWrappedBoolean.optional().describe('Taken, since TFMA has it; it plays no part here.'),
    })
    .default({})
    .describe('Options of the whole evaluation.'),
});
/** See {@link zEvalConfig}. */
export type EvalConfig = z.output<typeof zEvalConfig>;
/** One model of an evaluation. */
export type ModelSpec = EvalConfig['modelSpecs'][number];
/** Metrics that are computed in the same way. */
export type MetricsSpec = EvalConfig['metricsSpecs'][number];

function parseConfig(text: string): unknown {
  const trimmed = text.trim();
  try {
    const parsed: unknown = JSON.parse(trimmed.startsWith('{') ? trimmed : `{${trimmed}}`);
    return typeof parsed === 'object' && parsed !== null ? snakeKeys(parsed) : undefined;
  } catch {
    return undefined;
  }
}

/** Keras' arguments are in snake case; a person who writes camelCase everywhere else may do so here. */
function snakeKeys(given: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
