/** An EvalConfig as the Evaluator takes it: names of models filled in, and what needs a baseline removed where there is none. */

import type { EvalConfig, MetricsSpec, MetricThreshold, ModelSpec } from './eval-config';

/** What there is to evaluate beside the config. */
export type ConfigContext = {
  /** True where a baseline model came to the input, or a model spec names the baseline's predictions. */
  readonly hasBaseline: boolean;
};

/** A config whose models are known by name. */
export type NormalConfig = EvalConfig & {
  readonly candidate: ModelSpec;
  readonly baseline: ModelSpec | undefined;
  /** True where change thresholds were removed, since there is no baseline. */
  readonly isRubberStamp: boolean;
};

const CANDIDATE = 'candidate';
const BASELINE = 'baseline';

/** TFX's normalization (`update_eval_config_with_defaults`, `rubber_stamp`). */
export function normalizeConfig(config: EvalConfig, { hasBaseline }: ConfigContext): NormalConfig {
  const given = config.modelSpecs;
  const isKept = ({ isBaseline }: ModelSpec) => hasBaseline || !isBaseline;
  const kept = given.filter(isKept);
  const models = hasBaseline && kept.length === 1 ? addBaseline(kept) : kept.length === 1 ? unnamed(kept) : kept;
  const names = models.map(({ name }) => name);
  const metricsSpecs = config.metricsSpecs.map((spec) => ({
    ...(hasBaseline ? spec : withoutChange(spec)),
    modelNames: spec.modelNames.length === 0 || models.length === 1 ? names : spec.modelNames,
  }));
  const slicingSpecs =
    config.slicingSpecs.length === 0 ? [{ featureKeys: [], featureValues: {} }] : config.slicingSpecs;
  const [first] = models;
  const candidate = models.find(({ isBaseline }) => !isBaseline) ?? first;
  if (candidate === undefined) throw new Error('an EvalConfig has at least one model');
  return {
    ...config,
    modelSpecs: models,
    slicingSpecs,
    metricsSpecs,
    candidate,
    baseline: models.find(({ isBaseline }) => isBaseline),
    isRubberStamp: !hasBaseline && config.metricsSpecs.some(hasChangeThreshold),
  };
}

function hasChangeThreshold(spec: MetricsSpec): boolean {
  const all = [
    ...spec.metrics.flatMap(({ threshold, perSliceThresholds }) => [
      threshold,
      ...perSliceThresholds.map((each) => each.threshold),
    ]),
    ...Object.values(spec.thresholds),
    ...Object.values(spec.perSliceThresholds).flatMap(({ thresholds }) => thresholds.map((each) => each.threshold)),
  ];
  return all.some((threshold) => threshold?.changeThreshold !== undefined);
}

function addBaseline(kept: readonly ModelSpec[]): ModelSpec[] {
  return kept.flatMap((spec) => [
    { ...spec, name: CANDIDATE, isBaseline: false },
    { ...spec, name: BASELINE, isBaseline: true },
  ]);
}

function unnamed(kept: readonly ModelSpec[]): ModelSpec[] {
  return kept.map((spec) => ({ ...spec, name: '' }));
}

function withoutChange(spec: MetricsSpec): MetricsSpec {
  return {
    ...spec,
    metrics: spec.metrics.map(({ threshold, perSliceThresholds, ...metric }) => ({
      ...metric,
      ...optional(threshold),
      perSliceThresholds: perSliceThresholds.flatMap((each) => keep(each)),
    })),
    thresholds: Object.fromEntries(
      Object.entries(spec.thresholds).flatMap(([name, threshold]) => {
        const left = valueOnly(threshold);
        return left === undefined ? [] : [[name, left]];
      }),
    ),
    perSliceThresholds: Object.fromEntries(
      Object.entries(spec.perSliceThresholds).map(([name, { thresholds }]) => [
        name,
        { thresholds: thresholds.flatMap((each) => keep(each)) },
      ]),
    ),
  };
}

function optional(threshold: MetricThreshold | undefined): { threshold?: MetricThreshold } {
  const left = threshold === undefined ? undefined : valueOnly(threshold);
  return left === undefined ? {} : { threshold: left };
}

function keep<T extends { readonly threshold: MetricThreshold }>(each: T): T[] {
  const left = valueOnly(each.threshold);
  return left === undefined ? [] : [{ ...each, threshold: left }];
}

function valueOnly({ valueThreshold }: MetricThreshold): MetricThreshold | undefined {
  return valueThreshold === undefined ? undefined : { valueThreshold };
}
