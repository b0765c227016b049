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
  return {
    row,
    ...(distance !== undefined && { comparatorDistance: distance }),
    sides: sides.map((side) => (side === undefined ? null : toSideDetail(side))),
  };
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
    topValues: ranked
      .slice(0, LISTED)
      .map(({ label, sampleCount }) => ({ value: shortened(label), count: sampleCount })),
    unlisted: Math.max(0, stats.unique - Math.min(LISTED, ranked.length)),
    rankShares,
  };
}
