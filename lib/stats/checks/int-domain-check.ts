/** Whole numbers, also as text, against their bounds. */

import type { AnomalyReason } from '../../artifact/anomalies';
import { type IntDomain, type SchemaFeature, withDomain } from '../../artifact/data-schema';
import type { FeatureView } from '../statistics-view';
import { type Finding, fine, reason } from './finding';
import { parseInt64, toInt64 } from './label-numbers';

/** The range of the values, or one that is no integer of 64 bits, or nothing where there are no values to compare. */
type Range = { readonly min: bigint; readonly max: bigint } | { readonly odd: string } | undefined;

const INT64_LIMIT = 2 ** 63;

/** Compares with `int_domain`; bounds are widened, and a domain that does not fit the values at all is removed. */
export function checkIntDomain(feature: SchemaFeature, view: FeatureView, domain: IntDomain): Finding {
  const range = rangeOf(view);
  if (range === undefined) return fine(feature);
  if ('odd' in range) return checkOdd(feature, { view, domain }, range.odd);
  const reasons: AnomalyReason[] = [];
  let { min, max } = domain;
  if (min !== undefined && min > range.min) {
    reasons.push(reason('INT_TYPE_SMALL_INT', 'Out-of-range values', `Unexpectedly small value: ${range.min}.`));
    ({ min } = range);
  }
  if (max !== undefined && max < range.max) {
    reasons.push(reason('INT_TYPE_BIG_INT', 'Out-of-range values', `Unexpectedly large value: ${range.max}.`));
    ({ max } = range);
  }
  return { feature: { ...feature, intDomain: { ...domain, min, max } }, reasons };
}

function checkOdd(
  feature: SchemaFeature,
  { view, domain }: { readonly view: FeatureView; readonly domain: IntDomain },
  odd: string,
): Finding {
  if (view.featureType === 'BYTES') {
    const text = `String values that were not ints were found, such as "${odd}".`;
    return { feature: withDomain(feature), reasons: [reason('INT_TYPE_NOT_INT_STRING', 'Invalid values', text)] };
  }
  if (domain.min === undefined && domain.max === undefined) return fine(feature);
  const text = `Integer had values that were not valid Int64, such as "${odd}".`;
  return { feature: withDomain(feature), reasons: [reason('DOMAIN_INVALID_FOR_TYPE', 'Invalid values', text)] };
}

function rangeOf(view: FeatureView): Range {
  const labels = [...view.labels.keys()];
  if (view.type === 'INT' && labels.length === 0) {
    const { min, max } = view.numbers;
    const odd = min < -INT64_LIMIT ? min : max > INT64_LIMIT ? max : undefined;
    return odd === undefined ? { min: toInt64(min), max: toInt64(max) } : { odd: wholeText(odd) };
  }
  if (view.type === 'FLOAT' || labels.length === 0) return undefined;
  let range: { readonly min: bigint; readonly max: bigint } | undefined;
  for (const label of labels) {
    const value = parseInt64(label);
    if (value === undefined) return { odd: label };
    range = {
      min: range === undefined || value < range.min ? value : range.min,
      max: range === undefined || value > range.max ? value : range.max,
    };
  }
  return range;
}

/** A whole number beyond 64 bits with all its digits, as C++ prints it. */
function wholeText(value: number): string {
  return Number.isFinite(value) ? `${BigInt(value)}.000000` : value < 0 ? '-inf' : 'inf';
}
