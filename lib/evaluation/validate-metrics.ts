/** Thresholds held against the figures of every slice: TFMA's ValidationResult, and whether a model is blessed. */

import type { MetricThreshold, SlicingSpec } from './eval-config';
import type { EvaluatedModels, SliceResult } from './evaluate';
import { keyOf, keyText, type MetricKey } from './metric-key';
import type { MetricPlan, PlannedThreshold } from './metric-plan';
import { isSliceOf, sortedEntries, type SliceKey } from './slices';

/** A threshold that does not hold on a slice. */
export type ValidationFailure = {
  readonly metricKey: Partial<MetricKey> & Pick<MetricKey, 'name'>;
  readonly metricThreshold: MetricThreshold;
  /** Absent where there is no such figure. */
  readonly value?: number;
  readonly message?: string;
};

/** TFMA's ValidationResult. */
export type ValidationResult = {
  readonly validationOk: boolean;
  /** True where nothing was asked of the model, so that nothing was validated. */
  readonly missingThresholds: boolean;
  /** True where there was no baseline: it and every change threshold were left out. */
  readonly rubberStamp: boolean;
  readonly slices: readonly { readonly key: SliceKey; readonly failures: readonly ValidationFailure[] }[];
  /** Slices that a threshold names and that are not there. */
  readonly missingSlices: readonly SlicingSpec[];
  /** How many slices each threshold's spec was held against. */
  readonly slicingDetails: readonly { readonly spec: SlicingSpec; readonly matching: number }[];
};

/** What is validated. */
export type ValidationRequest = {
  readonly plan: MetricPlan;
  readonly slices: readonly SliceResult[];
  readonly models: EvaluatedModels;
  readonly isRubberStamp: boolean;
};

const EVERYWHERE: SlicingSpec = { featureKeys: [], featureValues: {} };

/** True when a model may be pushed: it was held against a threshold, and every one holds. */
export function isBlessed(plan: MetricPlan, { validationOk }: ValidationResult): boolean {
  return plan.thresholds.length > 0 && validationOk;
}

/** Holds every threshold against every slice that it is about. Bounds are inclusive, and NaN never holds. */
export function validateMetrics({ plan, slices, models, isRubberStamp }: ValidationRequest): ValidationResult {
  const details = new Map<string, { spec: SlicingSpec; slices: Set<SliceKey> }>();
  const failed: { key: SliceKey; failures: ValidationFailure[] }[] = [];
  for (const slice of slices) {
    const failures = new Map<string, ValidationFailure>();
    for (const planned of plan.thresholds) {
      if (planned.spec !== undefined && !isSliceOf(slice.key, planned.spec)) continue;
      const { isFound, found } = holdThreshold(planned, slice, models);
      if (isFound) countSlice(details, planned.spec ?? EVERYWHERE, slice.key);
      for (const failure of found) failures.set(JSON.stringify([failure.metricKey, failure.metricThreshold]), failure);
    }
    if (failures.size > 0) failed.push({ key: slice.key, failures: [...failures.values()] });
  }
  const wanted = uniqueSpecs(plan.thresholds.map(({ spec }) => spec ?? EVERYWHERE));
  const missingSlices = wanted.filter((spec) => !details.has(specText(spec)));
  const hasThresholds = plan.thresholds.length > 0;
  return {
    validationOk: hasThresholds
      ? failed.length === 0 && missingSlices.length === 0 && slices.length > 0
      : isRubberStamp,
    missingThresholds: !hasThresholds && !isRubberStamp,
    rubberStamp: isRubberStamp,
    slices: failed,
    missingSlices,
    slicingDetails: [...details.values()].map(({ spec, slices: matching }) => ({ spec, matching: matching.size })),
  };
}

function holdThreshold(planned: PlannedThreshold, slice: SliceResult, models: EvaluatedModels) {
  const { name, threshold } = planned;
  const found: ValidationFailure[] = [];
  let isFound = false;
  const halves: readonly MetricThreshold[] = [
    ...(threshold.valueThreshold === undefined ? [] : [{ valueThreshold: threshold.valueThreshold }]),
    ...(threshold.changeThreshold === undefined ? [] : [{ changeThreshold: threshold.changeThreshold }]),
  ];
  const byKey = new Map(slice.metrics.map(({ key, value }) => [keyText(key), value]));
  for (const half of halves) {
    const isDiff = half.changeThreshold !== undefined;
    const keys = keysOf(planned, { slice, models, isDiff });
    if (keys.length === 0 || !keys.some((key) => byKey.has(keyText(key)))) {
      found.push({ metricKey: keys[0] ?? { name }, metricThreshold: half, message: 'Metric not found.' });
      continue;
    }
    isFound = true;
    for (const key of keys) {
      const value = byKey.get(keyText(key));
      if (typeof value !== 'number') continue;
      const own = byKey.get(keyText({ ...key, isDiff: false }));
      const base = typeof own === 'number' ? own - value : Number.NaN;
      const message = isDiff ? changeFault(half, { difference: value, base }) : valueFault(half, value);
      if (message !== undefined)
        found.push({ metricKey: key, metricThreshold: half, value, ...(message !== '' && { message }) });
    }
  }
  return { isFound, found };
}

type KeyContext = { readonly slice: SliceResult; readonly models: EvaluatedModels; readonly isDiff: boolean };

/** The keys that a threshold is about: those of its metric, of the candidate. */
function keysOf({ name, of }: PlannedThreshold, { slice, models, isDiff }: KeyContext): readonly MetricKey[] {
  if (of === undefined)
    return slice.metrics
      .map(({ key }) => key)
      .filter((key) => key.name === name && key.modelName === models.candidate && key.isDiff === isDiff);
  return of.map((each) => ({ ...keyOf({ name, ...each }, models.candidate), isDiff }));
}

/** Undefined where it holds; otherwise what is to be said beside the figures, often nothing. */
function valueFault({ valueThreshold }: MetricThreshold, value: number): string | undefined {
  const { lowerBound = -Infinity, upperBound = Infinity } = valueThreshold ?? {};
  return value >= lowerBound && value <= upperBound ? undefined : '';
}

function changeFault(
  { changeThreshold }: MetricThreshold,
  { difference, base }: { readonly difference: number; readonly base: number },
): string | undefined {
  const { direction, absolute, relative } = changeThreshold ?? {};
  const ratio = base === 0 ? Number.NaN : difference / base;
  const bounds = [
    ...(absolute === undefined ? [] : [[difference, absolute] as const]),
    ...(relative === undefined ? [] : [[ratio, relative] as const]),
  ];
  if (direction === 'HIGHER_IS_BETTER') return bounds.every(([got, bound]) => got >= bound) ? undefined : '';
  if (direction === 'LOWER_IS_BETTER') return bounds.every(([got, bound]) => got <= bound) ? undefined : '';
  return 'The change threshold has no direction: give HIGHER_IS_BETTER or LOWER_IS_BETTER.';
}

type Details = Map<string, { spec: SlicingSpec; slices: Set<SliceKey> }>;

function countSlice(details: Details, spec: SlicingSpec, key: SliceKey): void {
  const text = specText(spec);
  const entry = details.get(text);
  if (entry === undefined) details.set(text, { spec, slices: new Set([key]) });
  else entry.slices.add(key);
}

function specText({ featureKeys, featureValues }: SlicingSpec): string {
  return JSON.stringify([featureKeys.toSorted(), sortedEntries(featureValues)]);
}

function uniqueSpecs(specs: readonly SlicingSpec[]): readonly SlicingSpec[] {
  return [...new Map(specs.map((spec) => [specText(spec), spec])).values()];
}
