/** All default statistics of one split: an overview of every feature, then each by the cheapest way that is exact. */

import type { DatasetStatistics, FeatureStatistics } from '../../lib/artifact/statistics';
import { assert } from '../../lib/assert';
import type { StatsOptions } from '../../lib/catalog/statistics-gen/spec';
import { fineQuantiles, numericFeature, textFeature } from '../../lib/stats/feature-statistics';
import type { ExamplesSource } from './examples-source';
import type { DuckdbSession } from './query';
import { inBatches, type ColumnBatch } from './stage-columns';
import type { FeatureSource } from './sql/feature-values';
import { measureNumbers } from './sql/number-moments';
import { takeOverview, type FeatureOverview } from './sql/overview';
import { rankTexts } from './sql/top-values';
import { countValues } from './sql/value-counts';
import { openWeight } from './sql/weight';

/** Up to about so many distinct numbers are brought into memory (a few MB); with more, SQL finds the quantiles. */
const LISTED_DISTINCT = 100_000;

/** What is described, and how. */
export type DescribeRequest = {
  readonly source: ExamplesSource;
  readonly options: StatsOptions;
  /** INT features whose numbers are names of categories: they are described as texts. Default: none. */
  readonly categorical?: ReadonlySet<string>;
  /** Called after each feature. */
  readonly onFeature?: (progress: { readonly done: number; readonly total: number }) => void;
  /** For tests: another limit than {@link LISTED_DISTINCT}. */
  readonly listedDistinct?: number;
};

/**
 * The statistics of a split, features in column order. A split without rows has no features, as in TFDV.
 * Throws `invalid-input` when the weight feature is missing, not numeric or not one number in every row.
 */
export async function describeSplit(session: DuckdbSession, request: DescribeRequest): Promise<DatasetStatistics> {
  const { source, options } = request;
  const empty = { name: '', numExamples: 0, weightedNumExamples: 0, features: [], crossFeatures: [] };
  if (source.numRows === 0) return empty;
  const weight =
    options.weightFeature === undefined
      ? undefined
      : await openWeight(session, { source, name: options.weightFeature });
  const columns = source.columns.filter(({ name }) => options.featureAllowlist?.includes(name) ?? true);
  const estimateAbove = request.listedDistinct ?? LISTED_DISTINCT;
  const features: FeatureStatistics[] = [];
  const describe = async (batch: ColumnBatch) => {
    const overviews = await takeOverview(session, { ...batch, weight, estimateAbove });
    for (const column of batch.columns) {
      const overview = overviews.get(column);
      assert(overview !== undefined, 'every feature has an overview');
      const feature = { source: batch.source, column, weight: weight?.sql };
      features.push(await describeFeature(session, { ...request, feature, overview }));
      request.onFeature?.({ done: features.length, total: columns.length });
    }
  };
  const weightColumn = source.columns.find(({ name }) => name === options.weightFeature)?.column;
  await inBatches(session, { source, columns }, { describe, always: weightColumn === undefined ? [] : [weightColumn] });
  return { ...empty, numExamples: source.numRows, weightedNumExamples: weight?.total ?? 0, features };
}

type FeatureRequest = DescribeRequest & { readonly feature: FeatureSource; readonly overview: FeatureOverview };

async function describeFeature(session: DuckdbSession, request: FeatureRequest): Promise<FeatureStatistics> {
  const { feature, overview, options } = request;
  const { name, kind } = feature.column;
  const { presence } = overview;
  if (kind === 'NONE') return textFeature({ name, presence, text: undefined }, options);
  const isCategorical = kind === 'INT' && request.categorical?.has(name) === true;
  if (kind === 'STRING' || isCategorical) {
    const limit = Math.max(options.numTopValues, options.numRankHistogramBuckets);
    const text = await rankTexts(session, { feature: { ...feature, asText: isCategorical }, limit });
    const described = textFeature({ name, presence, text }, options);
    return isCategorical ? { ...described, type: 'INT' } : described;
  }
  if (!hasValues(overview)) return numericFeature({ name, type: kind, presence, numbers: undefined }, options);
  const parts = fineQuantiles(options);
  const isListed = overview.distinct <= (request.listedDistinct ?? LISTED_DISTINCT);
  const counted = isListed
    ? await countValues(session, { feature, parts })
    : await measureNumbers(session, { feature, parts });
  return numericFeature({ name, type: kind, presence, ...counted }, options);
}

function hasValues({ presence }: FeatureOverview): boolean {
  const { values } = presence.lengths;
  return values.length > 0 && (values[values.length - 1] ?? 0) > 0;
}
