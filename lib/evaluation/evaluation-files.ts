/** The files of an evaluation as JSON: figures, plots and the verdict, with NaN and infinities as text. */

import type { MetricValue } from '../metrics/metric-class';
import type { ClassMatrix } from '../metrics/multi-class';
import type { PlotValue } from '../metrics/plots';
import type { MetricThreshold, SlicingSpec } from './eval-config';
import type { SliceResult } from './evaluate';
import type { MetricKey } from './metric-key';
import type { SliceValue } from './slice-feature';
import type { SliceKey } from './slices';
import type { ValidationFailure, ValidationResult } from './validate-metrics';

/** The candidate, or what it is compared with. */
export type ModelRole = 'candidate' | 'baseline';

/** One entry of `metrics.json`: the figures of one slice and model that share a class, an average and a weighting. */
export type MetricsEntry = {
  readonly slice: readonly (readonly [string, SliceValue])[];
  readonly model: ModelRole;
  readonly output: '';
  readonly subKey?: { readonly classId: number };
  readonly aggregation?: MetricKey['aggregation'];
  readonly isDiff?: true;
  /** Given where an evaluation has both weightings. */
  readonly weighted?: boolean;
  readonly metrics: Readonly<Record<string, unknown>>;
};

type Context = {
  readonly results: readonly SliceResult[];
  /** Name of the baseline's model, where there is one. */
  readonly baseline: string | undefined;
};

/** The content of `metrics.json`, slices in their order. A slice that is too small has an entry without figures. */
export function toMetricsFile({ results, baseline }: Context): readonly MetricsEntry[] {
  const weightings = new Set(results.flatMap(({ metrics }) => metrics.map(({ key }) => key.exampleWeighted)));
  const hasBoth = weightings.size > 1;
  return results.flatMap(({ key: slice, metrics }) => {
    const entries = new Map<string, { entry: Omit<MetricsEntry, 'metrics'>; metrics: Record<string, unknown> }>();
    if (metrics.length === 0) entries.set('', { entry: { slice, model: 'candidate', output: '' }, metrics: {} });
    for (const { key, value } of metrics) {
      const { exampleWeighted, isDiff } = key;
      const { model, ...parts } = roleOf(key, baseline);
      const entry = {
        slice,
        model,
        output: '' as const,
        ...parts,
        ...(isDiff && { isDiff: true as const }),
        ...(hasBoth && { weighted: exampleWeighted }),
      };
      const id = JSON.stringify(entry);
      const found = entries.get(id) ?? { entry, metrics: {} };
      found.metrics[key.name] = toJsonValue(value);
      entries.set(id, found);
    }
    return [...entries.values()].map(({ entry, metrics: figures }) => ({ ...entry, metrics: figures }));
  });
}

/** One entry of `plots.json`: the plots of one slice and model, each under the name of its message in TFMA. */
export type PlotsEntry = {
  readonly slice: readonly (readonly [string, SliceValue])[];
  readonly model: ModelRole;
  /** Given where a plot has a name of its own, such as `score_distribution_plot`. */
  readonly name?: string;
  readonly subKey?: { readonly classId: number };
  readonly aggregation?: MetricKey['aggregation'];
  /** Given where an evaluation has both weightings. */
  readonly weighted?: boolean;
  readonly plots: Readonly<Record<string, unknown>>;
};

/** The content of `plots.json`, slices in their order; of each the entry without a name comes first. */
export function toPlotsFile({ results, baseline }: Context): readonly PlotsEntry[] {
  const hasBoth = new Set(results.flatMap(({ plots }) => plots.map(({ key }) => key.exampleWeighted))).size > 1;
  return results.flatMap(({ key: slice, plots }) => {
    const entries = new Map<string, { entry: Omit<PlotsEntry, 'plots'>; plots: Record<string, unknown> }>();
    for (const { key, value } of plots.toSorted((a, b) => Number(a.key.name !== '') - Number(b.key.name !== ''))) {
      const entry = {
        slice,
        ...roleOf(key, baseline),
        ...(key.name !== '' && { name: key.name }),
        ...(hasBoth && { weighted: key.exampleWeighted }),
      };
      const id = JSON.stringify(entry);
      const found = entries.get(id) ?? { entry, plots: {} };
      Object.assign(found.plots, toJsonPlot(value));
      entries.set(id, found);
    }
    return [...entries.values()].map(({ entry, plots: found }) => ({ ...entry, plots: found }));
  });
}

