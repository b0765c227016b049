/** Loosens the rule of a schema that data broke, where `update_schema` would take the data for the rule. */

import type { Remedy } from '../artifact/anomaly-remedy';
import { type DataSchema, type SchemaFeature, withDomain } from '../artifact/data-schema';
import { replaceFeature } from '../artifact/schema-edit';
import { domainValues } from '../artifact/schema-words';
import type { StatisticsList } from '../artifact/statistics';
import { unlistedLabels } from './offending-labels';
import { DatasetView, type FeatureView, requireDataset } from './statistics-view';
import { indexOfFeature } from './update-schema';

/** What is loosened, and for whom. */
export type RelaxOptions = {
  readonly remedy: Remedy;
  /** Serialised paths of the features. */
  readonly paths: ReadonlySet<string>;
  readonly environment?: string | undefined;
};

/** The schema with a looser rule for some features. What needs no loosening stays as it is, and so does all with `update`. */
export function relaxSchema(schema: DataSchema, statistics: StatisticsList, options: RelaxOptions): DataSchema {
  const views = new DatasetView(requireDataset(statistics)).features;
  return [...options.paths].reduce((current, path) => {
    const view = views.find((each) => each.path === path);
    const index = indexOfFeature(current, view?.name ?? path);
    const feature = current.feature[index];
    if (feature === undefined) return current;
    return replaceFeature(current, index, relaxed(feature, { schema: current, view, options }));
  }, schema);
}

type Place = {
  readonly schema: DataSchema;
  /** Undefined where the data do not have the feature. */
  readonly view: FeatureView | undefined;
  readonly options: RelaxOptions;
};

function relaxed(feature: SchemaFeature, { schema, view, options }: Place): SchemaFeature {
  switch (options.remedy) {
    case 'update':
      return feature;
    case 'unlisted': {
      const minDomainMass = view && listedMass(domainValues(feature, schema), view);
      if (minDomainMass === undefined) return feature;
      const before = feature.distributionConstraints?.minDomainMass ?? 1;
      return { ...feature, distributionConstraints: { minDomainMass: Math.min(before, minDomainMass) } };
    }
    case 'anyValue':
      return { ...withDomain(feature), distributionConstraints: undefined };
    case 'optional':
      return { ...withoutShape(feature), presence: { minFraction: 0, minCount: 0 } };
    case 'elsewhere':
      return withoutEnvironment(feature, options.environment);
    case 'retype':
      return view === undefined || view.featureType === feature.type
        ? feature
        : { ...withDomain(feature), distributionConstraints: undefined, type: view.featureType };
  }
}

const THOUSAND = 1_000;

/** The greatest share, in thousandths, that these data reach; undefined without a list or without values. */
function listedMass(list: readonly string[] | undefined, view: FeatureView): number | undefined {
  const total = view.totalValues;
  if (list === undefined || total === 0) return undefined;
  const off = unlistedLabels(list, view).count / total;
  let thousandths = Math.floor((1 - off) * THOUSAND);
  // As the check of the validator has it: 1 − 0.9 is a little less than 0.1.
  while (thousandths > 0 && off > 1 - thousandths / THOUSAND) thousandths--;
  return thousandths / THOUSAND;
}

/** A shape asks for a value in every example: the same number of values, where there are any, is what remains of it. */
function withoutShape(feature: SchemaFeature): SchemaFeature {
  const { shape } = feature;
  if (shape === undefined) return feature;
  const size = shape.dim.reduce((product, dim) => product * (dim.size ?? 1), 1);
  return { ...feature, shape: undefined, valueCount: { min: size, max: size } };
}

function withoutEnvironment(feature: SchemaFeature, environment: string | undefined): SchemaFeature {
  if (environment === undefined || feature.notInEnvironment.includes(environment)) return feature;
  return {
    ...feature,
    inEnvironment: feature.inEnvironment.filter((name) => name !== environment),
    notInEnvironment: [...feature.notInEnvironment, environment],
  };
}
