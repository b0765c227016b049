/** Which numbers a schema declares to be names of categories. */

import type { DataSchema } from '../artifact/data-schema';
import { AppError } from '../errors';

/**
 * Names of the INT features whose values are categories, booleans or tokens: statistics count them instead of adding
 * them up. Throws `unsupported` for categorical FLOAT features, as TFDV does without its sketches.
 */
export function categoricalFeatures(schema: DataSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name = '', type, intDomain, boolDomain, naturalLanguageDomain, floatDomain } of schema.feature) {
    if (type === 'FLOAT' && floatDomain?.isCategorical === true) {
      throw new AppError('unsupported', `The schema calls the FLOAT feature "${name}" categorical.`, {
        nextStep: 'Make it INT or BYTES, or take is_categorical from its float_domain.',
      });
    }
    const isCategorical =
      intDomain?.isCategorical === true || boolDomain !== undefined || naturalLanguageDomain !== undefined;
    if (type === 'INT' && isCategorical) names.add(name);
  }
  return names;
}
