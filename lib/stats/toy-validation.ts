/** Validation of one feature for tests: what is wrong, what the fix makes of the feature, and what is wrong after it. */

import { type SchemaFeature, parseSchemaText } from '../artifact/data-schema';
import { type ToyFeature, toyStatistics } from './toy-statistics';
import { updateSchema } from './update-schema';
import { validateStatistics } from './validate-statistics';

/** A reason in short. */
export type ToyReason = { readonly type: string; readonly short: string; readonly long: string };

/** Validates a feature `f` of ten examples against a schema text without the braces around it. */
export function validateToy(
  schemaText: string,
  feature: ToyFeature,
): {
  readonly reasons: readonly ToyReason[];
  readonly fixed: SchemaFeature | undefined;
  readonly reasonsAfterwards: readonly ToyReason[];
} {
  const statistics = toyStatistics(10, { f: { values: [1, 1], ...feature } });
  const schema = parseSchemaText(`feature { name: "f" ${schemaText} }`);
  const reasonsFor = (given: typeof schema): readonly ToyReason[] =>
    validateStatistics(statistics, given).anomalyInfo.flatMap(({ value }) =>
      (value?.reason ?? []).map(({ type = '', shortDescription = '', description = '' }) => ({
        type,
        short: shortDescription,
        long: description,
      })),
    );
  const fixed = updateSchema(schema, statistics);
  return { reasons: reasonsFor(schema), fixed: fixed.feature[0], reasonsAfterwards: reasonsFor(fixed) };
}
