/** An EvalConfig taken apart into the figures to compute, each with its key, and the thresholds that they must hold. */

import { AppError } from '../errors';
import { didYouMean } from '../text/closest-word';
import {
  METRIC_CLASSES,
  metricClassOf,
  metricName,
  thresholdsOf,
  type MetricClass,
  type MetricConfig,
} from '../metrics/metric-class';
import { plotClassOf, type PlotClass } from '../metrics/plots';
import type { MetricsSpec, MetricThreshold, SlicingSpec } from './eval-config';
import type { Aggregation } from './metric-key';
import type { NormalConfig } from './normalize-config';

/** Over which classes a figure is taken. */
export type MetricScope =
  /** The predictions as they are; several classes one after the other. */
  | { readonly type: 'plain' }
  | { readonly type: 'class'; readonly classId: number }
  | { readonly type: 'micro'; readonly classWeights: ReadonlyMap<number, number> }
  | {
      readonly type: 'macro' | 'weighted_macro';
      readonly classIds: readonly number[];
      readonly classWeights: ReadonlyMap<number, number>;
    };

/** One figure, for each of the models named. */
export type PlannedMetric = {
  readonly name: string;
  readonly metric: MetricClass;
  readonly config: MetricConfig;
  readonly scope: MetricScope;
  readonly isWeighted: boolean;
  readonly modelNames: readonly string[];
};

/** A plot of every slice, for each of the models named. */
export type PlannedPlot = {
  /** Empty where plots share the entry of their slice. */
  readonly name: string;
  readonly plot: PlotClass;
  readonly config: MetricConfig;
  readonly scope: MetricScope;
  readonly isWeighted: boolean;
  readonly modelNames: readonly string[];
};

/** What a figure must hold. Without a spec it must on every slice. */
export type PlannedThreshold = {
  /** The figure by name; where it was planned with its metric, exactly those. */
  readonly name: string;
  readonly of: readonly Pick<PlannedMetric, 'scope' | 'metric' | 'isWeighted'>[] | undefined;
  readonly spec: SlicingSpec | undefined;
  readonly threshold: MetricThreshold;
};

/** See the module. */
export type MetricPlan = {
  readonly metrics: readonly PlannedMetric[];
  readonly plots: readonly PlannedPlot[];
  readonly thresholds: readonly PlannedThreshold[];
};

/** What a plot asks of the classes: the same as a metric of yes and no. */
const PLOT_QUESTION = { from: 'problem' } as const;
const CLASS_MATRICES = metricClassOf('MultiClassConfusionMatrixAtThresholds');

/** Plans an evaluation. Throws `invalid-input` for a metric that is not known or that the classes do not allow. */
export function planMetrics(config: NormalConfig, classes: number): MetricPlan {
  const metrics: PlannedMetric[] = [];
  const plots: PlannedPlot[] = [];
  const thresholds: PlannedThreshold[] = [];
  for (const spec of config.metricsSpecs) {
    for (const each of spec.metrics) {
      const given = each.config ?? {};
      const common = { config: given, modelNames: spec.modelNames };
      const plot = plotClassOf(each.className);
      if (plot !== undefined) {
        if (plot.from === 'classes' && classes < 2) throw needsClasses(each.className);
        const name = given.name ?? plot.defaultName;
        const settings = plot.from === 'classes' ? withSharedThresholds(given, metrics) : given;
        for (const isWeighted of weightings(config, spec))
          for (const scope of plotScopes(spec, { plot, config: settings, classes }))
            plots.push({ ...common, config: settings, name, plot, scope, isWeighted });
        continue;
      }
      const metric = requireMetric(each.className, classes);
      const name = metricName(each.className, given);
      const planned = weightings(config, spec).flatMap((isWeighted) =>
        scopesOf(spec, { metric, config: given, classes }).map((scope) => ({
          ...common,
          name,
          metric,
          scope,
          isWeighted,
        })),
      );
      metrics.push(...planned);
      if (each.threshold !== undefined)
        thresholds.push({ name, of: planned, spec: undefined, threshold: each.threshold });
      for (const { slicingSpecs, threshold } of each.perSliceThresholds)
        for (const slicing of slicingSpecs) thresholds.push({ name, of: planned, spec: slicing, threshold });
    }
    for (const [name, threshold] of Object.entries(spec.thresholds))
      thresholds.push({ name, of: undefined, spec: undefined, threshold });
    for (const [name, { thresholds: perSlice }] of Object.entries(spec.perSliceThresholds))
      for (const { slicingSpecs, threshold } of perSlice)
        for (const slicing of slicingSpecs) thresholds.push({ name, of: undefined, spec: slicing, threshold });
  }
  return { metrics: withoutRepeats(metrics), plots, thresholds };
}

function requireMetric(className: string, classes: number): MetricClass {
  const metric = metricClassOf(className);
  if (metric === undefined)
    throw new AppError('invalid-input', `There is no metric "${className}".${didYouMean(className, METRIC_CLASSES)}`, {
      nextStep: 'The README of Evaluator lists those that there are.',
      path: 'params.evalConfig.metricsSpecs',
    });
  if (metric.from === 'classes' && classes < 2) throw needsClasses(className);
  return metric;
}

