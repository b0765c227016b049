/** A feature of one or two datasets as a row of the table: figures, bars over the same bounds, and how far apart they are. */

import { serializePath } from '../artifact/feature-path';
import type { Figure } from '../artifact/feature-figures';
import {
  commonStatistics,
  featureName,
  type DatasetStatistics,
  type FeatureStatistics,
  type Histogram,
  type StringStatistics,
} from '../artifact/statistics';
import type { SideFigures, StatisticsRow, StoredBars, StoredBins } from '../artifact/statistics-table';
import { equalWidthBins, quantileBins, type Bins } from '../chart/bins';
import { toCumulative } from '../chart/cumulative';
import { divergenceOfBars, lInfinity } from './distance';
import { nonUniformity } from './non-uniformity';

/** Bars of values that are counted. */
export const MAX_BARS = 10;
/** Longest text of a value or a name in a row, in UTF-16 code units; a longer one ends in an ellipsis. */
const MAX_TEXT = 300;

/** A feature in each dataset; undefined where one does not have it. */
export type FeatureSides = readonly (FeatureStatistics | undefined)[];

/** The key that a feature is asked for by. */
export function featureKey(feature: FeatureStatistics): string {
  return feature.path === undefined ? (feature.name ?? '') : serializePath(feature.path.step);
}

/** The features of several datasets brought together by key: in the order of the first, then what the others add. */
export function joinFeatures(datasets: readonly DatasetStatistics[]): ReadonlyMap<string, FeatureSides> {
  const joined = new Map<string, (FeatureStatistics | undefined)[]>();
  for (const [at, { features }] of datasets.entries())
    for (const feature of features) {
      // Entries of composite features hold no statistics of their own.
      if (commonStatistics(feature) === undefined) continue;
      const key = featureKey(feature);
      const sides = joined.get(key) ?? datasets.map(() => undefined);
      sides[at] ??= feature;
      joined.set(key, sides);
    }
  return joined;
}

/** The row of a feature that at least one side has. */
export function toStatisticsRow(key: string, sides: FeatureSides): StatisticsRow {
  const leading = sides.find((side) => side !== undefined);
  const group = leading?.numStats === undefined ? 'categorical' : 'numeric';
  const [left, right] = sides;
  const bins = group === 'numeric' ? numberBins(sides) : undefined;
  const distance = distanceOf(bins?.equal, left, right);
  const spread = leading === undefined ? undefined : nonUniformity(leading);
  const fresh = newValues(left, right);
  return {
    key,
    name: shortened(leading === undefined ? key : featureName(leading)),
    group,
    sides: sides.map((side) => (side === undefined ? null : toSideFigures(side))),
    ...(leading !== undefined && looksLikeIdentifier(leading) && { isIdentifier: true }),
    ...(bins ?? { bars: topBars(sides) }),
    ...(distance !== undefined && { distance: { ...distance, value: rounded(distance.value) } }),
    ...(spread !== undefined && { nonUniformity: rounded(spread) }),
    ...(fresh !== undefined && { newValues: fresh }),
  };
}

function toSideFigures(feature: FeatureStatistics): SideFigures {
  const common = commonStatistics(feature);
  const { numNonMissing = 0, numMissing = 0, avgNumValues = 0, totNumValues = 0 } = common ?? {};
  return {
    type: feature.type,
    present: numNonMissing,
    missing: numMissing,
    values: totNumValues === 0 ? numNonMissing * avgNumValues : totNumValues,
    minValues: common?.minNumValues ?? 0,
    maxValues: common?.maxNumValues ?? 0,
    ...numberFigures(feature),
    ...countedFigures(feature),
  };
}

function numberFigures({ numStats }: FeatureStatistics): Partial<SideFigures> {
  if (numStats === undefined) return {};
  const nans = numStats.histograms[0]?.numNan ?? 0;
  const counted = nans > 0 ? { nans } : {};
  // Without a number there is no bucket: the zeros that protobuf then reads would be figures of nothing.
  if (!numStats.histograms.some(({ buckets }) => buckets.length > 0)) return counted;
  const { mean, stdDev, numZeros, min, median, max } = numStats;
  return {
    ...counted,
    mean: toFigure(mean),
    stdDev: toFigure(stdDev),
    zeros: numZeros,
    min: toFigure(min),
    median: toFigure(median),
    max: toFigure(max),
  };
}

function countedFigures({ stringStats, bytesStats }: FeatureStatistics): Partial<SideFigures> {
  if (bytesStats !== undefined) {
    const unique = bytesStats.unique > 0 ? { unique: bytesStats.unique } : {};
    return { ...unique, avgLength: toFigure(bytesStats.avgNumBytes) };
  }
  if (stringStats === undefined || (stringStats.commonStats?.totNumValues ?? 0) === 0) return {};
  const [top] = stringStats.topValues;
  return {
    unique: stringStats.unique,
    avgLength: toFigure(stringStats.avgLength),
    ...(top !== undefined && { top: { value: shortened(top.value), count: toFigure(top.frequency) } }),
  };
}

