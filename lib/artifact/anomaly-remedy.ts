/** What a person may decide about an anomaly: the schema as the data would have it, or a looser rule. */

import type { AnomalyType } from './anomalies';

/**
 * `update` is TFDV's `update_schema`. The others loosen the rule that was broken and leave the rest to it:
 * `unlisted` lets a share of the values be outside the list (`min_domain_mass`), `anyValue` drops the domain, `optional`
 * asks for no presence, `elsewhere` expects the feature in other environments alone, `retype` takes the type of the data.
 */
export const REMEDIES = ['update', 'unlisted', 'anyValue', 'optional', 'elsewhere', 'retype'] as const;
/** One of {@link REMEDIES}. */
export type Remedy = (typeof REMEDIES)[number];

const OF_TYPE: { readonly [T in AnomalyType]?: readonly Remedy[] } = {
  ENUM_TYPE_UNEXPECTED_STRING_VALUES: ['unlisted', 'anyValue'],
  INT_TYPE_SMALL_INT: ['anyValue'],
  INT_TYPE_BIG_INT: ['anyValue'],
  FLOAT_TYPE_SMALL_FLOAT: ['anyValue'],
  FLOAT_TYPE_BIG_FLOAT: ['anyValue'],
  SCHEMA_MISSING_COLUMN: ['optional', 'elsewhere'],
  FEATURE_TYPE_NOT_PRESENT: ['optional', 'elsewhere'],
  FEATURE_TYPE_LOW_NUMBER_PRESENT: ['optional'],
  FEATURE_TYPE_LOW_FRACTION_PRESENT: ['optional'],
  UNEXPECTED_DATA_TYPE: ['retype'],
};

/** The remedies of an anomaly with these types, `update` first; `elsewhere` only where an environment was validated for. */
export function remediesFor(types: readonly string[], environment: string | undefined): readonly Remedy[] {
  const known: { readonly [type: string]: readonly Remedy[] | undefined } = OF_TYPE;
  const offered = new Set(types.flatMap((type) => known[type] ?? []));
  return REMEDIES.filter(
    (remedy) => remedy === 'update' || (offered.has(remedy) && (remedy !== 'elsewhere' || environment !== undefined)),
  );
}
