/** The least and the greatest number among a feature's values, also where they are written as text. */

import { parseFloat32, parseInt64 } from './checks/label-numbers';
import type { FeatureView } from './statistics-view';

/** Whole numbers of 64 bits where they are too large for a double. */
export type ValueRange = { readonly min: number | bigint; readonly max: number | bigint };

/** The range; undefined where no value is a number. */
export function rangeOfValues(view: FeatureView): ValueRange | undefined {
  const labels = [...view.labels.keys()];
  if (labels.length === 0) {
    return view.type === 'INT' || view.type === 'FLOAT' ? { min: view.numbers.min, max: view.numbers.max } : undefined;
  }
  const numbers = labels.flatMap((label): readonly (number | bigint)[] => {
    const value = parseInt64(label) ?? parseFloat32(label);
    return value === undefined || Number.isNaN(value) ? [] : [value];
  });
  const [first] = numbers;
  if (first === undefined) return undefined;
  let [min, max] = [first, first];
  for (const value of numbers) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
