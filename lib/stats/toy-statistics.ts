/** Statistics for tests, written as the cases state them. */

import type { DatasetStatistics, FeatureStatistics, Histogram, StatisticsList } from '../artifact/statistics';

type Buckets = readonly (readonly [low: number, high: number, count: number])[];

/** One feature; what is not given is 0, as in a message that is not set. */
export type ToyFeature = {
  /** Default INT. */
  readonly type?: FeatureStatistics['type'];
  readonly missing?: number;
  readonly present?: number;
  /** Least and greatest number of values in an example. */
  readonly values?: readonly [min: number, max: number];
  readonly average?: number;
  readonly total?: number;
  /** Least and greatest number. */
  readonly range?: readonly [min: number, max: number];
  readonly numNan?: number;
  readonly standard?: Buckets;
  readonly quantiles?: Buckets;
  /** Values by frequency. */
  readonly rank?: readonly (readonly [label: string, count: number])[];
  readonly unique?: number;
  readonly invalidUtf8?: number;
  readonly domainInfo?: string;
};

/** One dataset. */
export function toyDataset(
  numExamples: number,
  features: { readonly [name: string]: ToyFeature },
  name = '',
): DatasetStatistics {
  return {
    name,
    numExamples,
    weightedNumExamples: 0,
    crossFeatures: [],
    features: Object.entries(features).map(([feature, given]) => toyFeature(feature, given)),
  };
}

/** Statistics of one dataset. */
export function toyStatistics(numExamples: number, features: { readonly [name: string]: ToyFeature }): StatisticsList {
  return { datasets: [toyDataset(numExamples, features)] };
}

function toyFeature(name: string, given: ToyFeature): FeatureStatistics {
  const { type = 'INT', domainInfo } = given;
  const base = {
    type,
    path: { step: [name] },
    customStats: domainInfo === undefined ? [] : [{ name: 'domain_info', str: domainInfo }],
  };
  return type === 'STRING' || type === 'BYTES' || given.rank !== undefined
    ? { ...base, stringStats: textOf(given) }
    : { ...base, numStats: numbersOf(given) };
}

function commonOf({ missing = 0, present = 0, values = [0, 0], average = 0, total = 0 }: ToyFeature) {
  return {
    numMissing: missing,
    numNonMissing: present,
    minNumValues: values[0],
    maxNumValues: values[1],
    avgNumValues: average,
    totNumValues: total,
    presenceAndValencyStats: [],
    weightedPresenceAndValencyStats: [],
  };
}

function textOf(given: ToyFeature): NonNullable<FeatureStatistics['stringStats']> {
  const { rank = [], unique = rank.length, invalidUtf8 = 0 } = given;
  return {
    commonStats: commonOf(given),
    unique,
    avgLength: 0,
    vocabularyFile: '',
    invalidUtf8Count: invalidUtf8,
    topValues: rank.map(([value, frequency]) => ({ value, frequency })),
    rankHistogram: {
      name: '',
      buckets: rank.map(([label, sampleCount], index) => ({ lowRank: index, highRank: index, label, sampleCount })),
    },
  };
}

function numbersOf(given: ToyFeature): NonNullable<FeatureStatistics['numStats']> {
  const { range = [0, 0], numNan = 0, standard = [], quantiles = [] } = given;
  const histogram = (type: Histogram['type'], buckets: Buckets): Histogram => ({
    type,
    name: '',
    numNan,
    numUndefined: 0,
    buckets: buckets.map(([lowValue, highValue, sampleCount]) => ({ lowValue, highValue, sampleCount })),
  });
  return {
    commonStats: commonOf(given),
    mean: 0,
    stdDev: 0,
    numZeros: 0,
    min: range[0],
    median: 0,
    max: range[1],
    histograms: [histogram('STANDARD', standard), histogram('QUANTILES', quantiles)],
  };
}
