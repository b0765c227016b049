/** Numbers of a feature that has too many distinct ones to list: moments in one scan or two, quantiles by binning. */

import { quantilesOf, type Quantiles, type ValueCounts } from '../../../lib/stats/quantiles';
import { summaryOfNan, type NumericSummary, type WeightedNumericSummary } from '../../../lib/stats/numeric-summary';
import { queryNumbers, type DuckdbSession } from '../query';
import { valuesOf, type FeatureSource } from './feature-values';
import { countsForQuantiles } from './fine-quantiles';
import type { NumberStatistics } from './value-counts';

/** Summarizes a feature without ever holding its values. */
export async function measureNumbers(
  session: DuckdbSession,
  { feature, parts }: { readonly feature: FeatureSource; readonly parts: number },
): Promise<NumberStatistics> {
  const numbers = await unweighted(session, { feature, parts });
  if (feature.weight === undefined || numbers.count === 0) return { numbers };
  return { numbers, weighted: await weighted(session, { feature, parts }, numbers) };
}

type Request = { readonly feature: FeatureSource; readonly parts: number };

/** The totals of one measure (rows, or weights) over the values of a feature. */
type Totals = { readonly all: number; readonly below: number; readonly above: number };

async function unweighted(session: DuckdbSession, { feature, parts }: Request): Promise<NumericSummary> {
  const columns = await queryNumbers(session, momentsSql(feature));
  const [numNan = 0, finiteCount = 0, numZeros = 0, below = 0, above = 0] = columns.map((column) => column[0] ?? 0);
  const [min = 0, max = 0, mean = 0, stdDev = 0] = columns.slice(5).map((column) => column[0] ?? 0);
  const count = finiteCount + below + above;
  if (count === 0) return summaryOfNan(numNan);
  const totals = { all: count, below, above };
  const finite = finiteCount === 0 ? undefined : { min, max };
  const relation = `SELECT v, 1 AS m FROM (${numbersOf(feature)}) WHERE isfinite(v)`;
  return {
    numNan,
    count,
    numZeros,
    min: below > 0 ? Number.NEGATIVE_INFINITY : finite === undefined ? Number.POSITIVE_INFINITY : min,
    max: above > 0 ? Number.POSITIVE_INFINITY : finite === undefined ? Number.NEGATIVE_INFINITY : max,
    finite,
    positiveInfinities: above,
    mean: hasInfinity(totals) ? Number.NaN : mean,
    stdDev: hasInfinity(totals) ? 0 : stdDev,
    quantiles: await quantilesIn(session, { relation, totals, finite, parts }),
  };
}

async function weighted(
  session: DuckdbSession,
  { feature, parts }: Request,
  { finite }: NumericSummary,
): Promise<WeightedNumericSummary> {
  const values = numbersOf(feature);
  const sums = await queryNumbers(session, weightSumsSql(values));
  const [all = 0, weight = 0, product = 0, below = 0, above = 0] = sums.map((column) => column[0] ?? 0);
  const isInfinite = hasInfinity({ all, below, above });
  const mean = isInfinite ? Number.NaN : weight === 0 ? 0 : product / weight;
  const squares =
    isInfinite || weight === 0
      ? undefined
      : await queryNumbers(
          session,
          `SELECT coalesce(fsum(w * (v - '${mean}'::DOUBLE) ** 2), 0) FROM (${values}) WHERE isfinite(v)`,
        );
  return {
    mean,
    stdDev: squares === undefined ? 0 : Math.sqrt(Math.max(0, (squares[0]?.[0] ?? 0) / weight)),
    positiveInfinities: above,
    quantiles: await quantilesIn(session, {
      relation: `SELECT v, w AS m FROM (${values}) WHERE isfinite(v) AND w > 0`,
      totals: { all, below, above },
      finite,
      parts,
    }),
  };
}

type QuantilesRequest = {
  readonly relation: string;
  readonly totals: Totals;
  readonly finite: NumericSummary['finite'];
  readonly parts: number;
};

async function quantilesIn(
  session: DuckdbSession,
  { relation, totals, finite, parts }: QuantilesRequest,
): Promise<Quantiles> {
  const { all: total, below, above } = totals;
  const inner =
    finite === undefined || total === 0
      ? { values: [], counts: [] }
      : await countsForQuantiles(session, { relation, min: finite.min, total, below, parts });
  return quantilesOf(withInfinities(inner, { below, above }), parts);
}

function withInfinities(inner: ValueCounts, { below, above }: Omit<Totals, 'all'>): ValueCounts {
  if (below === 0 && above === 0) return inner;
  const surrounded = (first: number, column: ArrayLike<number>, last: number) => {
    const whole = new Float64Array(column.length + 2);
    whole[0] = first;
    whole.set(column, 1);
    whole[column.length + 1] = last;
    return whole;
  };
  return {
    values: surrounded(Number.NEGATIVE_INFINITY, inner.values, Number.POSITIVE_INFINITY),
    counts: surrounded(below, inner.counts, above),
  };
}

function numbersOf(feature: FeatureSource): string {
  const weight = feature.weight === undefined ? '' : ', w';
  return `SELECT v::DOUBLE AS v${weight} FROM (${valuesOf(feature)})`;
}

function momentsSql(feature: FeatureSource): string {
  const aggregates = [
    'count(*) FILTER (isnan(v))::DOUBLE',
    'count(*) FILTER (isfinite(v))::DOUBLE',
    'count(*) FILTER (v = 0)::DOUBLE',
    `count(*) FILTER (v = '-inf'::DOUBLE)::DOUBLE`,
    `count(*) FILTER (v = 'inf'::DOUBLE)::DOUBLE`,
    'min(v) FILTER (isfinite(v))',
    'max(v) FILTER (isfinite(v))',
    'favg(v) FILTER (isfinite(v))',
    'stddev_pop(v) FILTER (isfinite(v))',
  ];
  return `SELECT ${aggregates.map((sql, index) => `${sql} AS a${index}`).join(', ')} FROM (${numbersOf(feature)})`;
}

/** Positive weight in all and of either infinity; weight and weighted sum of everything that is not NaN. */
function weightSumsSql(values: string): string {
  return `SELECT coalesce(fsum(w) FILTER (w > 0), 0), coalesce(fsum(w), 0), coalesce(fsum(w * v) FILTER (isfinite(v)), 0),
    coalesce(fsum(w) FILTER (w > 0 AND v = '-inf'::DOUBLE), 0), coalesce(fsum(w) FILTER (w > 0 AND v = 'inf'::DOUBLE), 0)
    FROM (${values}) WHERE NOT isnan(v)`;
}

function hasInfinity({ below, above }: Totals): boolean {
  return below > 0 || above > 0;
}
