/** Which texts of a feature are wrong, and how many values they are. */

import type { AnomalyType } from '../artifact/anomalies';
import type { SchemaFeature } from '../artifact/data-schema';
import { parseFloat32, parseInt64 } from './checks/label-numbers';
import type { FeatureView } from './statistics-view';

/** Texts by code points, and how many values they are together. */
export type OffendingLabels = { readonly labels: readonly string[]; readonly count: number };

/** The texts that a list lacks. */
export function unlistedLabels(listed: readonly string[], view: FeatureView): OffendingLabels {
  const known = new Set(listed);
  return labelsWhere(view, (label) => !known.has(label));
}

/** The texts that are no number or no truth value although they must be; undefined for findings of other kinds. */
export function oddLabels(type: AnomalyType, feature: SchemaFeature, view: FeatureView): OffendingLabels | undefined {
  switch (type) {
    case 'INT_TYPE_NOT_INT_STRING':
      return labelsWhere(view, (label) => parseInt64(label) === undefined);
    case 'FLOAT_TYPE_STRING_NOT_FLOAT':
      return labelsWhere(view, (label) => parseFloat32(label) === undefined);
    case 'BOOL_TYPE_UNEXPECTED_STRING': {
      const { trueValue, falseValue } = feature.boolDomain ?? {};
      return labelsWhere(view, (label) => label !== trueValue && label !== falseValue);
    }
    default:
      return undefined;
  }
}

/** The texts that fulfil a condition. */
export function labelsWhere(view: FeatureView, isWanted: (label: string) => boolean): OffendingLabels {
  const found = [...view.labels].filter(([label]) => isWanted(label));
  return { labels: found.map(([label]) => label), count: found.reduce((sum, [, count]) => sum + count, 0) };
}
