/** Distinct numbers of a feature with their counts: the whole truth about a feature that has few of them. */

import { summarizeNumbers, summarizeWeighted } from '../../../lib/stats/numeric-summary';
import type { NumericSummary, WeightedNumericSummary } from '../../../lib/stats/numeric-summary';
import { queryNumbers, type DuckdbSession } from '../query';
import { valuesOf, type FeatureSource } from './feature-values';

/** The numbers of a feature; `weighted` where a weight is set. */
export type NumberStatistics = {
  readonly numbers: NumericSummary;
  readonly weighted?: WeightedNumericSummary;
};

/** The SQL: value, count and, with weights, their sum with and without negative ones; ascending, NaN last. */
function valueCountsSql(feature: FeatureSource): string {
  const weights = feature.weight === undefined ? '' : ', sum(w) AS weight, sum(greatest(w, 0)) AS positive';
  return `SELECT v::DOUBLE AS value, count(*)::DOUBLE AS n${weights} FROM (${valuesOf(feature)}) GROUP BY v ORDER BY v`;
}

/** Summarizes a feature from its distinct values, which all come into memory. */
export async function countValues(
  session: DuckdbSession,
  { feature, parts }: { readonly feature: FeatureSource; readonly parts: number },
): Promise<NumberStatistics> {
  const [values = empty, counts = empty, weights, positiveWeights = empty] = await queryNumbers(
    session,
    valueCountsSql(feature),
  );
  const isNan = values.length > 0 && Number.isNaN(values.at(-1));
  const end = isNan ? values.length - 1 : values.length;
  const numNan = isNan ? (counts[end] ?? 0) : 0;
  const finiteValues = values.subarray(0, end);
  const numbers = summarizeNumbers({ values: finiteValues, counts: counts.subarray(0, end) }, { numNan, parts });
  if (weights === undefined) return { numbers };
  const weighted = {
    values: finiteValues,
    weights: weights.subarray(0, end),
    positiveWeights: positiveWeights.subarray(0, end),
  };
  return { numbers, weighted: summarizeWeighted(weighted, { parts }) };
}

const empty = new Float64Array(0);
