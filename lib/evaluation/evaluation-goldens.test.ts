import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { hasSharedData } from '../../server/testing/shared-data';
import { readGolden, runGolden, zFigure, type GoldenKey } from '../../server/testing/tfma-goldens';
import type { SliceResult } from './evaluate';
import type { MetricKey } from './metric-key';
import { sliceText } from './slices';

const TOLERANCE = 1e-6;

/** Of these there is no counterpart here: they are not among the metrics that were asked for. */
const LEFT_OUT = new Set(['precision_top_1', 'recall_top_1', 'recall_top_2']);

function sameKey(key: MetricKey, golden: GoldenKey): boolean {
  const aggregations: readonly (string | undefined)[] =
    golden.aggregation_type?.micro_average === true
      ? ['micro']
      : golden.aggregation_type?.macro_average === true
        ? ['macro', 'weighted_macro']
        : [undefined];
  return (
    key.name === golden.name &&
    key.modelName === golden.model_name &&
    key.classId === golden.sub_key?.class_id &&
    aggregations.includes(key.aggregation) &&
    key.exampleWeighted === (golden.example_weighted ?? false) &&
    key.isDiff === golden.is_diff
  );
}

function expectNumber(actual: unknown, expected: number, what: string): void {
  if (!Number.isFinite(expected)) expect(actual, what).toEqual(expected);
  else {
    expect(typeof actual, what).toBe('number');
    expect(Math.abs(Number(actual) - expected), what).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(expected)));
  }
}

function expectValue(actual: unknown, expected: unknown, what: string): void {
  const figure = zFigure.safeParse(expected);
  if (figure.success) return expectNumber(actual, figure.data, what);
  const list = z.object({ array_value: z.object({ float64_values: z.array(zFigure) }) }).safeParse(expected);
  if (list.success) {
    expect(actual, what).toHaveLength(list.data.array_value.float64_values.length);
    for (const [index, value] of list.data.array_value.float64_values.entries())
      expectNumber((actual as number[])[index], value, what);
    return;
  }
  const matrices = z
    .object({ confusion_matrix_at_thresholds: z.object({ matrices: z.array(z.record(z.string(), zFigure)) }) })
    .safeParse(expected);
  if (matrices.success) {
    const rows = (actual as { confusionMatrices: Record<string, number>[] }).confusionMatrices;
    for (const [index, row] of matrices.data.confusion_matrix_at_thresholds.matrices.entries())
      for (const [field, value] of Object.entries(rows[index] ?? {}))
        expectNumber(
          value,
          row[field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] ?? 0,
          `${what} ${field}`,
        );
    return;
  }
  const zColumns = z.union([
    z.object({ columns: z.record(z.string(), z.array(z.number().nullable())) }),
    z.array(z.record(z.string(), z.number())).transform((rows) => ({
      columns: Object.fromEntries(
        ['actual_class_id', 'predicted_class_id', 'num_weighted_examples'].map((name) => [
          name,
          rows.map((row) => row[name] ?? 0),
        ]),
      ),
    })),
  ]);
  const classes = z
    .object({
      multi_class_confusion_matrix_at_thresholds: z.object({
        matrices: z.array(z.object({ threshold: z.number().default(0), entries: zColumns })),
      }),
    })
    .parse(expected);
  const found = (actual as { classMatrices: { cells: { actual: number; predicted: number; weight: number }[] }[] })
    .classMatrices;
  for (const [index, { entries }] of classes.multi_class_confusion_matrix_at_thresholds.matrices.entries()) {
    const column = (name: string) => (entries.columns[name] ?? []).map((value) => value ?? 0);
    expect(
      found[index]?.cells.map(({ actual: a }) => a),
      what,
    ).toEqual(column('actual_class_id'));
    expect(
      found[index]?.cells.map(({ predicted }) => predicted),
      what,
    ).toEqual(column('predicted_class_id'));
    for (const [cell, weight] of column('num_weighted_examples').entries())
      expectNumber(found[index]?.cells[cell]?.weight, weight, what);
  }
}

function expectMetrics(results: readonly SliceResult[], golden: ReturnType<typeof readGolden>): void {
  expect(results.map(({ key }) => sliceText(key)).toSorted()).toEqual(Object.keys(golden.metrics).toSorted());
  for (const { key: slice, metrics } of results) {
    const expected = golden.metrics[sliceText(slice)] ?? [];
    for (const { key, value } of expected) {
      if (LEFT_OUT.has(key.name) || key.sub_key?.top_k !== undefined || key.name.includes('top_k')) continue;
      const what = `${sliceText(slice)} ${JSON.stringify(key)}`;
      const found = metrics.filter((each) => sameKey(each.key, key));
      expect(found, what).toHaveLength(1);
      expectValue(found[0]?.value, value, what);
    }
  }
}

