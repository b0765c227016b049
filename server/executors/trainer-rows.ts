/** The rows of several splits, one behind the other. */

import type { TrainingRows, WantedFeature } from '../duckdb/training-rows';

/** Joins what was read; one split is passed on as it is. */
export function joinRows(parts: readonly TrainingRows[], features: readonly WantedFeature[]) {
  const join = (of: (part: TrainingRows) => Float64Array | undefined): Float64Array => {
    const [first] = parts;
    if (parts.length === 1 && first !== undefined) return of(first) ?? new Float64Array();
    const arrays = parts.map((part) => of(part) ?? new Float64Array());
    const joined = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
    let from = 0;
    for (const array of arrays) {
      joined.set(array, from);
      from += array.length;
    }
    return joined;
  };
  const columns = new Map(features.map(({ feature }) => [feature, join((part) => part.features.get(feature))]));
  const sum = (of: (part: TrainingRows) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    rows: sum(({ rows }) => rows),
    column: (feature: string): Float64Array => columns.get(feature) ?? new Float64Array(),
    labels: join(({ labels }) => labels),
    weights: join(({ weights }) => weights),
    withoutLabel: sum(({ withoutLabel }) => withoutLabel),
    unknownClass: sum(({ unknownClass }) => unknownClass),
  };
}
