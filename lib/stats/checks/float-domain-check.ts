/** Numbers of single precision, also as text, against their bounds. */

import type { AnomalyReason } from '../../artifact/anomalies';
import { type FloatDomain, type SchemaFeature, withDomain } from '../../artifact/data-schema';
import type { FeatureView } from '../statistics-view';
import { type Finding, reason } from './finding';
import { parseFloat32 } from './label-numbers';
import { sixDigits } from './number-text';

/** The range of the values, or a text that is no number, or nothing where there are no values to compare. */
type Range = { readonly min: number; readonly max: number } | { readonly odd: string } | undefined;

/** Compares with `float_domain`; bounds are widened, what was disallowed and stands there is allowed. */
export function checkFloatDomain(feature: SchemaFeature, view: FeatureView, domain: FloatDomain): Finding {
  const reasons: AnomalyReason[] = [];
  let { min, max, disallowNan, disallowInf } = domain;
  if (disallowNan === true && hasNan(view)) {
    reasons.push(reason('FLOAT_TYPE_HAS_NAN', 'Invalid values', 'Float feature has NaN values.'));
    disallowNan = false;
  }
  const range = rangeOf(view);
  if (range !== undefined && 'odd' in range) {
    const text = `String values that were not floats were found, such as "${range.odd}".`;
    reasons.push(reason('FLOAT_TYPE_STRING_NOT_FLOAT', 'Invalid values', text));
    return { feature: withDomain(feature), reasons };
  }
  if (range !== undefined && min !== undefined && range.min < min) {
    const text = `Unexpectedly low values: ${sixDigits(range.min)}<${sixDigits(min)}(upto six significant digits)`;
    reasons.push(reason('FLOAT_TYPE_SMALL_FLOAT', 'Out-of-range values', text));
    ({ min } = range);
  }
  if (range !== undefined && max !== undefined && range.max > max) {
    const text = `Unexpectedly high value: ${sixDigits(range.max)}>${sixDigits(max)}(upto six significant digits)`;
    reasons.push(reason('FLOAT_TYPE_BIG_FLOAT', 'Out-of-range values', text));
    ({ max } = range);
  }
  if (range !== undefined && disallowInf === true && (isInfinite(range.min) || isInfinite(range.max))) {
    reasons.push(reason('FLOAT_TYPE_HAS_INF', 'Invalid values', 'Float feature has Inf values.'));
    disallowInf = false;
  }
  return { feature: { ...feature, floatDomain: { ...domain, min, max, disallowNan, disallowInf } }, reasons };
}

function isInfinite(value: number): boolean {
  return Math.abs(value) === Infinity;
}

function hasNan(view: FeatureView): boolean {
  if (view.type === 'FLOAT') return view.numbers.histograms.some(({ numNan }) => numNan > 0);
  return view.type === 'STRING' && [...view.labels.keys()].some((label) => Number.isNaN(parseFloat32(label)));
}

function rangeOf(view: FeatureView): Range {
  if (view.type === 'FLOAT') return { min: Math.fround(view.numbers.min), max: Math.fround(view.numbers.max) };
  if (view.type === 'INT') return undefined;
  let range: { readonly min: number; readonly max: number } | undefined;
  for (const label of view.labels.keys()) {
    const value = parseFloat32(label);
    if (value === undefined) return { odd: label };
    // As upstream, NaN compares with nothing: first, it stays; later, it changes nothing.
    range = {
      min: range === undefined || range.min > value ? value : range.min,
      max: range === undefined || range.max < value ? value : range.max,
    };
  }
  return range;
}
