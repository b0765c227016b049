import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

import { zEvalConfig } from './eval-config';
import type { SliceResult } from './evaluate';
import { toValidationFile } from './evaluation-files';
import { planMetrics } from './metric-plan';
import { normalizeConfig } from './normalize-config';
import type { SliceKey } from './slices';
import { validateMetrics } from './validate-metrics';

type Given = z.input<typeof zEvalConfig>;
type Figures = Readonly<Record<string, { readonly candidate: number; readonly baseline?: number }>>;

const TWO: Given['modelSpecs'] = [{ name: 'candidate' }, { name: 'baseline', isBaseline: true }];

/** A slice as an evaluation leaves it, with figures that are given. */
function sliceOf(figures: Figures, key: SliceKey = []): SliceResult {
  const common = { exampleWeighted: false };
  return {
    key,
    size: 1,
    isTooSmall: false,
    plots: [],
    metrics: Object.entries(figures).flatMap(([name, { candidate, baseline }]) => [
      { key: { name, modelName: 'candidate', ...common, isDiff: false }, value: candidate },
      ...(baseline === undefined
        ? []
        : [
            { key: { name, modelName: 'baseline', ...common, isDiff: false }, value: baseline },
            { key: { name, modelName: 'candidate', ...common, isDiff: true }, value: candidate - baseline },
          ]),
    ]),
  };
}

function validated(metricsSpec: NonNullable<Given['metricsSpecs']>[number], slices: readonly SliceResult[]) {
  const config = normalizeConfig(zEvalConfig.parse({ modelSpecs: TWO, metricsSpecs: [metricsSpec] }), {
    hasBaseline: true,
  });
  const models = { candidate: 'candidate', baseline: 'baseline' };
  return validateMetrics({ plan: planMetrics(config, 1), slices, models, isRubberStamp: false });
}

describe('thresholds', () => {
  it('V01 equality holds every kind of bound', () => {
    const bounds = { absolute: -0.333, relative: -0.333 };
    const exact = { candidate: 0.667, baseline: 1 };
    const { validationOk } = validated(
      {
        thresholds: {
          mean_prediction: { changeThreshold: { direction: 'HIGHER_IS_BETTER', ...bounds } },
          mean_label: { changeThreshold: { direction: 'LOWER_IS_BETTER', ...bounds } },
          example_count: { valueThreshold: { lowerBound: 1 } },
          weighted_example_count: { valueThreshold: { upperBound: 1 } },
        },
      },
      [
        withDifference(sliceOf({ mean_prediction: exact, mean_label: exact }), -0.333),
        // The counts are figures of the same slice.
      ].map((slice) => ({
        ...slice,
        metrics: [
          ...slice.metrics,
          ...sliceOf({ example_count: { candidate: 1 }, weighted_example_count: { candidate: 1 } }).metrics,
        ],
      })),
    );
    expect(validationOk).toBe(true);
  });

  it.each([
    { name: 'V02 a change of −0.333 is not −1 or less', change: { absolute: -1 }, ok: false },
    { name: 'V02 a change of −1 times the baseline is not −2 or less', change: { relative: -2 }, ok: false },
    { name: 'V02 a change of −0.333 is 0 or less', change: { absolute: 0 }, ok: true },
    { name: 'V02 a change of −1 times the baseline is 0 or less', change: { relative: 0 }, ok: true },
  ])('$name', ({ change, ok }) => {
    const { validationOk } = validated(
      { thresholds: { mean_prediction: { changeThreshold: { direction: 'LOWER_IS_BETTER', ...change } } } },
      [sliceOf({ mean_prediction: { candidate: 0, baseline: 0.333 } })],
    );
    expect(validationOk).toBe(ok);
  });

  it('V03 a threshold of a metric that was not computed fails', () => {
    const result = validated({ thresholds: { invalid_threshold: { valueThreshold: { lowerBound: 0.2 } } } }, [
      sliceOf({ weighted_example_count: { candidate: 1.5 } }),
    ]);
    expect(toValidationFile(result)).toMatchObject({
      validationOk: false,
      metricValidationsPerSlice: [
        {
          sliceKey: {},
          failures: [
            {
              metricKey: { name: 'invalid_threshold' },
              metricThreshold: { valueThreshold: { lowerBound: 0.2 } },
              message: 'Metric not found.',
            },
          ],
        },
      ],
    });
  });

  it('V04 slices are counted by the spec that names them, and a spec without any is missing', () => {
    const lowerBound = 0.5;
    const per = (...featureKeys: string[]) => ({
      slicingSpecs: [{ featureKeys }],
      threshold: { valueThreshold: { lowerBound } },
    });
    const result = validated(
      {
        metrics: [
          {
            className: 'MeanPrediction',
            perSliceThresholds: [per(), per('x'), per('x', 'y'), per('z')],
          },
        ],
      },
      [
        sliceOf({ mean_prediction: { candidate: 0.4 } }),
        sliceOf({ mean_prediction: { candidate: 0.6 } }, [['x', 1]]),
        ...[1, 2, 3].map((y) =>
          sliceOf({ mean_prediction: { candidate: 0.6 } }, [
            ['x', 1],
            ['y', y],
          ]),
        ),
      ],
    );
    expect(result.validationOk).toBe(false);
    expect(result.missingSlices.map(({ featureKeys }) => featureKeys)).toEqual([['z']]);
    expect(result.slicingDetails.map(({ spec, matching }) => [spec.featureKeys, matching])).toEqual([
      [[], 1],
      [['x'], 1],
      [['x', 'y'], 3],
    ]);
    expect(result.slices.flatMap(({ failures }) => failures)).toHaveLength(1);
  });
});

