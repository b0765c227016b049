/** TFDV's `validate_statistics`: what in the data does not fit the schema. */

import type { Anomalies, AnomalyInfo, AnomalyReason, AnomalySeverity, AnomalyType } from '../artifact/anomalies';
import type { DataSchema } from '../artifact/data-schema';
import type { StatisticsList } from '../artifact/statistics';
import { serializePath } from '../artifact/feature-path';
import { AppError } from '../errors';
import { reason } from './checks/finding';
import { compareCodePoints } from './ranking';
import { DatasetView, type FeatureView, requireDataset } from './statistics-view';
import { findingOf, indexOfFeature, isComposite, missingFeatures } from './update-schema';

/** How statistics are validated. */
export type ValidationOptions = {
  /** The environment that the data come from. Default: none, so that every feature is expected. */
  readonly environment?: string | undefined;
  /** Types that are no ERROR. */
  readonly severityOverrides?: { readonly [T in AnomalyType]?: AnomalySeverity };
};

/**
 * Compares statistics with a schema. Without any example nothing is compared, and `dataMissing` says so.
 * Throws `invalid-input` for an environment that is not among the schema's `default_environment`, and as
 * {@link requireDataset} and {@link DatasetView} do.
 */
export function validateStatistics(
  statistics: StatisticsList,
  schema: DataSchema,
  options: ValidationOptions = {},
): Anomalies {
  const { environment, severityOverrides = {} } = options;
  requireEnvironment(schema, environment);
  const dataset = requireDataset(statistics);
  if (dataset.numExamples === 0) return { baseline: schema, anomalyInfo: [], dataMissing: true, driftSkewInfo: [] };
  const { features } = new DatasetView(dataset);
  const found = [
    ...features.map((view) => ({ steps: view.steps, reasons: reasonsOf(schema, view, environment) })),
    ...missingFeatures(schema, features, environment).map((name) => ({ steps: [name], reasons: [MISSING] })),
  ];
  const anomalyInfo = found
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ steps, reasons }) => ({
      key: serializePath(steps),
      value: { ...anomalyInfoOf(reasons, severityOverrides), path: { step: steps } },
    }))
    .toSorted((a, b) => compareCodePoints(a.key, b.key));
  return { baseline: schema, anomalyInfo, anomalyNameFormat: 'SERIALIZED_PATH', driftSkewInfo: [] };
}

const MISSING = reason('SCHEMA_MISSING_COLUMN', 'Column dropped', 'Column is completely missing');
const NEW = reason('SCHEMA_NEW_COLUMN', 'New column', 'New column (column in data but not in schema)');

function requireEnvironment({ defaultEnvironment }: DataSchema, environment: string | undefined): void {
  if (environment === undefined || defaultEnvironment.includes(environment)) return;
  const known = defaultEnvironment.length === 0 ? 'It has none.' : `It has ${defaultEnvironment.join(', ')}.`;
  throw new AppError('invalid-input', `The environment ${environment} was not found in the schema. ${known}`, {
    nextStep: 'Choose one of them, leave the environment unset, or add it to default_environment of the schema.',
  });
}

function reasonsOf(schema: DataSchema, view: FeatureView, environment: string | undefined): readonly AnomalyReason[] {
  const index = indexOfFeature(schema, view.name);
  if (index === -1) return isComposite(schema, view.name) ? [] : [NEW];
  return findingOf(schema, index, { view, environment })?.reasons ?? [];
}

/** All reasons of one path; several complaints that the column is new are one. */
function anomalyInfoOf(
  reasons: readonly AnomalyReason[],
  overrides: NonNullable<ValidationOptions['severityOverrides']>,
): AnomalyInfo {
  const kept = reasons.every(({ type }) => type === 'SCHEMA_NEW_COLUMN') ? reasons.slice(0, 1) : reasons;
  const severities = kept.map(({ type }) => overrides[type] ?? 'ERROR');
  return {
    ...unified(kept),
    diffRegions: [],
    severity: severities.includes('ERROR') ? 'ERROR' : 'WARNING',
    reason: kept,
  };
}

/** Reasons without a long text give way to others; what is left is one text. */
function unified(reasons: readonly AnomalyReason[]): Pick<AnomalyInfo, 'shortDescription' | 'description'> {
  return reasons.reduce<Pick<AnomalyReason, 'shortDescription' | 'description'>>(
    (all, { shortDescription, description }) => {
      if (all.description === '') return { shortDescription, description };
      if (description === '') return all;
      return { shortDescription: 'Multiple errors', description: `${all.description} ${description}` };
    },
    { shortDescription: '', description: '' },
  );
}
