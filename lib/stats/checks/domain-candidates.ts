/** What domain the values of a feature suggest, by TFDV's rules. */

import {
  type BoolDomain,
  type DomainField,
  type SchemaFeature,
  domainFieldOf,
  parseFeatureText,
} from '../../artifact/data-schema';
import { AppError } from '../../errors';
import type { FeatureView } from '../statistics-view';
import { parseInt64 } from './label-numbers';

const TRUE_LABELS = new Set(['TRUE', 'true', 'SET', 'set', '1', '']);
const FALSE_LABELS = new Set(['FALSE', 'false', 'CLEAR', 'clear', '0']);

/** A domain of its own, as the fields of a feature. */
export type DomainPart = Partial<Pick<SchemaFeature, DomainField>>;

/** The domain that the statistics name as text (`natural_language_domain {}`); undefined where it names no domain alone. */
export function semanticDomain(view: FeatureView): DomainPart | undefined {
  const text = view.domainInfo;
  if (text === undefined || text === '') return undefined;
  try {
    const feature = parseFeatureText(text);
    const field = domainFieldOf(feature);
    const set = Object.values(feature).filter((value) => value !== undefined && !isEmptyList(value));
    return field !== undefined && set.length === 1 ? { [field]: feature[field] } : undefined;
  } catch (error) {
    // Text that describes no feature is passed over, as TFDV does: it is a guess of the statistics.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The texts of true and false where the values look boolean: whole numbers that reach from 0 or above to 1, or known words. */
export function boolDomainCandidate(view: FeatureView): BoolDomain | undefined {
  if (view.type === 'INT') return view.numbers.min >= 0 && view.numbers.max === 1 ? {} : undefined;
  const labels = [...view.labels.keys()];
  if (view.type !== 'STRING' || labels.length === 0 || labels.length > 2) return undefined;
  const trueValue = labels.find((label) => TRUE_LABELS.has(label));
  const falseValue = labels.find((label) => FALSE_LABELS.has(label));
  const known = [trueValue, falseValue].filter((label) => label !== undefined).length;
  if (known < labels.length) return undefined;
  return { ...(trueValue !== undefined && { trueValue }), ...(falseValue !== undefined && { falseValue }) };
}

/** True when every text is an integer of 64 bits, and there is one. */
export function isIntDomainCandidate(view: FeatureView): boolean {
  const labels = [...view.labels.keys()];
  return view.type === 'STRING' && labels.length > 0 && labels.every((label) => parseInt64(label) !== undefined);
}

/** The values in order where there are at most `maxSize` of them. */
export function stringDomainCandidate(view: FeatureView, maxSize: number): readonly string[] | undefined {
  const labels = [...view.labels.keys()];
  return labels.length > 0 && labels.length <= maxSize ? labels : undefined;
}
