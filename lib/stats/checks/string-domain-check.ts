/** Texts against a closed list. */

import type { AnomalyReason } from '../../artifact/anomalies';
import type { DistributionConstraints, StringDomain } from '../../artifact/data-schema';
import { escapeText } from '../../tfmd/text-writer';
import type { FeatureView } from '../statistics-view';
import { reason } from './finding';
import { percentage } from './number-text';

/** The list with what it lacks; none where texts are not UTF-8, since such values cannot be listed. */
export type StringDomainFinding = {
  readonly domain: StringDomain | undefined;
  readonly reasons: readonly AnomalyReason[];
};

/** Finds values that the list lacks, unless their part of all values is within `min_domain_mass`. */
export function checkStringDomain(
  domain: StringDomain,
  view: FeatureView,
  constraints: DistributionConstraints | undefined,
): StringDomainFinding {
  if (view.hasInvalidUtf8) {
    const text = 'Found strings that were not valid UTF8 strings.';
    return { domain: undefined, reasons: [reason('ENUM_TYPE_INVALID_UTF8', 'Invalid UTF8 strings', text)] };
  }
  const known = new Set(domain.value);
  const unknown = [...view.labels].filter(([label]) => !known.has(label));
  const total = view.totalValues;
  const mass = unknown.reduce((sum, [, count]) => sum + count, 0);
  const maxOffDomain = constraints?.minDomainMass === undefined ? 0 : 1 - constraints.minDomainMass;
  if (!(mass / total > maxOffDomain) && !(maxOffDomain === 0 && unknown.length > 0)) return { domain, reasons: [] };
  const list = unknown.map(([label, count]) => `${escapeText(label)} (${percentage(Math.trunc(count), total)})`);
  const text = `Examples contain values missing from the schema: ${list.join(', ')}. `;
  return {
    domain: { ...domain, value: [...domain.value, ...unknown.map(([label]) => label)] },
    reasons: [reason('ENUM_TYPE_UNEXPECTED_STRING_VALUES', 'Unexpected string values', text)],
  };
}
