/** Reads what the thresholds of an evaluation said: TFMA's ValidationResult as JSON. */

import * as z from 'zod';

import type { SlicingSpec } from './eval-config';
import { zFigure, type Figure } from './evaluation-answers';
import type { SliceKey } from './slices';

const zFile = z.object({
  validationOk: z.boolean().default(false),
  rubberStamp: z.boolean().default(false),
  metricValidationsPerSlice: z
    .array(
      z.object({
        sliceKey: z
          .object({
            singleSliceKeys: z
              .array(
                z.object({
                  column: z.string(),
                  bytesValue: z.string().optional(),
                  int64Value: z.string().optional(),
                  floatValue: z.number().optional(),
                }),
              )
              .default([]),
          })
          .default({ singleSliceKeys: [] }),
        failures: z
          .array(
            z.object({
              metricKey: z.object({
                name: z.string(),
                subKey: z.object({ classId: z.number() }).optional(),
                aggregationType: z.record(z.string(), z.boolean()).optional(),
                isDiff: z.boolean().optional(),
              }),
              metricThreshold: z.object({ changeThreshold: z.unknown().optional() }),
              metricValue: z.object({ doubleValue: zFigure }).optional(),
              message: z.string().optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  missingSlices: z
    .array(
      z.object({
        featureKeys: z.array(z.string()).default([]),
        featureValues: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
  validationDetails: z.unknown().optional(),
});

/** A figure that does not hold what is asked of it, on one slice. */
export type VerdictFailure = {
  readonly key: SliceKey;
  readonly name: string;
  readonly classId: number | undefined;
  readonly aggregation: string | undefined;
  /** True where it is the change that does not hold. */
  readonly isChange: boolean;
  /** Absent where there is no such figure. */
  readonly value: Figure | undefined;
};

/** See the module. */
export type Verdict = {
  readonly isBlessed: boolean;
  /** False where nothing was asked. */
  readonly hasThresholds: boolean;
  /** True where there was no baseline: what is asked of changes was left out. */
  readonly isFirstRun: boolean;
  readonly failures: readonly VerdictFailure[];
  /** Slices that a threshold names and that have no row. */
  readonly missingSlices: readonly SlicingSpec[];
};

const AGGREGATIONS: { readonly [type: string]: string } = {
  microAverage: 'micro',
  macroAverage: 'macro',
  weightedMacroAverage: 'weighted_macro',
};

/** The verdict of a `validation_ok.json`; undefined where the file is none. `decode` reads base 64. */
export function readVerdict(file: unknown, decode: (base64: string) => string): Verdict | undefined {
  const parsed = zFile.safeParse(file);
  if (!parsed.success) return undefined;
  const { validationOk, rubberStamp, metricValidationsPerSlice, missingSlices, validationDetails } = parsed.data;
  const hasThresholds =
    validationDetails !== undefined || metricValidationsPerSlice.length > 0 || missingSlices.length > 0;
  const failures = metricValidationsPerSlice.flatMap(({ sliceKey, failures: found }) => {
    const key = sliceKey.singleSliceKeys.map(
      ({ column, bytesValue, int64Value, floatValue }) =>
        [column, bytesValue === undefined ? Number(int64Value ?? floatValue) : decode(bytesValue)] as const,
    );
    return found.map(({ metricKey, metricThreshold, metricValue }): VerdictFailure => {
      const aggregation = Object.keys(metricKey.aggregationType ?? {})[0];
      return {
        key,
        name: metricKey.name,
        classId: metricKey.subKey?.classId,
        aggregation: aggregation === undefined ? undefined : AGGREGATIONS[aggregation],
        isChange: metricThreshold.changeThreshold !== undefined,
        value: metricValue?.doubleValue,
      };
    });
  });
  return { isBlessed: validationOk && hasThresholds, hasThresholds, isFirstRun: rubberStamp, failures, missingSlices };
}
