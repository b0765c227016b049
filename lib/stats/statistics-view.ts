/**
 * Statistics as schema inference and validation look at them: by weight where every feature has weighted statistics,
 * one level of values or several, labels in order.
 */

import { serializePath } from '../artifact/feature-path';
import type { FeatureType } from '../artifact/data-schema';
import {
  type CommonStatistics,
  type DatasetStatistics,
  type FeatureStatistics,
  type NumericStatistics,
  type StatisticsList,
  commonStatistics,
} from '../artifact/statistics';
import { AppError } from '../errors';
import { compareCodePoints } from './ranking';

/** Name of the slice that holds every example. */
const DEFAULT_SLICE = 'All Examples';

const EMPTY_COMMON: CommonStatistics = {
  numNonMissing: 0,
  numMissing: 0,
  minNumValues: 0,
  maxNumValues: 0,
  avgNumValues: 0,
  totNumValues: 0,
  presenceAndValencyStats: [],
  weightedPresenceAndValencyStats: [],
};

/** Least and greatest number of values at one level of nesting, and how often a list is missing there. */
export type ValueLevel = { readonly min: number; readonly max: number; readonly numMissing: number };

/** The dataset to look at: the only one, or the slice of all examples. Throws `invalid-input` where neither exists. */
export function requireDataset(statistics: StatisticsList): DatasetStatistics {
  const { datasets } = statistics;
  const found = datasets.length === 1 ? datasets[0] : datasets.find(({ name }) => name === DEFAULT_SLICE);
  if (found !== undefined) return found;
  throw new AppError(
    'invalid-input',
    `A statistics proto with one dataset is needed, or one that holds the slice "${DEFAULT_SLICE}"; this one holds ${datasets.length} datasets.`,
    { nextStep: 'Compute the statistics again with StatisticsGen.' },
  );
}

/** A dataset's statistics. */
export class DatasetView {
  /** True when weighted statistics stand for the plain ones. */
  readonly byWeight: boolean;
  readonly numExamples: number;
  /** In the order of the statistics; entries that hold no statistics (of composite features) are left out. */
  readonly features: readonly FeatureView[];

  /** Throws `unsupported` where a feature is a struct or lies inside one. */
  constructor(dataset: DatasetStatistics) {
    const described = dataset.features.filter((feature) => commonStatistics(feature) !== undefined);
    this.byWeight =
      dataset.weightedNumExamples !== 0 &&
      described.every((feature) => commonStatistics(feature)?.weightedCommonStats !== undefined);
    this.numExamples = this.byWeight ? dataset.weightedNumExamples : dataset.numExamples;
    this.features = described.map((feature) => new FeatureView(feature, this));
  }
}

/** A feature's statistics. */
export class FeatureView {
  readonly name: string;
  /** The path as it stands in messages and keys. */
  readonly path: string;
  readonly steps: readonly string[];
  readonly #statistics: FeatureStatistics;
  readonly #common: CommonStatistics;
  readonly #dataset: Pick<DatasetView, 'byWeight' | 'numExamples'>;

  /** Throws `unsupported` for a struct and for what lies inside one. */
  constructor(statistics: FeatureStatistics, dataset: Pick<DatasetView, 'byWeight' | 'numExamples'>) {
    this.steps = statistics.path?.step ?? [statistics.name ?? ''];
    this.path = serializePath(this.steps);
    if (statistics.type === 'STRUCT' || this.steps.length !== 1) {
      throw new AppError('unsupported', `The feature ${this.path} is part of a struct, which is not supported.`, {
        nextStep: 'Flatten structs into columns of their own before the examples are read.',
      });
    }
    this.name = this.steps[0] ?? '';
    this.#statistics = statistics;
    this.#common = commonStatistics(statistics) ?? EMPTY_COMMON;
    this.#dataset = dataset;
  }

  /** The type as statistics name it. */
  get type(): FeatureStatistics['type'] {
    return this.#statistics.type;
  }

  /** The type as a schema names it. */
  get featureType(): FeatureType {
    return this.type === 'STRING' ? 'BYTES' : this.type;
  }

  /** In how many examples the feature stands, or their weight. */
  get numPresent(): number {
    return this.#dataset.byWeight ? (this.#common.weightedCommonStats?.numNonMissing ?? 0) : this.#common.numNonMissing;
  }

  /** In how many examples it is missing, or their weight. */
  get numMissing(): number {
    return this.#dataset.byWeight ? (this.#common.weightedCommonStats?.numMissing ?? 0) : this.#common.numMissing;
  }

  /** Share of the examples that have the feature; undefined without examples. */
  get fractionPresent(): number | undefined {
    if (this.#dataset.numExamples <= 0) return undefined;
    return this.numMissing === 0 ? 1 : this.numPresent / this.#dataset.numExamples;
  }

  /** One entry for each level of nested lists, one for plain ones. */
  get levels(): readonly ValueLevel[] {
    const { presenceAndValencyStats, weightedPresenceAndValencyStats } = this.#common;
    if (presenceAndValencyStats.length === 0) {
      const { minNumValues, maxNumValues } = this.#common;
      return [{ min: minNumValues, max: maxNumValues, numMissing: this.numMissing }];
    }
    return presenceAndValencyStats.map(({ minNumValues, maxNumValues, numMissing }, level) => ({
      min: minNumValues,
      max: maxNumValues,
      numMissing: this.#dataset.byWeight ? (weightedPresenceAndValencyStats[level]?.numMissing ?? 0) : numMissing,
    }));
  }

  /** How many values stand in all examples, or their weight. */
  get totalValues(): number {
    if (this.#dataset.byWeight) return this.#common.weightedCommonStats?.totNumValues ?? 0;
    const { totNumValues, numNonMissing, avgNumValues } = this.#common;
    return totNumValues === 0 ? numNonMissing * avgNumValues : totNumValues;
  }

  /** The ranked values and how often each stands, by code points of the value; empty for numbers. */
  get labels(): ReadonlyMap<string, number> {
    const { stringStats } = this.#statistics;
    const ranks = this.#dataset.byWeight ? stringStats?.weightedStringStats?.rankHistogram : stringStats?.rankHistogram;
    const buckets = (ranks?.buckets ?? []).toSorted((a, b) => compareCodePoints(a.label, b.label));
    const labels = new Map<string, number>();
    for (const { label, sampleCount } of buckets) if (!labels.has(label)) labels.set(label, sampleCount);
    return labels;
  }

  /** True when some value is not UTF-8. */
  get hasInvalidUtf8(): boolean {
    return this.numInvalidUtf8 > 0;
  }

  /** How many values are not UTF-8. */
  get numInvalidUtf8(): number {
    return this.#statistics.stringStats?.invalidUtf8Count ?? 0;
  }

  /** Number of distinct values; undefined where it was not counted. */
  get numUnique(): number | undefined {
    return this.#statistics.stringStats?.unique;
  }

  /** Range and histograms of numbers; zeros where there are none, as in a message that is not set. */
  get numbers(): Pick<NumericStatistics, 'min' | 'max' | 'histograms'> {
    return this.#statistics.numStats ?? { min: 0, max: 0, histograms: [] };
  }

  /** The text of the custom statistic `domain_info`; undefined where there is none, or more than one. */
  get domainInfo(): string | undefined {
    const found = this.#statistics.customStats.filter(({ name }) => name === 'domain_info');
    return found.length === 1 ? found[0]?.str : undefined;
  }
}
