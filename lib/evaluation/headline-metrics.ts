import type { MetricsEntry } from './evaluation-files';

/**
 * The plain figures of the candidate over all rows, by TFMA's names: what a list of model versions shows. Without what is
 * of one class, a difference, a list or not finite; where both weightings were computed, the weighted ones. An average
 * over classes says so in front of the name (`macro precision`).
 */
export function headlineMetrics(entries: readonly MetricsEntry[]): { readonly [metric: string]: number } {
  const headline: Record<string, number> = {};
  for (const { slice, model, subKey, aggregation, isDiff, weighted, metrics } of entries) {
    if (slice.length > 0 || model !== 'candidate' || subKey !== undefined || isDiff || weighted === false) continue;
    for (const [name, value] of Object.entries(metrics)) {
      const key = aggregation === undefined ? name : `${aggregation.replaceAll('_', ' ')} ${name}`;
      if (typeof value === 'number' && Number.isFinite(value)) headline[key] = value;
    }
  }
  return headline;
}
