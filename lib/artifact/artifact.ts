/** Artifacts: immutable, typed outputs with a digest, a place and properties. Types carry TFX's names. */

import * as z from 'zod';

import { zArtifactId } from '../ids';

/** The closed union of artifact types that a shipped component makes or takes. Grows with the catalog. */
export const ARTIFACT_TYPES = [
  'Examples',
  'ExampleStatistics',
  'Schema',
  'ExampleAnomalies',
  'TransformGraph',
  'Model',
  'ModelRun',
  'ModelEvaluation',
  'ModelBlessing',
  'PushedModel',
] as const;
/** One of {@link ARTIFACT_TYPES}. */
export type ArtifactType = (typeof ARTIFACT_TYPES)[number];

/** SHA-256 over an artifact's files (names and bytes), as 64 lower-case hex digits. */
export const zDigest = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What an artifact says of itself beside its files, named as TFX names it where TFX has it:
 * `splitNames`, `span`, and our own counts (`rows`, `columns`, `features`, by split where that applies).
 */
export const zArtifactProperties = z.record(z.string(), z.json());
/** See {@link zArtifactProperties}. */
export type ArtifactProperties = z.infer<typeof zArtifactProperties>;

/** A reference to a stored artifact: enough to show it, to find its files and to key on it. */
export const zArtifactRef = z.object({
  id: zArtifactId,
  type: z.string(),
  digest: zDigest,
  /** The folder that holds the files, relative to the artifact store. */
  uri: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  properties: zArtifactProperties,
});
/** See {@link zArtifactRef}. */
export type ArtifactRef = z.infer<typeof zArtifactRef>;

/** The folder of one split inside an artifact, as TFX names it: `Split-train`. */
export function splitFolder(split: string): string {
  return `Split-${split}`;
}
