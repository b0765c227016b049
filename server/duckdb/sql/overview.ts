/** Presence of every feature, and about how many distinct numbers it has, in as few scans as there can be. */

import type { PresenceSummary } from '../../../lib/stats/feature-statistics';
import { sqlName } from '../connection';
import type { ExamplesSource, SourceColumn } from '../examples-source';
import { queryNumbers, type DuckdbSession } from '../query';
import { valuesOf } from './feature-values';

/** What an overview says of one feature. */
export type FeatureOverview = {
  readonly presence: PresenceSummary;
  /** About how many distinct values there are (HyperLogLog, a few percent); only for numbers, else 0. */
  readonly distinct: number;
};

/** Columns per query: a plan of thousands of aggregates takes longer to make than to run. */
const COLUMNS_PER_QUERY = 64;

/** What an overview is taken of. */
export type OverviewRequest = {
  readonly source: ExamplesSource;
  readonly columns: readonly SourceColumn[];
  /** The SQL of each row's weight and the sum of all of them. */
  readonly weight: { readonly sql: string; readonly total: number } | undefined;
  /** Below this many rows distinct values need no estimate. */
  readonly estimateAbove: number;
};

/** The overview of some features of a split, in their order. */
export async function takeOverview(
  session: DuckdbSession,
  request: OverviewRequest,
): Promise<ReadonlyMap<SourceColumn, FeatureOverview>> {
  const overviews = new Map<SourceColumn, FeatureOverview>();
  const scalars = request.columns.filter((column) => column.kind !== 'NONE' && !column.isList);
  for (let start = 0; start < scalars.length; start += COLUMNS_PER_QUERY) {
    const part = scalars.slice(start, start + COLUMNS_PER_QUERY);
    const numbers = await queryNumbers(session, scalarsSql(request, part));
    const at = (index: number) => numbers[index]?.[0] ?? 0;
    for (const [index, column] of part.entries()) {
      const counted = { present: at(3 * index), distinct: at(3 * index + 1), weight: at(3 * index + 2) };
      overviews.set(column, scalarOverview(counted, request, column));
    }
  }
  for (const column of request.columns) {
    if (column.kind === 'NONE') overviews.set(column, { presence: absentEverywhere(request), distinct: 0 });
    else if (column.isList) overviews.set(column, await listOverview(session, request, column));
  }
  return overviews;
}

function scalarsSql({ source, weight, estimateAbove }: OverviewRequest, columns: readonly SourceColumn[]): string {
  const aggregates = columns.flatMap(({ column, kind }) => {
    const name = sqlName(column);
    return [
      `count(${name})::DOUBLE`,
      kind === 'STRING' || source.numRows <= estimateAbove ? '0::DOUBLE' : `approx_count_distinct(${name})::DOUBLE`,
      weight === undefined ? '0::DOUBLE' : `coalesce(sum(${weight.sql}) FILTER (WHERE ${name} IS NOT NULL), 0)`,
    ];
  });
  return `SELECT ${aggregates.map((sql, index) => `${sql} AS a${index}`).join(', ')} FROM ${source.relation}`;
}

type ScalarCounts = { readonly present: number; readonly distinct: number; readonly weight: number };

function scalarOverview(counted: ScalarCounts, request: OverviewRequest, column: SourceColumn): FeatureOverview {
  const { numRows: numExamples } = request.source;
  const blanks = column.nullMeans === 'empty-list' ? numExamples - counted.present : 0;
  const lengths = [
    { value: 0, count: blanks },
    { value: 1, count: counted.present },
  ].filter(({ count }) => count > 0);
  return {
    distinct: counted.distinct,
    presence: {
      numExamples,
      lengths: { values: lengths.map(({ value }) => value), counts: lengths.map(({ count }) => count) },
      ...weightedPresence(request, {
        nonMissing: column.nullMeans === 'empty-list' ? (request.weight?.total ?? 0) : counted.weight,
        values: counted.weight,
      }),
    },
  };
}

async function listOverview(
  session: DuckdbSession,
  request: OverviewRequest,
  column: SourceColumn,
): Promise<FeatureOverview> {
  const { source, weight, estimateAbove } = request;
  const length =
    column.nullMeans === 'empty-list'
      ? `coalesce(len(${sqlName(column.column)}), 0)`
      : `len(${sqlName(column.column)})`;
  const [values = none, counts = none, weights = none] = await queryNumbers(
    session,
    `SELECT l::DOUBLE AS l, count(*)::DOUBLE AS n, ${weight === undefined ? '0::DOUBLE' : 'sum(w)'} AS w
      FROM (SELECT ${length} AS l, ${weight?.sql ?? '0'} AS w FROM ${source.relation}) WHERE l IS NOT NULL GROUP BY l ORDER BY l`,
  );
  const numValues = values.reduce((total, value, index) => total + value * (counts[index] ?? 0), 0);
  return {
    distinct:
      column.kind === 'STRING' || numValues <= estimateAbove ? 0 : await estimateDistinct(session, { source, column }),
    presence: {
      numExamples: source.numRows,
      lengths: { values, counts },
      ...weightedPresence(request, {
        nonMissing: weights.reduce((total, part) => total + part, 0),
        values: weights.reduce((total, part, index) => total + part * (values[index] ?? 0), 0),
      }),
    },
  };
}

async function estimateDistinct(
  session: DuckdbSession,
  feature: { readonly source: ExamplesSource; readonly column: SourceColumn },
): Promise<number> {
  const values = valuesOf({ ...feature, weight: undefined });
  const [estimate] = await queryNumbers(session, `SELECT approx_count_distinct(v)::DOUBLE FROM (${values})`);
  return estimate?.[0] ?? 0;
}

function absentEverywhere(request: OverviewRequest): PresenceSummary {
  return {
    numExamples: request.source.numRows,
    lengths: { values: none, counts: none },
    ...weightedPresence(request, { nonMissing: 0, values: 0 }),
  };
}

function weightedPresence(
  { weight }: OverviewRequest,
  { nonMissing, values }: { readonly nonMissing: number; readonly values: number },
): Pick<PresenceSummary, 'weighted'> {
  return weight === undefined ? {} : { weighted: { nonMissing, missing: weight.total - nonMissing, values } };
}

const none = new Float64Array(0);
