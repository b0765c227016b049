/** The few figures of a split's statistics that fit on a card. */

import { commonStatistics, type DatasetStatistics } from '../artifact/statistics';

/** See {@link statisticsHeadline}. */
export type StatisticsHeadline = {
  /** Features of type INT or FLOAT, and those of type STRING. */
  readonly numeric: number;
  readonly text: number;
  /** Share of feature and example pairs without a value, 0 to 1. */
  readonly missingShare: number;
  /** Features that no example has. */
  readonly allMissing: number;
};

/** Counts a split's features by type and how much of them is missing. */
export function statisticsHeadline({ features, numExamples }: DatasetStatistics): StatisticsHeadline {
  const missing = features.map((feature) => commonStatistics(feature)?.numMissing ?? 0);
  const cells = features.length * numExamples;
  return {
    numeric: features.filter(({ numStats }) => numStats !== undefined).length,
    text: features.filter(({ stringStats }) => stringStats !== undefined).length,
    missingShare: cells === 0 ? 0 : missing.reduce((sum, count) => sum + count, 0) / cells,
    allMissing: missing.filter((count) => count === numExamples && numExamples > 0).length,
  };
}
