/** Quantile boundaries of values with their counts, by TFDV's rule, and what follows from boundaries alone. */

import { AppError } from '../errors';
import { assert } from '../assert';

/** Distinct values in ascending order, without NaN, and how often (or with what weight) each stands. */
export type ValueCounts = { readonly values: ArrayLike<number>; readonly counts: ArrayLike<number> };

/** Boundaries in ascending order (they may repeat) and the count or weight of all values ≤ each of them. */
export type Quantiles = { readonly boundaries: readonly number[]; readonly cumulative: readonly number[] };

/**
 * `parts + 1` boundaries: the r-th is the smallest value whose cumulative count exceeds `r · total / parts`, the last is
 * the largest value. For whole counts this is `sorted[min(floor(r · n / parts), n − 1)]`, what TFDV's sketch gives as
 * long as it is exact. Values of non-positive weight are left out, as in TFDV. Empty when nothing is left.
 */
export function quantilesOf({ values, counts }: ValueCounts, parts: number): Quantiles {
  assert(parts >= 1, 'quantiles need at least one part');
  const boundaries: number[] = [];
  const cumulative: number[] = [];
  let total = 0;
  for (let index = 0; index < counts.length; index++) total += Math.max(0, counts[index] ?? 0);
  if (total === 0) return { boundaries, cumulative };
  let sum = 0;
  let last: number | undefined;
  for (let index = 0; index < values.length; index++) {
    const count = counts[index] ?? 0;
    if (count <= 0) continue;
    sum += count;
    last = values[index];
    // Products instead of quotients: whole counts stay exact.
    while (boundaries.length < parts && sum * parts > boundaries.length * total) {
      boundaries.push(last ?? Number.NaN);
      cumulative.push(sum);
    }
  }
  assert(last !== undefined, 'a positive total has a value');
  // Rounding of weights can leave the last inner boundaries open; they are the largest value as well.
  while (boundaries.length <= parts) {
    boundaries.push(last);
    cumulative.push(sum);
  }
  return { boundaries, cumulative };
}

/** Every `factor`-th boundary. Throws `invalid-input` when `factor` does not divide the number of parts. */
export function rebinQuantiles(quantiles: Quantiles, factor: number): Quantiles {
  const parts = quantiles.boundaries.length - 1;
  if (parts % factor !== 0)
    throw new AppError('invalid-input', `${parts} quantiles cannot be reduced by the factor ${factor}.`, {
      nextStep: 'Choose a factor that divides the number of quantiles.',
    });
  const everyFactorth = (_: number, index: number) => index % factor === 0;
  return {
    boundaries: quantiles.boundaries.filter(everyFactorth),
    cumulative: quantiles.cumulative.filter(everyFactorth),
  };
}

/** The middle boundary; of an even number of boundaries the mean of the two middle ones. */
export function medianOf(boundaries: readonly number[]): number {
  const middle = Math.floor(boundaries.length / 2);
  const upper = boundaries[middle];
  assert(upper !== undefined, 'a median needs a boundary');
  return boundaries.length % 2 === 1 ? upper : ((boundaries[middle - 1] ?? upper) + upper) / 2;
}
