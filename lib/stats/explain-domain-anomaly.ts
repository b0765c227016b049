/** Explains findings about values that lie outside of a feature's domain. */

import type { AnomalyType } from '../artifact/anomalies';
import type { SchemaFeature } from '../artifact/data-schema';
import { closeShare, domainValues, domainWords } from '../artifact/schema-words';
import { formatCount, formatQuantity, formatValue, NO_VALUE } from '../format/number';
import type { AnomalyExplanation, KnownFeature } from './explain-anomaly';
import { oddLabels, unlistedLabels } from './offending-labels';
import { rangeOfValues } from './value-range';

type DomainContext = Pick<KnownFeature, 'feature' | 'view' | 'schema'>;

/** Texts that are none of a list, or none of a kind; undefined for findings of other kinds. */
export function explainListed(
  type: AnomalyType,
  { feature, view, schema }: DomainContext,
): AnomalyExplanation | undefined {
  const rule = { text: domainRule(feature), detail: domainWords(feature, schema) };
  const total = view.totalValues;
  const share = (count: number) => closeShare(total === 0 ? 0 : count / total);
  if (type === 'ENUM_TYPE_INVALID_UTF8') {
    return {
      finding: 'Some values are no UTF-8 text.',
      rule,
      measured: { text: formatQuantity(view.numInvalidUtf8, 'value') },
      limit: { text: 'none' },
      over: { text: formatQuantity(view.numInvalidUtf8, 'value'), detail: `${share(view.numInvalidUtf8)} of values` },
    };
  }
  if (type === 'ENUM_TYPE_UNEXPECTED_STRING_VALUES') {
    const unknown = unlistedLabels(domainValues(feature, schema) ?? [], view);
    const mass = feature.distributionConstraints?.minDomainMass ?? 1;
    return {
      finding: `${formatQuantity(unknown.labels.length, 'value is', 'values are')} not in the schema.`,
      rule,
      measured: {
        text: share(total - unknown.count),
        detail: `${formatCount(total - unknown.count)} of ${formatQuantity(total, 'value')}`,
      },
      limit: { text: closeShare(mass), detail: `min_domain_mass ${mass === 1 ? '1.0' : mass}` },
      over: { text: formatQuantity(unknown.count, 'value'), detail: `${share(unknown.count)} of values` },
    };
  }
  const odd = oddLabels(type, feature, view);
  if (odd === undefined) return undefined;
  return {
    finding: `${formatQuantity(odd.labels.length, 'value does', 'values do')} not fit the domain.`,
    rule,
    measured: { text: formatQuantity(odd.labels.length, 'other value'), detail: `${share(odd.count)} of values` },
    limit: { text: domainWords(feature, schema) },
    over: { text: formatQuantity(odd.count, 'value') },
  };
}

function domainRule(feature: SchemaFeature): string {
  return feature.domain === undefined ? 'Domain' : `In domain “${feature.domain}”`;
}

/** Numbers past a bound; undefined for findings of other kinds. */
export function explainRange(
  type: AnomalyType,
  { feature, view, schema }: DomainContext,
): AnomalyExplanation | undefined {
  const rule = { text: domainRule(feature), detail: domainWords(feature, schema) };
  const range = rangeOfValues(view);
  const { min: lowest, max: highest } = feature.intDomain ?? feature.floatDomain ?? {};
  const shown = (value: number | bigint | undefined) =>
    typeof value === 'bigint' ? value.toLocaleString('en-US') : formatValue(value);
  const isSmall = type.includes('_SMALL_');
  switch (type) {
    case 'INT_TYPE_SMALL_INT':
    case 'INT_TYPE_BIG_INT':
    case 'FLOAT_TYPE_SMALL_FLOAT':
    case 'FLOAT_TYPE_BIG_FLOAT': {
      const limit = isSmall ? lowest : highest;
      const value = isSmall ? range?.min : range?.max;
      const by = value === undefined || limit === undefined ? undefined : Math.abs(Number(value) - Number(limit));
      return {
        finding: isSmall
          ? 'Some values are smaller than the schema allows.'
          : 'Some values are larger than the schema allows.',
        rule,
        measured: { text: shown(value), detail: isSmall ? 'smallest value' : 'largest value' },
        limit: { text: shown(limit), detail: isSmall ? 'at least' : 'at most' },
        ...(by !== undefined && Number.isFinite(by) && { over: { text: formatValue(by) } }),
        bounds: {
          ...(lowest !== undefined && { min: Number(lowest) }),
          ...(highest !== undefined && { max: Number(highest) }),
        },
      };
    }
    case 'BOOL_TYPE_SMALL_INT':
    case 'BOOL_TYPE_BIG_INT':
    case 'BOOL_TYPE_UNEXPECTED_FLOAT':
      return {
        finding: 'Some values are neither 0 nor 1.',
        rule,
        measured: { text: range === undefined ? NO_VALUE : `${shown(range.min)} to ${shown(range.max)}` },
        limit: { text: '0 or 1' },
        bounds: { min: 0, max: 1 },
      };
    case 'FLOAT_TYPE_HAS_NAN': {
      const count = Math.max(0, ...view.numbers.histograms.map(({ numNan }) => numNan));
      return {
        finding: 'Some values are not a number.',
        rule,
        measured: { text: count === 0 ? 'some NaN' : formatQuantity(count, 'value') },
        limit: { text: 'no NaN' },
      };
    }
    case 'FLOAT_TYPE_HAS_INF':
      return {
        finding: 'Some values are infinite.',
        rule,
        measured: { text: range === undefined ? NO_VALUE : `${shown(range.min)} to ${shown(range.max)}` },
        limit: { text: 'no infinity' },
      };
    default:
      return undefined;
  }
}
