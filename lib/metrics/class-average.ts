/** The mean of several figures by their weights: of classes, or of a model's outputs. */

/** One figure and what it counts. */
export type WeightedFigure = { readonly value: number; readonly weight: number };

/** Σ weight · value / Σ weight; NaN where the weights add up to 0. */
export function weightedAverage(figures: readonly WeightedFigure[]): number {
  let sum = 0;
  let total = 0;
  for (const { value, weight } of figures) {
    sum += weight * value;
    total += weight;
  }
  return total === 0 ? Number.NaN : sum / total;
}
