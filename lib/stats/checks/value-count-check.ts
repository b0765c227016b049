/** How many values an example holds: limits, and fixed shapes. */

import type { AnomalyReason } from '../../artifact/anomalies';
import type { SchemaFeature, ValueCount } from '../../artifact/data-schema';
import type { FeatureView, ValueLevel } from '../statistics-view';
import { type Finding, fine, reason } from './finding';

const FLAT_FOR_NESTED =
  'This feature has a value_count, but the nestedness level of the feature > 1. For features with nestedness levels greater than 1, value_counts, not value_count, should be specified.';
const OTHER_LEVEL = 'The values have a different nest level than expected. Value counts will not be checked.';

/** Compares with `value_count` or, for nested lists, `value_counts`; limits that are not met are widened. */
export function checkValueCount(feature: SchemaFeature, view: FeatureView): Finding {
  const { levels } = view;
  if (feature.valueCount !== undefined) {
    const [level] = levels;
    if (level === undefined || levels.length > 1) return rewritten(feature, levels, FLAT_FOR_NESTED);
    const { valueCount, reasons } = widened(feature.valueCount, level, '');
    return { feature: { ...feature, valueCount }, reasons };
  }
  const counts = feature.valueCounts?.valueCount;
  if (counts === undefined) return fine(feature);
  if (counts.length !== levels.length) return rewritten(feature, levels, OTHER_LEVEL);
  const checked = levels.map((level, index) => widened(counts[index] ?? {}, level, ` at nestedness level ${index}`));
  return {
    feature: { ...feature, valueCounts: { valueCount: checked.map(({ valueCount }) => valueCount) } },
    reasons: checked.flatMap(({ reasons }) => reasons),
  };
}

function rewritten(feature: SchemaFeature, levels: readonly ValueLevel[], text: string): Finding {
  return {
    feature: { ...feature, valueCount: undefined, valueCounts: undefined, ...inferValueCount(levels) },
    reasons: [reason('VALUE_NESTEDNESS_MISMATCH', 'Mismatched value nest level', text)],
  };
}

function widened(
  { min, max }: ValueCount,
  level: ValueLevel,
  where: string,
): { readonly valueCount: ValueCount; readonly reasons: readonly AnomalyReason[] } {
  const reasons: AnomalyReason[] = [];
  const isTooShort = min !== undefined && level.min < min;
  const isTooLong = max !== undefined && level.max > max;
  if (isTooShort) {
    const text = `Some examples have fewer values than expected${where}.`;
    reasons.push(reason('FEATURE_TYPE_LOW_NUMBER_VALUES', 'Missing values', text));
  }
  if (isTooLong) {
    const text = `Some examples have more values than expected${where}.`;
    reasons.push(reason('FEATURE_TYPE_HIGH_NUMBER_VALUES', 'Superfluous values', text));
  }
  const lower = level.min === 0 ? undefined : level.min;
  return { valueCount: { min: isTooShort ? lower : min, max: isTooLong ? level.max : max }, reasons };
}

/** The limits that the data suggest: one for plain lists, one for each level of nested ones. */
export function inferValueCount(levels: readonly ValueLevel[]): Pick<SchemaFeature, 'valueCount' | 'valueCounts'> {
  const counts = levels.map(valueCountOf);
  if (counts.length > 1) return { valueCounts: { valueCount: counts.map((count) => count ?? {}) } };
  const [valueCount] = counts;
  return valueCount === undefined ? {} : { valueCount };
}

/** No upper limit where lengths differ: the next example may well be longer. */
function valueCountOf({ min, max }: ValueLevel): ValueCount | undefined {
  if (min <= 0) return undefined;
  return min === max ? { min, max } : { min: 1 };
}

/** Compares with `shape`; a shape that the data do not have is dropped, never guessed again. */
export function checkShape(feature: SchemaFeature, view: FeatureView): Finding {
  if (feature.shape === undefined) return fine(feature);
  const actual = fixedLength(view.levels);
  const expected = feature.shape.dim.reduce((product, { size = 0 }) => product * size, 1);
  if (actual === expected) return fine(feature);
  const text =
    actual === undefined
      ? "The feature has a shape, but it's not always present (if the feature is nested, then it should always be present at each nested level) or its value lengths vary."
      : `The feature has fixed value length ${actual} but it's not compatible with the specified shape.`;
  return {
    feature: { ...feature, shape: undefined },
    reasons: [reason('INVALID_FEATURE_SHAPE', 'Feature shape dropped', text)],
  };
}

function fixedLength(levels: readonly ValueLevel[]): number | undefined {
  const isFixed = levels.every(({ min, max, numMissing }) => numMissing === 0 && min === max && min !== 0);
  return isFixed ? levels.reduce((product, { min }) => product * min, 1) : undefined;
}
