/** TFDV's `infer_schema`: the strictest schema that the statistics fit. */

import { type DataSchema, EMPTY_SCHEMA } from '../artifact/data-schema';
import type { StatisticsList } from '../artifact/statistics';
import { type InferenceOptions, newFeature } from './checks/new-feature';
import { DatasetView, type FeatureView, requireDataset } from './statistics-view';

/** TFDV's defaults. */
export const INFERENCE_DEFAULTS: InferenceOptions = { inferFeatureShape: true, maxStringDomainSize: 100 };

/**
 * The schema of the statistics: of the only dataset, or of the slice "All Examples".
 * Throws `invalid-input` where there are several datasets without it, `unsupported` for structs.
 */
export function inferSchema(statistics: StatisticsList, options: Partial<InferenceOptions> = {}): DataSchema {
  const { features } = new DatasetView(requireDataset(statistics));
  const settings = { ...INFERENCE_DEFAULTS, ...options };
  return features.reduce((schema, view) => withNewFeature(schema, view, settings), EMPTY_SCHEMA);
}

/** The schema with a feature that it did not know. */
export function withNewFeature(schema: DataSchema, view: FeatureView, options: InferenceOptions): DataSchema {
  const names = new Set(schema.stringDomain.map(({ name }) => name));
  const { feature, stringDomain } = newFeature(view, options, names);
  return {
    ...schema,
    feature: [...schema.feature, feature],
    stringDomain: stringDomain === undefined ? schema.stringDomain : [...schema.stringDomain, stringDomain],
  };
}
