/** Assembles TFDV's statistics of one feature from what was counted. */

import type {
  CommonStatistics,
  FeatureStatistics,
  Histogram,
  NumericStatistics,
  StringStatistics,
  WeightedNumericStatistics,
} from '../artifact/statistics';
import type { StatsOptions } from '../catalog/statistics-gen/spec';
import { quantilesHistogram, standardHistogram } from './histogram';
import type { NumericSummary, WeightedNumericSummary } from './numeric-summary';
import { medianOf, quantilesOf, rebinQuantiles, type ValueCounts } from './quantiles';
import { topValues, type CountedValue } from './ranking';

/** In how many examples a feature stands, and with how many values. */
export type PresenceSummary = {
  readonly numExamples: number;
  /** The distinct numbers of values of the examples that have the feature (0 for an empty list), ascending. */
  readonly lengths: ValueCounts;
  /** Summed weights, where a weight feature is set. */
  readonly weighted?: { readonly nonMissing: number; readonly missing: number; readonly values: number };
};

/** The text values of a feature. */
export type TextSummary = {
  /** Number of values and of their bytes. */
  readonly count: number;
  readonly totalBytes: number;
  readonly unique: number;
  readonly invalidUtf8: number;
  /** The most frequent values, ranked; at least as many as the options keep. */
  readonly ranked: readonly CountedValue[];
  /** The same ranked by weight, where a weight feature is set. */
  readonly rankedByWeight?: readonly CountedValue[];
};

/** How many fine quantile buckets a histogram is made from, per bucket of the quantiles histogram. */
const FINE_PER_BUCKET = 100;

/** Number of fine quantile buckets for these options. */
export function fineQuantiles(options: StatsOptions): number {
  return FINE_PER_BUCKET * options.numQuantilesHistogramBuckets;
}

/** Presence, valency and the histogram of list lengths. */
export function commonStatisticsOf(presence: PresenceSummary, options: StatsOptions): CommonStatistics {
  const { values, counts } = presence.lengths;
  let numNonMissing = 0;
  let totNumValues = 0;
  for (let index = 0; index < values.length; index++) {
    numNonMissing += counts[index] ?? 0;
    totNumValues += (values[index] ?? 0) * (counts[index] ?? 0);
  }
  const { weighted } = presence;
  return {
    numNonMissing,
    numMissing: presence.numExamples - numNonMissing,
    minNumValues: numNonMissing === 0 ? 0 : (values[0] ?? 0),
    maxNumValues: numNonMissing === 0 ? 0 : (values[values.length - 1] ?? 0),
    avgNumValues: numNonMissing === 0 ? 0 : totNumValues / numNonMissing,
    totNumValues,
    numValuesHistogram:
      numNonMissing === 0
        ? undefined
        : quantilesHistogram(quantilesOf(presence.lengths, options.numValuesHistogramBuckets)),
    weightedCommonStats: weighted && {
      numNonMissing: weighted.nonMissing,
      numMissing: weighted.missing,
      avgNumValues: weighted.nonMissing > 0 ? weighted.values / weighted.nonMissing : 0,
      totNumValues: weighted.values,
    },
    presenceAndValencyStats: [],
    weightedPresenceAndValencyStats: [],
  };
}

/** What is known of a numeric feature. */
export type NumericFeature = {
  readonly name: string;
  readonly type: 'INT' | 'FLOAT';
  readonly presence: PresenceSummary;
  /** Undefined when no example holds a value. */
  readonly numbers: NumericSummary | undefined;
  readonly weighted?: WeightedNumericSummary;
};

/** The statistics of an INT or FLOAT feature. */
export function numericFeature(feature: NumericFeature, options: StatsOptions): FeatureStatistics {
  const numStats = {
    ...numericStatisticsOf(feature, options),
    commonStats: commonStatisticsOf(feature.presence, options),
  };
  return { path: { step: [feature.name] }, type: feature.type, customStats: [], numStats };
}

function numericStatisticsOf({ numbers, weighted, type }: NumericFeature, options: StatsOptions): NumericStatistics {
  const nothing = { mean: 0, stdDev: 0, numZeros: 0, min: 0, median: 0, max: 0, histograms: [] };
  if (numbers === undefined) return nothing;
  if (numbers.count === 0) {
    const { numNan } = numbers;
    const empty = (kind: Histogram['type']) => ({ type: kind, numNan, numUndefined: 0, name: '', buckets: [] });
    return { ...nothing, histograms: [empty('STANDARD'), empty('QUANTILES')] };
  }
  const { numNan, finite } = numbers;
  const shape = { options, numNan, finite, isSinglePrecision: type === 'FLOAT' };
  return {
    mean: numbers.mean,
    stdDev: numbers.stdDev,
    numZeros: numbers.numZeros,
    min: numbers.min,
    median: medianOf(numbers.quantiles.boundaries),
    max: numbers.max,
    histograms: histogramsOf(numbers, shape),
    weightedNumericStats: weighted && weightedStatisticsOf(weighted, shape),
  };
}

/** The weighted histogram spans the same range as the other, also where its outermost values have no weight. */
type HistogramShape = Pick<NumericSummary, 'numNan' | 'finite'> & {
  readonly options: StatsOptions;
  readonly isSinglePrecision: boolean;
};

function weightedStatisticsOf(weighted: WeightedNumericSummary, shape: HistogramShape): WeightedNumericStatistics {
  const { mean, stdDev, quantiles } = weighted;
  if (quantiles.boundaries.length === 0) return { mean, stdDev, median: 0, histograms: [] };
  return { mean, stdDev, median: medianOf(quantiles.boundaries), histograms: histogramsOf(weighted, shape) };
}

function histogramsOf(
  { quantiles, positiveInfinities }: WeightedNumericSummary,
  { options, numNan, finite, isSinglePrecision }: HistogramShape,
): readonly Histogram[] {
  const numBuckets = options.numHistogramBuckets;
  return [
    standardHistogram(quantiles, { numBuckets, finite, positiveInfinities, numNan, isSinglePrecision }),
    quantilesHistogram(rebinQuantiles(quantiles, FINE_PER_BUCKET), numNan),
  ];
}

/** What is known of a text feature. */
export type TextFeature = {
  readonly name: string;
  readonly presence: PresenceSummary;
  /** Undefined when no example holds a value. */
  readonly text: TextSummary | undefined;
};

/** The statistics of a STRING feature, and of one without a kind: TFDV calls that STRING too. */
export function textFeature({ name, presence, text }: TextFeature, options: StatsOptions): FeatureStatistics {
  const stringStats: StringStatistics = {
    commonStats: commonStatisticsOf(presence, options),
    unique: text?.unique ?? 0,
    avgLength: text === undefined || text.count === 0 ? 0 : text.totalBytes / text.count,
    vocabularyFile: '',
    invalidUtf8Count: text?.invalidUtf8 ?? 0,
    ...topValues(text?.ranked ?? [], { ...options, threshold: options.frequencyThreshold }),
    weightedStringStats:
      text?.rankedByWeight &&
      topValues(text.rankedByWeight, { ...options, threshold: options.weightedFrequencyThreshold }),
  };
  return { path: { step: [name] }, type: 'STRING', customStats: [], stringStats };
}
