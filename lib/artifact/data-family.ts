/** What the data screens say of artifacts: a dataset is Examples with what was made of it, whose members belong together. */

import * as z from 'zod';

import { zPipelineId, zRunId } from '../ids';
import { ARTIFACT_TYPES, zArtifactRef } from './artifact';

/** A run of a pipeline, as a place where an artifact is. */
const zSeenIn = z.object({
  run: z.object({ id: zRunId, number: z.number().int() }),
  pipeline: z.object({ id: zPipelineId, name: z.string() }),
});

/** An artifact and where it came from. */
export const zDataArtifact = zArtifactRef.extend({
  type: z.enum(ARTIFACT_TYPES),
  /** Run, pipeline and node that made it; where `madeIn` is there, those that reused it and that it is seen from. */
  ...zSeenIn.shape,
  node: z.string(),
  /** The run of another pipeline, or of another node, that made what this one reused. */
  madeIn: zSeenIn.optional(),
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
  /** The run that the family is seen from: members are those of this run alone. */
  seenFrom: zRunId.optional(),
  /** Other pipelines that reused the artifact, each with its newest run that did. */
  reusedBy: z.array(zSeenIn),
});
/** See {@link zDataFamily}. */
export type DataFamily = z.infer<typeof zDataFamily>;

/** See {@link zDataArtifact}. */
export type SeenIn = z.infer<typeof zSeenIn>;

/** A dataset in the list: the newest Examples of a node and what was made of them. */
export const zDataset = z.object({
  examples: zDataArtifact,
  statistics: zDataArtifact.optional(),
  schema: zDataArtifact.optional(),
  anomalies: zDataArtifact.optional(),
});
/** See {@link zDataset}. */
export type Dataset = z.infer<typeof zDataset>;