describe.skipIf(!hasSharedData)('the evaluation against the real TFMA', () => {
  it.each([
    'binary-unweighted',
    'binary-weighted',
    'binary-both-weightings',
    'binary-cross-entropy-unweighted',
    'binary-cross-entropy-weighted',
    'binary-min-slice-size-50',
  ])('%s is equal', (name) => {
    expectMetrics(runGolden(name, 'binary').results, readGolden(name));
  });

  it.each([
    'multiclass-plain',
    'multiclass-class-ids',
    'multiclass-macro',
    'multiclass-macro-class-weights-and-class-ids',
    'multiclass-micro',
    'multiclass-micro-class-weights',
    'multiclass-weighted-macro',
  ])('%s is equal', (name) => {
    expectMetrics(runGolden(name, 'multiclass').results, readGolden(name));
  });

  it.each([
    'regression-unweighted',
    'regression-weighted',
    'regression-keras-unweighted',
    'regression-keras-weighted',
    'regression-msle-unweighted',
    'regression-msle-weighted',
  ])('%s is equal', (name) => {
    expectMetrics(runGolden(name, 'regression').results, readGolden(name));
  });

  const zSlice = z.object({
    single_slice_keys: z
      .array(z.object({ column: z.string(), bytes_value: z.string().optional(), int64_value: z.string().optional() }))
      .default([]),
  });
  const zValidation = z.object({
    validation_ok: z.boolean().default(false),
    missing_thresholds: z.boolean().default(false),
    rubber_stamp: z.boolean().default(false),
    metric_validations_per_slice: z
      .array(
        z.object({
          slice_key: zSlice,
          failures: z.array(
            z.object({
              metric_key: z.object({ name: z.string(), is_diff: z.boolean().default(false) }),
              metric_value: z.object({ double_value: zFigure }).optional(),
              message: z.string().optional(),
            }),
          ),
        }),
      )
      .default([]),
    missing_slices: z.array(z.unknown()).default([]),
    validation_details: z
      .object({ slicing_details: z.array(z.object({ slicing_spec: z.unknown(), num_matching_slices: z.number() })) })
      .default({ slicing_details: [] }),
  });

  it.each([
    'validation-value-pass',
    'validation-value-fail',
    'validation-value-on-every-slice',
    'validation-change-pass-fail',
    'validation-change-per-slice',
    'validation-per-slice',
    'validation-per-slice-missing',
    'validation-metric-not-found',
    'validation-min-slice-size',
    'validation-nan-metric',
    'validation-no-thresholds',
    'validation-same-metric-twice',
    'validation-rubber-stamp-change-only',
    'validation-rubber-stamp-value-and-change',
  ])('%s is equal', (name) => {
    const golden = readGolden(name);
    const expected = zValidation.parse(golden.validation_result);
    const { results, validation } = runGolden(name, 'binary');
    expectMetrics(results, golden);
    expect(validation).toMatchObject({
      validationOk: expected.validation_ok,
      missingThresholds: expected.missing_thresholds,
      rubberStamp: expected.rubber_stamp,
    });
    const failures = validation.slices.flatMap(({ key, failures: inSlice }) =>
      inSlice.map(
        ({ metricKey, message, value }) =>
          [sliceText(key), metricKey.name, metricKey.isDiff ?? false, message ?? '', value] as const,
      ),
    );
    const wanted = expected.metric_validations_per_slice.flatMap(
      ({ slice_key: { single_slice_keys: keys }, failures: inSlice }) =>
        inSlice.map(({ metric_key: key, message = '', metric_value: value }) => {
          const slice = sliceText(
            keys.map(({ column, bytes_value: text, int64_value: whole }) => [
              column,
              text === undefined ? Number(whole) : Buffer.from(text, 'base64').toString(),
            ]),
          );
          return [slice, key.name, key.is_diff, message, value?.double_value] as const;
        }),
    );
    const order = (rows: readonly (readonly unknown[])[]) =>
      rows.map((row) => JSON.stringify(row.slice(0, 4))).toSorted();
    expect(order(failures)).toEqual(order(wanted));
    for (const [slice, metric, isDiff, , value] of wanted) {
      const found = failures.find((each) => each[0] === slice && each[1] === metric && each[2] === isDiff);
      if (value !== undefined) expectNumber(found?.[4], value, `${slice} ${metric}`);
    }
    expect(validation.missingSlices.map(plainSpec).toSorted()).toEqual(
      expected.missing_slices.map(specText).toSorted(),
    );
    const details = validation.slicingDetails.map(({ spec, matching }) => `${plainSpec(spec)} ${matching}`).toSorted();
    expect(details).toEqual(
      expected.validation_details.slicing_details
        .map((each) => `${specText(each.slicing_spec)} ${each.num_matching_slices}`)
        .toSorted(),
    );
  });
});

function plainSpec(spec: {
  readonly featureKeys: readonly string[];
  readonly featureValues: Readonly<Record<string, string>>;
}): string {
  return JSON.stringify([spec.featureKeys, spec.featureValues]);
}

function specText(spec: unknown): string {
  const { feature_keys: keys = [], feature_values: values = {} } = (spec ?? {}) as {
    feature_keys?: string[];
    feature_values?: Record<string, string>;
  };
  return JSON.stringify([keys, values]);
}
