/** TFDV's `update_schema`: the schema with every change that the data ask for. */

import { type DataSchema, type SchemaFeature, isRequired, withDomain } from '../artifact/data-schema';
import type { StatisticsList } from '../artifact/statistics';
import { type CheckContext, type FeatureFinding, checkFeature } from './checks/feature-check';
import { INFERENCE_DEFAULTS, withNewFeature } from './infer-schema';
import { DatasetView, type FeatureView, requireDataset } from './statistics-view';

/** How a schema is updated. */
export type UpdateOptions = {
  /** The environment that the data come from. Default: none, so that every feature counts. */
  readonly environment?: string | undefined;
  /** New texts with more different values get no domain. Default 100. */
  readonly maxStringDomainSize?: number;
  /** Serialised paths of the features to look at; the others stay as they are. Default: all. */
  readonly paths?: ReadonlySet<string>;
};

/**
 * Applies the fix of every anomaly, feature by feature; afterwards the same statistics validate without anomalies.
 * New features get a `value_count`, never a `shape`: so does TFDV, whatever its option says. Features that are asked for
 * and have no statistics become DEPRECATED. Throws as {@link requireDataset} and {@link DatasetView} do.
 */
export function updateSchema(schema: DataSchema, statistics: StatisticsList, options: UpdateOptions = {}): DataSchema {
  const { environment, paths, maxStringDomainSize = INFERENCE_DEFAULTS.maxStringDomainSize } = options;
  const considered = new DatasetView(requireDataset(statistics)).features;
  const views = considered.filter(({ path }) => paths?.has(path) ?? true);
  const updated = views.reduce((current, view) => {
    const index = indexOfFeature(current, view.name);
    if (index !== -1) return withFinding(current, index, findingOf(current, index, { view, environment }));
    if (isComposite(current, view.name)) return current;
    return withNewFeature(current, view, { inferFeatureShape: false, maxStringDomainSize });
  }, schema);
  const missing = new Set(missingFeatures(updated, considered, environment).filter((name) => paths?.has(name) ?? true));
  const feature = updated.feature.map((each): SchemaFeature =>
    missing.has(each.name ?? '') ? { ...each, lifecycleStage: 'DEPRECATED' } : each,
  );
  return missing.size === 0 ? updated : { ...updated, feature };
}

/** Place of the first feature with a name; -1 where there is none. */
export function indexOfFeature(schema: DataSchema, name: string): number {
  return schema.feature.findIndex((feature) => (feature.name ?? '') === name);
}

/** True where a sparse or weighted feature has the name: its statistics are none of a column. */
export function isComposite(schema: DataSchema, name: string): boolean {
  return [...schema.sparseFeature, ...schema.weightedFeature].some((feature) => feature.name === name);
}

/** Names of the features that are asked for and have no statistics. */
export function missingFeatures(
  schema: DataSchema,
  views: readonly FeatureView[],
  environment: string | undefined,
): readonly string[] {
  const present = new Set(views.map(({ name }) => name));
  return schema.feature
    .filter((feature) => isRequired(feature, schema, environment) && !present.has(feature.name ?? ''))
    .map(({ name }) => name ?? '');
}

/** Checks the feature at a place. */
export function findingOf(
  schema: DataSchema,
  index: number,
  where: Omit<CheckContext, 'schema'>,
): FeatureFinding | undefined {
  const feature = schema.feature[index];
  return feature && checkFeature(feature, { ...where, schema });
}

function withFinding(schema: DataSchema, index: number, finding: FeatureFinding | undefined): DataSchema {
  if (finding === undefined) return schema;
  const { stringDomain, removedDomain } = finding;
  const feature = schema.feature
    .with(index, finding.feature)
    .map((each) => (removedDomain !== undefined && each.domain === removedDomain ? withDomain(each) : each));
  const domains = schema.stringDomain
    .filter(({ name }) => removedDomain === undefined || name !== removedDomain)
    .map((domain) => (stringDomain !== undefined && domain.name === stringDomain.name ? stringDomain : domain));
  return { ...schema, feature, stringDomain: domains };
}
