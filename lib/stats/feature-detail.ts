/** Everything about one feature that an expanded row shows beyond its figures. */

import { commonStatistics, type FeatureStatistics, type Histogram } from '../artifact/statistics';
import type { FeatureDetail, SideDetail, StatisticsRow } from '../artifact/statistics-table';
import { comparatorDistance } from './distance';
import { shortened, toFigure, type FeatureSides } from './statistics-row';

/** Values that are listed. */
const LISTED = 25;
/** Points of the line of cumulated shares. */
const RANK_POINTS = 100;
/** Custom statistics that are listed, and their longest text. */
const CUSTOM = 20;

/** The detail of a feature whose row is known. */
export function toFeatureDetail(row: StatisticsRow, sides: FeatureSides): FeatureDetail {
  const [left, right] = sides;
  const distance = left === undefined || right === undefined ? undefined : comparatorDistance(left, right);
  const values = listValues(sides);
  const fresh = row.newValues === undefined ? [] : listFresh(left, right);
  return {
    row,
    sides: sides.map((side) => (side === undefined ? null : toSideDetail(side))),
    ...(distance !== undefined && { comparatorDistance: distance }),
    ...(values !== undefined && { values }),
    ...(fresh.length > 0 && { fresh }),
  };
}

function ranksOf(feature: FeatureStatistics | undefined) {
  return feature?.stringStats?.rankHistogram?.buckets ?? [];
}

function listValues(sides: FeatureSides): FeatureDetail['values'] {
  const leading = sides.find((side) => ranksOf(side).length > 0);
  if (leading === undefined) return undefined;
  const labels = ranksOf(leading)
    .slice(0, LISTED)
    .map(({ label }) => label);
  const counts = sides.map((side) => {
    const ranks = ranksOf(side);
    if (ranks.length === 0) return null;
    const byLabel = new Map(ranks.map(({ label, sampleCount }) => [label, sampleCount]));
    return labels.map((label) => byLabel.get(label) ?? 0);
  });
  const unlisted = Math.max(0, (leading.stringStats?.unique ?? 0) - labels.length);
  return { labels: labels.map(shortened), counts, unlisted };
}

function listFresh(left: FeatureStatistics | undefined, right: FeatureStatistics | undefined) {
  const known = new Set(ranksOf(left).map(({ label }) => label));
  return ranksOf(right)
    .filter(({ label }) => !known.has(label))
    .slice(0, LISTED)
    .map(({ label, sampleCount }) => ({ value: shortened(label), count: sampleCount }));
}

function toSideDetail(feature: FeatureStatistics): SideDetail {
  const common = commonStatistics(feature);
  const quantiles = feature.numStats?.histograms.find(({ type }) => type === 'QUANTILES');
  const { stringStats, bytesStats } = feature;
  return {
    avgValues: toFigure(common?.avgNumValues ?? 0),
    custom: feature.customStats.slice(0, CUSTOM).map(({ name, num, str }) => ({
      name: shortened(name),
      text: shortened(str ?? (num === undefined ? 'a distribution' : String(num))),
    })),
    ...(quantiles !== undefined && quantiles.buckets.length > 0 && { quantiles: boundsOf(quantiles).map(toFigure) }),
    ...(common?.numValuesHistogram !== undefined && {
      valueCounts: common.numValuesHistogram.buckets.map(({ lowValue, highValue, sampleCount }) => ({
        low: toFigure(lowValue),
        high: toFigure(highValue),
        count: sampleCount,
      })),
    }),
    ...(stringStats !== undefined && rankDetail(stringStats)),
    ...(stringStats !== undefined && stringStats.invalidUtf8Count > 0 && { invalidUtf8: stringStats.invalidUtf8Count }),
    ...(bytesStats !== undefined && {
      minBytes: toFigure(bytesStats.minNumBytes),
      maxBytes: toFigure(bytesStats.maxNumBytes),
    }),
  };
}

function boundsOf({ buckets }: Histogram): readonly number[] {
  const [first] = buckets;
  return first === undefined ? [] : [first.lowValue, ...buckets.map(({ highValue }) => highValue)];
}

function rankDetail(stats: NonNullable<FeatureStatistics['stringStats']>): Partial<SideDetail> {
  const ranked = stats.rankHistogram?.buckets ?? [];
  const all = stats.commonStats?.totNumValues ?? 0;
  if (ranked.length === 0 || all <= 0) return {};
  const step = Math.max(1, Math.ceil(ranked.length / RANK_POINTS));
  const rankShares: { rank: number; share: number }[] = [];
  let sum = 0;
  for (const [at, { sampleCount }] of ranked.entries()) {
    sum += sampleCount;
    if ((at + 1) % step === 0 || at === 0 || at === ranked.length - 1)
      rankShares.push({ rank: at + 1, share: Math.min(1, sum / all) });
  }
  return {
    rankShares,
  };
}
