/** The verdict of an evaluation in sentences: each threshold that does not hold, with its figure and its bound. */

import * as z from 'zod';

import { formatValue } from '../format/number';

const zBounds = z.object({
  valueThreshold: z.object({ lowerBound: z.number().optional(), upperBound: z.number().optional() }).optional(),
  changeThreshold: z
    .object({ direction: z.string().optional(), absolute: z.number().optional(), relative: z.number().optional() })
    .optional(),
});

const zVerdict = z.object({
  validationOk: z.boolean(),
  missingThresholds: z.boolean().default(false),
  metricValidationsPerSlice: z
    .array(
      z.object({
        sliceKey: z.object({
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
        }),
        failures: z.array(
          z.object({
            metricKey: z.object({ name: z.string() }),
            metricThreshold: zBounds,
            metricValue: z.object({ doubleValue: z.union([z.number(), z.string()]) }).optional(),
            message: z.string().optional(),
          }),
        ),
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

/** What the thresholds said. */
export type Verdict = { readonly isBlessed: boolean; readonly headline: string; readonly faults: readonly string[] };

/** The verdict of a `validation_ok.json`; undefined where the file is none. `decode` reads base 64. */
export function verdictWords(file: unknown, decode: (base64: string) => string): Verdict | undefined {
  const parsed = zVerdict.safeParse(file);
  if (!parsed.success) return undefined;
  const { validationOk, metricValidationsPerSlice: slices, missingSlices, validationDetails } = parsed.data;
  if (validationDetails === undefined && slices.length === 0 && missingSlices.length === 0)
    return { isBlessed: false, headline: 'Not blessed: no threshold is set.', faults: [] };
  const faults = slices.flatMap(({ sliceKey, failures }) => {
    const where = sliceKey.singleSliceKeys.map(
      ({ column, bytesValue, int64Value, floatValue }) =>
        `${column} ${bytesValue === undefined ? (int64Value ?? String(floatValue)) : decode(bytesValue)}`,
    );
    const slice = where.length === 0 ? '' : ` where ${where.join(' and ')}`;
    return failures.map(({ metricKey: { name }, metricThreshold, metricValue, message }) => {
      if (metricValue === undefined) return `${name}${slice}: ${message ?? 'not found'}`;
      return `${name} is ${formatFigure(metricValue.doubleValue)}${slice}; ${limitWords(metricThreshold)}.`;
    });
  });
  const missing = missingSlices.map(({ featureKeys, featureValues }) => {
    const names = [...featureKeys, ...Object.entries(featureValues).map(([name, value]) => `${name} ${value}`)];
    return `No row is in the slice of ${names.length === 0 ? 'all rows' : names.join(' and ')}, which a threshold names.`;
  });
  const headline = validationOk ? 'Blessed: every threshold holds.' : 'Not blessed.';
  return { isBlessed: validationOk, headline, faults: [...faults, ...missing] };
}

/** A figure as the file holds it: a number, or the text of one that JSON cannot hold. */
export function formatFigure(value: number | string): string {
  return value === 'NaN' ? 'not defined (NaN)' : formatValue(Number(value));
}

function limitWords({ valueThreshold, changeThreshold }: z.infer<typeof zBounds>): string {
  const limits: string[] = [];
  if (valueThreshold?.lowerBound !== undefined) limits.push(`at least ${formatValue(valueThreshold.lowerBound)}`);
  if (valueThreshold?.upperBound !== undefined) limits.push(`at most ${formatValue(valueThreshold.upperBound)}`);
  const side = changeThreshold?.direction === 'LOWER_IS_BETTER' ? 'at most' : 'at least';
  if (changeThreshold?.absolute !== undefined)
    limits.push(`a change of ${side} ${formatValue(changeThreshold.absolute)}`);
  if (changeThreshold?.relative !== undefined)
    limits.push(`a relative change of ${side} ${formatValue(changeThreshold.relative)}`);
  return limits.length === 0 ? 'no figure holds it' : `needed is ${limits.join(' and ')}`;
}