function needsClasses(className: string): AppError {
  return new AppError('invalid-input', `${className} needs several classes, and the predictions are single numbers.`, {
    nextStep: 'Use BinaryAccuracy for two classes, MeanSquaredError for numbers.',
    path: 'params.evalConfig.metricsSpecs',
  });
}

/** Weighted where any model has weights, unless the spec says which. */
function weightings({ modelSpecs }: NormalConfig, { exampleWeights }: MetricsSpec): readonly boolean[] {
  const { weighted, unweighted } = exampleWeights ?? {};
  if (weighted === undefined && unweighted === undefined)
    return [modelSpecs.some(({ exampleWeightKey }) => exampleWeightKey !== undefined)];
  return [...(unweighted === true ? [false] : []), ...(weighted === true ? [true] : [])];
}

/** A plot is of one question: of all classes as one, or of each class that is named. Averages of plots there are none. */
function plotScopes(
  spec: MetricsSpec,
  { plot, config, classes }: { readonly plot: PlotClass; readonly config: MetricConfig; readonly classes: number },
): readonly MetricScope[] {
  const plain: MetricScope = { type: 'plain' };
  if (plot.from === 'classes' || classes < 2) return [plain];
  const { microAverage } = spec.aggregate ?? {};
  const questions: MetricsSpec = microAverage === true ? spec : { ...spec, aggregate: undefined };
  return scopesOf(questions, { metric: PLOT_QUESTION, config, classes });
}

/**
 * TFMA counts the matrices of classes once for an evaluation: a plot after a metric of them has the metric's thresholds
 * (`multiclass-plain` of its goldens).
 */
function withSharedThresholds(config: MetricConfig, before: readonly PlannedMetric[]): MetricConfig {
  const first = before.find(({ metric }) => metric === CLASS_MATRICES);
  return first === undefined ? config : { ...config, thresholds: [...thresholdsOf(first.config)] };
}

type ScopeRequest = {
  readonly metric: Pick<MetricClass, 'from'>;
  readonly config: MetricConfig;
  readonly classes: number;
};

function scopesOf(
  { binarize, aggregate }: MetricsSpec,
  { metric, config, classes }: ScopeRequest,
): readonly MetricScope[] {
  const plain: MetricScope = { type: 'plain' };
  if (metric.from === 'count' || metric.from === 'classes' || classes < 2) return [plain];
  const own = config.class_id;
  if (own !== undefined) {
    if (binarize?.classIds !== undefined)
      throw new AppError(
        'invalid-input',
        'A metric has a class_id, and binarize names classes too: overlapping settings.',
        {
          nextStep: 'Take one of them away.',
          path: 'params.evalConfig.metricsSpecs',
        },
      );
    return [{ type: 'class', classId: requireClass(own, classes) }];
  }
  const ids = binarize?.classIds;
  const scopes: MetricScope[] = (ids ?? []).map((classId) => ({
    type: 'class',
    classId: requireClass(classId, classes),
  }));
  if (aggregate !== undefined) scopes.push(aggregated(aggregate, classes));
  return scopes.length === 0 ? [plain] : scopes;
}

type Aggregate = NonNullable<MetricsSpec['aggregate']>;

function aggregated({ microAverage, weightedMacroAverage, classWeights }: Aggregate, classes: number): MetricScope {
  const weights = new Map(Object.entries(classWeights).map(([id, weight]) => [Number(id), weight]));
  if (microAverage === true) return { type: 'micro', classWeights: weights };
  const type: Aggregation = weightedMacroAverage === true ? 'weighted_macro' : 'macro';
  if (weights.size === 0)
    throw new AppError('invalid-input', `An average over classes (${type}) needs classWeights.`, {
      nextStep: 'Give every class its weight: { "0": 1, "1": 1, … }.',
      path: 'params.evalConfig.metricsSpecs',
    });
  // The classes of binarize play no part here: an average is over those that have a weight.
  const classIds = [...weights.keys()].toSorted((a, b) => a - b);
  for (const id of classIds) requireClass(id, classes);
  return { type, classIds, classWeights: weights };
}

function requireClass(classId: number, classes: number): number {
  if (classId < classes) return classId;
  throw new AppError(
    'invalid-input',
    `There is no class ${classId}: the predictions have ${classes}, counted from 0.`,
    {
      path: 'params.evalConfig.metricsSpecs',
    },
  );
}

/** The same figure asked for twice is computed once. */
function withoutRepeats(metrics: readonly PlannedMetric[]): readonly PlannedMetric[] {
  const seen = new Set<string>();
  return metrics.filter(({ name, scope, isWeighted, modelNames }) => {
    const text = JSON.stringify([name, scope.type, 'classId' in scope ? scope.classId : null, isWeighted, modelNames]);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}
