/** What the data screens say of artifacts: a dataset is Examples with what was made of it, whose members belong together. */

import * as z from 'zod';

import { zPipelineId, zRunId } from '../ids';
import { ARTIFACT_TYPES, zArtifactRef } from './artifact';

/** An artifact and where it came from. */
export const zDataArtifact = zArtifactRef.extend({
  type: z.enum(ARTIFACT_TYPES),
  /** The run that made it; later runs may have reused it. */
  run: z.object({ id: zRunId, number: z.number().int() }),
  pipeline: z.object({ id: zPipelineId, name: z.string() }),
  node: z.string(),
  component: z.string(),
  port: z.string(),
  /** How long the step took that made it, in ms. */
  tookMs: z.number(),
  /** ISO 8601 in UTC. */
  createdAt: z.string(),
});
/** See {@link zDataArtifact}. */
export type DataArtifact = z.infer<typeof zDataArtifact>;

/** An artifact with its relatives: those it was made from, and those made from it, the newest of each type. */
export const zDataFamily = z.object({
  artifact: zDataArtifact,
  /** The artifact itself under its own type; a type of which there is no relative is left out. */
  members: z.partialRecord(z.enum(ARTIFACT_TYPES), zDataArtifact),
  /** Artifacts of the same port of the same node, this one among them, newest first. */
  ofNode: z.array(zDataArtifact),
});
/** See {@link zDataFamily}. */
export type DataFamily = z.infer<typeof zDataFamily>;

/** A dataset in the list: the newest Examples of a node and what was made of them. */
export const zDataset = z.object({
  examples: zDataArtifact,
  statistics: zDataArtifact.optional(),
  schema: zDataArtifact.optional(),
  anomalies: zDataArtifact.optional(),
});
/** See {@link zDataset}. */
export type Dataset = z.infer<typeof zDataset>;
