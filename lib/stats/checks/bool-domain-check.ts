/** Values that must be true or false. */

import type { Histogram } from '../../artifact/statistics';
import { type BoolDomain, type SchemaFeature, withDomain } from '../../artifact/data-schema';
import type { AnomalyType } from '../../artifact/anomalies';
import { compareCodePoints } from '../ranking';
import type { FeatureView } from '../statistics-view';
import { type Finding, fine, reason } from './finding';
import { toInt64 } from './label-numbers';
import { sixDigits } from './number-text';

/** Compares with `bool_domain`; numbers that are neither 0 nor 1 make it a domain of numbers, other texts remove it. */
export function checkBoolDomain(feature: SchemaFeature, view: FeatureView, domain: BoolDomain): Finding {
  switch (view.type) {
    case 'INT':
      return checkIntegers(feature, view);
    case 'FLOAT':
      return checkFloats(feature, view);
    case 'STRING':
      return checkTexts(feature, view, domain);
    default:
      return fine(feature);
  }
}

function found(feature: SchemaFeature, type: AnomalyType, text: string): Finding {
  return { feature, reasons: [reason(type, 'Non-boolean values', text)] };
}

function checkIntegers(feature: SchemaFeature, { numbers: { min, max } }: FeatureView): Finding {
  if (min >= 0 && max <= 1) return fine(feature);
  // A value below 0 is told alone, also where another lies above 1.
  const [type, example] = min < 0 ? (['BOOL_TYPE_SMALL_INT', min] as const) : (['BOOL_TYPE_BIG_INT', max] as const);
  const text = `Integers (such as ${sixDigits(example)}) not in {0, 1}: converting to an integer.`;
  return found(withDomain(feature, { intDomain: { min: toInt64(min), max: toInt64(max) } }), type, text);
}

function checkFloats(feature: SchemaFeature, { numbers }: FeatureView): Finding {
  const { min, max, histograms } = numbers;
  const what = oddBound(min) ?? oddBound(max) ?? histograms.map(oddBuckets).find((text) => text !== undefined);
  if (what === undefined) return fine(feature);
  const floatDomain = { min: Math.fround(min), max: Math.fround(max) };
  return found(withDomain(feature, { floatDomain }), 'BOOL_TYPE_UNEXPECTED_FLOAT', what);
}

function oddBound(value: number): string | undefined {
  if (value === 0 || value === 1) return undefined;
  return `Floats (such as ${sixDigits(value)}) not in {0, 1}: converting to float_domain.`;
}

/** Equal-width buckets may cover empty ground between 0 and 1; quantiles have their edges where values are. */
function oddBuckets(histogram: Histogram): string | undefined {
  if (histogram.numNan > 0) return 'Floats (such as NaN) not in {0, 1}: converting to float_domain.';
  for (const { lowValue, highValue, sampleCount } of histogram.buckets) {
    if (sampleCount <= 0) continue;
    if (highValue < 0) return 'Float values < 0 not in {0, 1}: converting to float_domain.';
    if (lowValue > 1) return 'Float values > 1 not in {0, 1}: converting to float_domain.';
    if (histogram.type === 'QUANTILES' && highValue < 1 && lowValue > 0)
      return 'Float values falling between 0 and 1: converting to float_domain.';
  }
  return undefined;
}

function checkTexts(feature: SchemaFeature, view: FeatureView, { trueValue, falseValue }: BoolDomain): Finding {
  const valid = [...new Set([trueValue, falseValue])]
    .filter((value) => value !== undefined)
    .toSorted(compareCodePoints);
  const unexpected = [...view.labels.keys()].find((label) => !valid.includes(label));
  if (unexpected === undefined) return fine(feature);
  const list = valid.map((value) => `"${value}"`).join(', ');
  const text = `Saw unexpected value "${unexpected}" instead of {${list}}.`;
  return found(withDomain(feature), 'BOOL_TYPE_UNEXPECTED_STRING', text);
}
