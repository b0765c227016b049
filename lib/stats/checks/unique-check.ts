/** How many different values a feature has. */

import type { AnomalyReason } from '../../artifact/anomalies';
import type { SchemaFeature } from '../../artifact/data-schema';
import type { FeatureView } from '../statistics-view';
import { type Finding, fine, reason } from './finding';

const NOT_COUNTED =
  'UniqueConstraints specified for the feature, but unique values were not counted (i.e., feature is not string or categorical).';

/** Compares with `unique_constraints`. A bound that is not set counts as 0, as in TFDV: set both. */
export function checkUnique(feature: SchemaFeature, view: FeatureView): Finding {
  const { uniqueConstraints } = feature;
  if (uniqueConstraints === undefined) return fine(feature);
  const { numUnique } = view;
  if (numUnique === undefined) {
    const reasons = [reason('FEATURE_TYPE_NO_UNIQUE', 'No unique values', NOT_COUNTED)];
    return { feature: { ...feature, uniqueConstraints: undefined }, reasons };
  }
  const reasons: AnomalyReason[] = [];
  const { min = 0, max = 0 } = uniqueConstraints;
  if (numUnique < min) {
    const text = `Expected at least ${min} unique values but found only ${numUnique}.`;
    reasons.push(reason('FEATURE_TYPE_LOW_UNIQUE', 'Low number of unique values', text));
  }
  if (numUnique > max) {
    const text = `Expected no more than ${max} unique values but found ${numUnique}.`;
    reasons.push(reason('FEATURE_TYPE_HIGH_UNIQUE', 'High number of unique values', text));
  }
  const widened = {
    ...uniqueConstraints,
    ...(numUnique < min && { min: numUnique }),
    ...(numUnique > max && { max: numUnique }),
  };
  return { feature: { ...feature, uniqueConstraints: widened }, reasons };
}
