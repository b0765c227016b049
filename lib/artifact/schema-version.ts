/** Versions of a schema that people curate, and their decisions about anomalies: what the server keeps and screens show. */

import * as z from 'zod';

import { zArtifactId, zPipelineId } from '../ids';
import { zNodeId } from '../pipeline/pipeline';
import { zDigest } from './artifact';

/** What a version was made from: another version of the same node, an artifact, or nothing but a file. */
export const zSchemaOrigin = z.discriminatedUnion('type', [
  z.object({ type: z.literal('version'), number: z.number().int() }),
  z.object({ type: z.literal('artifact'), artifactId: zArtifactId }),
  z.object({ type: z.literal('file'), name: z.string().max(400) }),
]);
/** See {@link zSchemaOrigin}. */
export type SchemaOrigin = z.infer<typeof zSchemaOrigin>;

/** A version without its text. */
export const zSchemaVersion = z.object({
  /** From 1, in the order in which they were made. */
  number: z.number().int(),
  digest: zDigest,
  origin: zSchemaOrigin,
  note: z.string(),
  author: z.string(),
  featureCount: z.number().int(),
  /** ISO 8601 in UTC. */
  createdAt: z.string(),
});
/** See {@link zSchemaVersion}. */
export type SchemaVersion = z.infer<typeof zSchemaVersion>;

/** Whose versions they are: the node of a pipeline that the schema comes from. */
export const zSchemaNode = z.strictObject({ pipelineId: zPipelineId, nodeId: zNodeId });
/** See {@link zSchemaNode}. */
export type SchemaNode = z.infer<typeof zSchemaNode>;

/** Where the pipeline takes its schema from, as its document is being edited. */
export const zSchemaUse = z.discriminatedUnion('type', [
  /** SchemaGen infers it. */
  z.object({ type: z.literal('inferred') }),
  /** A version of this list. */
  z.object({ type: z.literal('version'), number: z.number().int() }),
  /** A file that people keep elsewhere. */
  z.object({ type: z.literal('file'), path: z.string() }),
  /** The node is there no longer, or is another component. */
  z.object({ type: z.literal('gone') }),
]);
/** See {@link zSchemaUse}. */
export type SchemaUse = z.infer<typeof zSchemaUse>;

/** Everything about the versions of a node's schema. */
export const zSchemaHistory = z.object({
  versions: z.array(zSchemaVersion),
  use: zSchemaUse,
  /** Counts the changes of the pipeline's document; a change says which one it goes out from. */
  revision: z.number().int(),
});
/** See {@link zSchemaHistory}. */
export type SchemaHistory = z.infer<typeof zSchemaHistory>;

/** What was found, as it is remembered with a decision. */
export const zDecidedAnomaly = z.object({
  /** Serialised path of the feature; empty for the dataset as a whole. */
  path: z.string(),
  shortDescription: z.string(),
  types: z.array(z.string()),
  splits: z.array(z.string()),
});
/** See {@link zDecidedAnomaly}. */
export type DecidedAnomaly = z.infer<typeof zDecidedAnomaly>;

/** A decision about an anomaly. */
export const zAnomalyDecision = z.object({
  id: z.number().int(),
  anomaly: zDecidedAnomaly,
  artifactId: zArtifactId,
  runNumber: z.number().int(),
  decision: z.literal('accepted'),
  schemaVersion: z.number().int(),
  author: z.string(),
  /** ISO 8601 in UTC. */
  createdAt: z.string(),
});
/** See {@link zAnomalyDecision}. */
export type AnomalyDecision = z.infer<typeof zAnomalyDecision>;
