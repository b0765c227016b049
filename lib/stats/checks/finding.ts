/** What a check returns: the feature as it would have to be for the data to be right, and what was wrong. */

import type { AnomalyReason, AnomalyType } from '../../artifact/anomalies';
import type { SchemaFeature } from '../../artifact/data-schema';

/** The outcome of one check. Without reasons the feature is unchanged, but for silent repairs. */
export type Finding = { readonly feature: SchemaFeature; readonly reasons: readonly AnomalyReason[] };

/** Nothing is wrong. */
export function fine(feature: SchemaFeature): Finding {
  return { feature, reasons: [] };
}

/** A reason with its short and its long text. */
export function reason(type: AnomalyType, shortDescription: string, description = ''): AnomalyReason {
  return { type, shortDescription, description };
}
