/** The counts that artifacts carry among their properties. */

import * as z from 'zod';

import type { ArtifactRef } from './artifact';

type Counted = Pick<ArtifactRef, 'properties'>;

const zCount = z.number().int().nonnegative();

function count({ properties }: Counted, name: string): number | undefined {
  return zCount.safeParse(properties[name]).data;
}

/** Rows of Examples, all splits together. Undefined where the artifact does not say. */
export function rowCount(artifact: Counted): number | undefined {
  return count(artifact, 'rowCount');
}

/** Features of Examples, statistics or a schema. Undefined where the artifact does not say. */
export function featureCount(artifact: Counted): number | undefined {
  return count(artifact, 'featureCount');
}

/** Features with anomalies, counted in each split. Undefined where the artifact does not say. */
export function anomalyCount(artifact: Counted): number | undefined {
  return count(artifact, 'anomalyCount');
}