/** Words in a name that make its numbers names of things. */
const NAMING_WORDS =
  /^(?:ids?|uuids?|guids?|keys?|codes?|zip|zipcode|postcode|plz|tract|fips|isbn|ean|ssn|iban|phone|account|serial|hash)$/;
/** Words that do so only at the end of a name: a `number` of doors is none. */
const LAST_NAMING_WORDS = /^(?:no|nr)$/;

/**
 * True for whole numbers whose name says that they name things: `trip_id`, `zipCode`, `census tract`. Statistics alone
 * cannot tell a code from a quantity.
 */
export function looksLikeIdentifier(feature: FeatureStatistics): boolean {
  const { numStats } = feature;
  if (numStats === undefined || !Number.isInteger(numStats.min) || !Number.isInteger(numStats.max)) return false;
  const words = featureName(feature)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.some((word) => NAMING_WORDS.test(word)) || LAST_NAMING_WORDS.test(words.at(-1) ?? '');
}

function numberBins(sides: FeatureSides): Pick<StatisticsRow, 'equal' | 'quantiles'> {
  const isWhole = sides.every((side) => side === undefined || side.type === 'INT');
  const histograms = sides.map((side) => side?.numStats?.histograms ?? []);
  const cumulatives = histograms.map((side) => toCumulative(side, { isWhole }));
  const equal = equalWidthBins(cumulatives, { isWhole });
  const quantiles = quantileBins(
    cumulatives,
    histograms.map((side): Histogram | undefined => side.find(({ type }) => type === 'QUANTILES')),
  );
  return {
    ...(equal !== undefined && { equal: toStored(equal) }),
    ...(quantiles !== undefined && { quantiles: toStored(quantiles) }),
  };
}

function toStored({ kind, edges, counts, isCutLow, isCutHigh }: Bins): StoredBins {
  return {
    kind,
    edges: [...edges],
    counts: counts.map((side) => side?.map(rounded) ?? null),
    ...(isCutLow && { isCutLow }),
    ...(isCutHigh && { isCutHigh }),
  };
}

function topBars(sides: FeatureSides): StoredBars {
  const ranks = sides.map((side) => side?.stringStats?.rankHistogram?.buckets ?? []);
  const leading = ranks.find((buckets) => buckets.length > 0) ?? [];
  const labels = leading.slice(0, MAX_BARS).map(({ label }) => label);
  const counts = ranks.map((buckets) => {
    if (buckets.length === 0) return null;
    const byLabel = new Map(buckets.map(({ label, sampleCount }) => [label, sampleCount]));
    return labels.map((label) => byLabel.get(label) ?? 0);
  });
  const rest = sides.map((side, at) => {
    const all = side?.stringStats?.commonStats?.totNumValues ?? 0;
    return Math.max(0, all - (counts[at] ?? []).reduce((sum, count) => sum + count, 0));
  });
  return { labels: labels.map(shortened), counts, rest };
}

/** Over the bars of numbers, so that differing ranges do not count; over all listed values of texts. */
function distanceOf(
  bins: StoredBins | undefined,
  left: FeatureStatistics | undefined,
  right: FeatureStatistics | undefined,
): StatisticsRow['distance'] {
  const [before, after] = bins?.counts ?? [];
  if (before !== undefined && before !== null && after !== undefined && after !== null) {
    const value = divergenceOfBars(before, after);
    return value === undefined ? undefined : { measure: 'jensen-shannon', value };
  }
  if (left?.stringStats === undefined || right?.stringStats === undefined) return undefined;
  const value = lInfinity(ranks(left.stringStats), ranks(right.stringStats));
  return value === undefined ? undefined : { measure: 'l-infinity', value };
}

function ranks({ rankHistogram }: StringStatistics): ReadonlyMap<string, number> {
  return new Map(rankHistogram?.buckets.map(({ label, sampleCount }) => [label, sampleCount]) ?? []);
}

/** Values that only the second side has. Undefined where the first side's list of values was cut. */
function newValues(left: FeatureStatistics | undefined, right: FeatureStatistics | undefined): number | undefined {
  const [before, after] = [left?.stringStats, right?.stringStats];
  if (before === undefined || after === undefined) return undefined;
  const known = new Set(before.rankHistogram?.buckets.map(({ label }) => label) ?? []);
  if (known.size < before.unique) return undefined;
  return after.rankHistogram?.buckets.filter(({ label }) => !known.has(label)).length ?? 0;
}

/** A number as JSON can hold it. */
export function toFigure(value: number): Figure {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

/** Five digits are more than a bar can show, and a third of the bytes. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

/** The text, or its beginning and an ellipsis; never cut inside a character. */
export function shortened(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const cut = text.slice(0, MAX_TEXT - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
