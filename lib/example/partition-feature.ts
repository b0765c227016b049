import type { FeatureKind } from '../artifact/examples';
import { AppError } from '../errors';

/**
 * Slot of the feature that decides the split of each row. A column with blank cells is none of TFX's errors: the row
 * hashes on the typed empty list. Throws `invalid-input` where TFX refuses: no such feature, one without any value, a float.
 */
export function requirePartitionFeature(
  feature: string,
  names: readonly string[],
  kinds: readonly FeatureKind[],
): number {
  const slot = names.indexOf(feature);
  if (slot === -1) throw refusal(`The partition feature "${feature}" does not exist in the data.`);
  const kind = kinds[slot];
  if (kind === 'NONE') throw refusal(`The partition feature "${feature}" does not contain any value.`);
  if (kind === 'FLOAT') {
    throw refusal(
      `The partition feature "${feature}" is a float. Only bytes_list and int64_list features can decide the split.`,
    );
  }
  return slot;
}

/**
 * What is thrown at the first row whose partition feature has no kind: TFX refuses it, as it refuses 0 and an empty text
 * in rows that it reads as dictionaries.
 */
export function partitionFeatureWithoutValue(feature: string): AppError {
  return refusal(
    `The partition feature "${feature}" does not contain any value in some rows: it is missing, 0 or an empty text there.`,
  );
}

function refusal(message: string): AppError {
  return new AppError('invalid-input', message, {
    nextStep: 'Choose a text or integer column as partitionFeatureName that every row has, or remove it.',
    path: 'outputConfig.splitConfig.partitionFeatureName',
  });
}
