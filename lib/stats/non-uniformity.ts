import type { FeatureStatistics } from '../artifact/statistics';

/**
 * How unevenly a feature's values are spread, from 0 (even) to 1 (all in one bucket): one less the normalised entropy
 * −Σ p ln p ÷ ln n that Facets Overview sorts by, over the STANDARD histogram of numbers or the ranked values of texts.
 * Undefined without values.
 */
export function nonUniformity(feature: FeatureStatistics): number | undefined {
  const counts = (
    feature.numStats?.histograms.find(({ type }) => type === 'STANDARD')?.buckets ??
    feature.stringStats?.rankHistogram?.buckets ??
    []
  ).map(({ sampleCount }) => sampleCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return undefined;
  if (counts.length < 2) return 1;
  const entropy = counts.reduce((sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum), 0);
  return 1 - entropy / Math.log(counts.length);
}