/** Of which model, class and average a figure or plot is. */
function roleOf({ modelName, classId, aggregation }: MetricKey, baseline: string | undefined) {
  return {
    model: modelName === baseline && baseline !== undefined ? ('baseline' as const) : ('candidate' as const),
    ...(classId !== undefined && { subKey: { classId } }),
    ...(aggregation !== undefined && { aggregation }),
  };
}

function toJsonPlot(value: PlotValue): Record<string, unknown> {
  if (!('multiClassConfusionMatrixAtThresholds' in value)) return portable(value);
  return toClassMatrices(value.multiClassConfusionMatrixAtThresholds.matrices);
}

/** The content of `validation_ok.json`: TFMA's ValidationResult as proto JSON. */
export function toValidationFile(result: ValidationResult): object {
  const { validationOk, missingThresholds, rubberStamp, slices, missingSlices, slicingDetails } = result;
  return {
    validationOk,
    ...(missingThresholds && { missingThresholds }),
    ...(rubberStamp && { rubberStamp }),
    ...(slices.length > 0 && {
      metricValidationsPerSlice: slices.map(({ key, failures }) => ({
        sliceKey: toSliceKey(key),
        failures: failures.map(toFailure),
      })),
    }),
    ...(missingSlices.length > 0 && { missingSlices: missingSlices.map(toSlicingSpec) }),
    ...(slicingDetails.length > 0 && {
      validationDetails: {
        slicingDetails: slicingDetails.map(({ spec, matching }) => ({
          slicingSpec: toSlicingSpec(spec),
          numMatchingSlices: matching,
        })),
      },
    }),
  };
}

const ENCODER = new TextEncoder();

function toSliceKey(key: SliceKey): object {
  if (key.length === 0) return {};
  return {
    singleSliceKeys: key.map(([column, value]) => ({
      column,
      ...(typeof value === 'string'
        ? { bytesValue: base64(ENCODER.encode(value)) }
        : Number.isInteger(value)
          ? { int64Value: String(value) }
          : { floatValue: value }),
    })),
  };
}

function toFailure({ metricKey, metricThreshold, value, message }: ValidationFailure): object {
  const { name, modelName, classId, aggregation, exampleWeighted, isDiff } = metricKey;
  return {
    metricKey: {
      name,
      ...(modelName !== undefined && modelName !== '' && { modelName }),
      ...(classId !== undefined && { subKey: { classId } }),
      ...(aggregation !== undefined && {
        aggregationType: {
          [{ micro: 'microAverage', macro: 'macroAverage', weighted_macro: 'weightedMacroAverage' }[aggregation]]: true,
        },
      }),
      ...(isDiff === true && { isDiff }),
      ...(exampleWeighted !== undefined && { exampleWeighted }),
    },
    metricThreshold: toThreshold(metricThreshold),
    ...(value !== undefined && { metricValue: { doubleValue: toJsonValue(value) } }),
    ...(message !== undefined && { message }),
  };
}

function toThreshold({ valueThreshold, changeThreshold }: MetricThreshold): object {
  return { ...(valueThreshold && { valueThreshold }), ...(changeThreshold && { changeThreshold }) };
}

function toSlicingSpec({ featureKeys, featureValues }: SlicingSpec): object {
  return {
    ...(featureKeys.length > 0 && { featureKeys }),
    ...(Object.keys(featureValues).length > 0 && { featureValues }),
  };
}

function toJsonValue(value: MetricValue): unknown {
  if (typeof value === 'number') return portable(value);
  if ('confusionMatrices' in value)
    return { confusionMatrixAtThresholds: { matrices: portable(value.confusionMatrices) } };
  if ('classMatrices' in value) return toClassMatrices(value.classMatrices);
  return portable(value);
}

function toClassMatrices(matrices: readonly ClassMatrix[]): Record<string, unknown> {
  return {
    multiClassConfusionMatrixAtThresholds: {
      matrices: matrices.map(({ threshold, cells }) => ({
        threshold,
        entries: cells.map(({ actual, predicted, weight }) => ({
          actualClassId: actual,
          predictedClassId: predicted,
          numWeightedExamples: weight,
        })),
      })),
    },
  };
}

/** Numbers that JSON cannot hold become text, wherever they stand. */
function portable<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'number' && !Number.isFinite(item) ? String(item) : item,
    ),
  ) as T;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base 64 without the platform's help. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += `${DIGITS[bits >> 18] ?? ''}${DIGITS[(bits >> 12) & 63] ?? ''}`;
    text += b === undefined ? '=' : (DIGITS[(bits >> 6) & 63] ?? '');
    text += c === undefined ? '=' : (DIGITS[bits & 63] ?? '');
  }
  return text;
}
