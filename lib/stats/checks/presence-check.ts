/** In how many examples a feature stands. */

import type { AnomalyReason } from '../../artifact/anomalies';
import type { SchemaFeature } from '../../artifact/data-schema';
import type { FeatureView } from '../statistics-view';
import { type Finding, fine, reason } from './finding';
import { sixDecimals, sixDigits } from './number-text';

/** Where rounding hides a few missing examples behind a share of 1, the new limit must lie clearly below it. */
const ALMOST_ALL = 0.9999;
const TOO_FEW = 'The feature was present in fewer examples than expected: minimum';

/** Compares with `presence`; limits that are not met are lowered to what was met. */
export function checkPresence(feature: SchemaFeature, view: FeatureView): Finding {
  if (feature.presence === undefined) return fine(feature);
  const reasons: AnomalyReason[] = [];
  let { minCount, minFraction } = feature.presence;
  if (minCount !== undefined && view.numPresent < minCount) {
    const actual = Math.trunc(view.numPresent);
    const text = `${TOO_FEW} count = ${minCount}, actual = ${actual}`;
    reasons.push(reason('FEATURE_TYPE_LOW_NUMBER_PRESENT', 'Column dropped', text));
    minCount = actual;
  }
  const fraction = view.fractionPresent;
  if (minFraction !== undefined && fraction !== undefined) {
    if (fraction < minFraction) {
      const text = `${TOO_FEW} fraction = ${sixDecimals(Math.fround(minFraction))}, actual = ${sixDecimals(fraction)}`;
      reasons.push(reason('FEATURE_TYPE_LOW_FRACTION_PRESENT', 'Column dropped', text));
      minFraction = fraction;
    }
    if (minFraction === 1 && view.numMissing !== 0) {
      const text = `The feature was expected everywhere, but was missing in ${sixDigits(view.numMissing)} examples.`;
      reasons.push(reason('FEATURE_TYPE_LOW_FRACTION_PRESENT', 'Column dropped', text));
      minFraction = ALMOST_ALL;
    }
  }
  return { feature: { ...feature, presence: { minCount, minFraction } }, reasons };
}
