/** TFMA's EvalConfig as JSON in camelCase. `{ "value": x }` around a number is optional, as is the wrapper of lists. */

import * as z from 'zod';

import { zMetricConfig, type MetricConfig } from '../metrics/metric-class';

/** A number, or proto JSON's wrapper of one. */
const zWrapped = z.union([
  z.number(),
  z.strictObject({ value: z.number().default(0) }).transform(({ value }) => value),
]);
const zWrappedBoolean = z.union([
  z.boolean(),
  z.strictObject({ value: z.boolean().default(false) }).transform(({ value }) => value),
]);

/** A set of slices: one per value of the features named, restricted to the values given. */
export const zSlicingSpec = z.strictObject({
  featureKeys: z.array(z.string().min(1)).default([]),
  featureValues: z.record(z.string().min(1), z.union([z.string(), z.number().transform(String)])).default({}),
});
/** See {@link zSlicingSpec}. `{}` is all rows together. */
export type SlicingSpec = z.output<typeof zSlicingSpec>;

/** What a metric must reach. Bounds are inclusive. */
export const zMetricThreshold = z.strictObject({
  valueThreshold: z.strictObject({ lowerBound: zWrapped.optional(), upperBound: zWrapped.optional() }).optional(),
  changeThreshold: z
    .strictObject({
      direction: z.enum(['HIGHER_IS_BETTER', 'LOWER_IS_BETTER']).optional(),
      /** Of the difference to the baseline. */
      absolute: zWrapped.optional(),
      /** Of the difference divided by the baseline. */
      relative: zWrapped.optional(),
    })
    .optional(),
});
/** See {@link zMetricThreshold}. */
export type MetricThreshold = z.output<typeof zMetricThreshold>;

const zPerSliceThreshold = z.strictObject({
  slicingSpecs: z.array(zSlicingSpec).min(1, 'slicingSpecs must be set on perSliceThresholds'),
  threshold: zMetricThreshold,
});

/** A metric's arguments: an object, or the text of one with or without its braces. */
const zConfig = z.union([z.record(z.string(), z.json()), z.string()]).transform((given, context): MetricConfig => {
  const parsed = zMetricConfig.safeParse(typeof given === 'string' ? parseConfig(given) : snakeKeys(given));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'holds an argument that no metric takes so' });
  return z.NEVER;
});

const zMetric = z.strictObject({
  className: z.string().min(1),
  module: z.string().optional(),
  config: zConfig.optional(),
  threshold: zMetricThreshold.optional(),
  perSliceThresholds: z.array(zPerSliceThreshold).default([]),
});

const zClassIds = z.union([
  z.array(z.number().int().min(0)),
  z.strictObject({ values: z.array(z.number().int().min(0)) }).transform(({ values }) => values),
]);

const zMetricsSpec = z.strictObject({
  metrics: z.array(zMetric).default([]),
  modelNames: z.array(z.string()).default([]),
  binarize: z.strictObject({ classIds: zClassIds.optional() }).optional(),
  aggregate: z
    .strictObject({
      microAverage: z.boolean().optional(),
      macroAverage: z.boolean().optional(),
      weightedMacroAverage: z.boolean().optional(),
      classWeights: z.record(z.string().regex(/^\d+$/), z.number()).default({}),
    })
    .optional(),
  exampleWeights: z.strictObject({ weighted: z.boolean().optional(), unweighted: z.boolean().optional() }).optional(),
  thresholds: z.record(z.string(), zMetricThreshold).default({}),
  perSliceThresholds: z.record(z.string(), z.strictObject({ thresholds: z.array(zPerSliceThreshold) })).default({}),
});

const zModelSpec = z.strictObject({
  name: z.string().default(''),
  modelType: z.string().optional(),
  signatureName: z.string().optional(),
  labelKey: z.string().optional(),
  predictionKey: z.string().optional(),
  exampleWeightKey: z.string().optional(),
  isBaseline: z.boolean().default(false),
});

/** The parser of an EvalConfig. */
export const zEvalConfig = z.strictObject({
  modelSpecs: z
    .array(zModelSpec)
    .min(1)
    .max(2)
    .default([{ name: '', isBaseline: false }]),
  slicingSpecs: z.array(zSlicingSpec).default([]),
  metricsSpecs: z.array(zMetricsSpec).default([]),
  options: z
    .strictObject({
      minSliceSize: zWrapped.optional(),
      includeDefaultMetrics: zWrappedBoolean.optional(),
      computeConfidenceIntervals: zWrappedBoolean.optional(),
    })
    .default({}),
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