describe('the normal form of a config', () => {
  const METRICS: Given['metricsSpecs'] = [{ metrics: [{ className: 'ExampleCount' }] }];

  it('V05 a model is joined by its baseline, and both are named', () => {
    const { modelSpecs, metricsSpecs } = normalizeConfig(
      zEvalConfig.parse({ modelSpecs: [{ labelKey: 'my_label' }], metricsSpecs: METRICS }),
      { hasBaseline: true },
    );
    expect(modelSpecs).toMatchObject([
      { name: 'candidate', labelKey: 'my_label', isBaseline: false },
      { name: 'baseline', labelKey: 'my_label', isBaseline: true },
    ]);
    expect(metricsSpecs.map(({ modelNames }) => modelNames)).toEqual([['candidate', 'baseline']]);
  });

  it('V05 a single model has no name', () => {
    const { modelSpecs, metricsSpecs } = normalizeConfig(
      zEvalConfig.parse({ modelSpecs: [{ name: 'model1' }], metricsSpecs: METRICS }),
      { hasBaseline: false },
    );
    expect(modelSpecs.map(({ name }) => name)).toEqual(['']);
    expect(metricsSpecs.map(({ modelNames }) => modelNames)).toEqual([['']]);
  });

  it('V05 without a baseline its spec and every change threshold are left out', () => {
    const { modelSpecs, metricsSpecs, isRubberStamp } = normalizeConfig(
      zEvalConfig.parse({
        modelSpecs: TWO,
        metricsSpecs: [
          {
            metrics: [
              {
                className: 'AUC',
                threshold: {
                  valueThreshold: { lowerBound: { value: 0.9 } },
                  changeThreshold: { direction: 'HIGHER_IS_BETTER', absolute: { value: -1e-10 } },
                },
              },
            ],
          },
        ],
      }),
      { hasBaseline: false },
    );
    expect(modelSpecs.map(({ name }) => name)).toEqual(['']);
    expect(metricsSpecs[0]?.modelNames).toEqual(['']);
    expect(metricsSpecs[0]?.metrics[0]?.threshold).toEqual({ valueThreshold: { lowerBound: 0.9 } });
    expect(isRubberStamp).toBe(true);
  });
});

/** 0.667 − 1 is not −0.333 to the last bit; the case states the difference itself. */
function withDifference(slice: SliceResult, difference: number): SliceResult {
  return {
    ...slice,
    metrics: slice.metrics.map((each) => (each.key.isDiff ? { ...each, value: difference } : each)),
  };
}
