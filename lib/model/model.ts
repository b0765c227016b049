/**
 * Registered models: versions counted from 1, names that people give to versions, and what screens and the command line
 * say of them.
 */

import * as z from 'zod';

import { zArtifactId, zExecutionId, zModelId, zPipelineId, zRunId, zVersionId } from '../ids';

/** How a version passed the gate: `blessed` by its evaluation, or `none`: no blessing was wired. */
export const zVersionGate = z.enum(['blessed', 'none']);
/** See {@link zVersionGate}. */
export type VersionGate = z.infer<typeof zVersionGate>;

/** Metrics over all rows by TFMA's names. */
export const zMetricValues = z.record(z.string(), z.number());
/** See {@link zMetricValues}. */
export type MetricValues = z.infer<typeof zMetricValues>;

/** A name that points to one version of a model: letters, digits, `_`, `-` and `.`; not a number, which is a version's own. */
export const zAlias = z
  .string()
  .max(60, 'an alias has at most 60 characters')
  .regex(/^[A-Za-z][A-Za-z0-9_.-]*$/, 'an alias begins with a letter and has letters, digits, "_", "-" and "."');

/** Names that are offered first. */
export const USUAL_ALIASES = ['champion', 'challenger'] as const;

/** An artifact, as far as a link needs it. */
const zLinked = z.object({ id: zArtifactId, type: z.string() });

/** A version of a registered model. */
export const zModelVersion = z.object({
  id: zVersionId,
  modelId: zModelId,
  /** Counted from 1. */
  number: z.number().int(),
  aliases: z.array(z.string()),
  gate: zVersionGate,
  metrics: zMetricValues,
  sizeBytes: z.number().int(),
  /** Absolute folder of the pushed copy, and its last step. */
  destination: z.string(),
  pushedVersion: z.string(),
  /** The run that pushed it. */
  run: z.object({ id: zRunId, number: z.number().int() }),
  pipelineVersion: z.number().int(),
  node: z.string(),
  executionId: zExecutionId,
  pushedArtifactId: zArtifactId,
  modelArtifactId: zArtifactId,
  /** Digest of the model's files: equal for versions of the same bytes. */
  modelDigest: z.string(),
  evaluation: zLinked.nullable(),
  blessing: zLinked.nullable(),
  /** ISO 8601 in UTC. */
  createdAt: z.string(),
});
/** See {@link zModelVersion}. */
export type ModelVersion = z.infer<typeof zModelVersion>;

/** A registered model. */
export const zRegisteredModel = z.object({
  id: zModelId,
  /** That of its pipeline; `pipeline/node` where a pipeline pushes several models. */
  name: z.string(),
  pipeline: z.object({ id: zPipelineId, name: z.string() }),
  versionCount: z.number().int(),
});
/** See {@link zRegisteredModel}. */
export type RegisteredModel = z.infer<typeof zRegisteredModel>;

/** The rows that a version was trained on: the Examples nearest to the source files. */
export const zVersionData = z.object({
  artifactId: zArtifactId,
  node: z.string(),
  rows: z.number().int().nullable(),
});
/** See {@link zVersionData}. */
export type VersionData = z.infer<typeof zVersionData>;

/** A model in the list of all. */
export const zModelSummary = zRegisteredModel.extend({
  newest: zModelVersion,
  /** Every alias and the number of the version that it points to, by name. */
  aliases: z.array(z.object({ alias: z.string(), number: z.number().int() })),
});
/** See {@link zModelSummary}. */
export type ModelSummary = z.infer<typeof zModelSummary>;

/** One change of an alias. */
export const zAliasChange = z.object({
  id: z.number().int(),
  alias: z.string(),
  /** Number of the version before; null where the alias was new. */
  from: z.number().int().nullable(),
  /** Null where it was taken away. */
  to: z.number().int().nullable(),
  author: z.string(),
  note: z.string(),
  createdAt: z.string(),
});
/** See {@link zAliasChange}. */
export type AliasChange = z.infer<typeof zAliasChange>;

/** How a person names a version. */
export type VersionReference =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'number'; readonly model: string; readonly number: number }
  | { readonly kind: 'alias'; readonly model: string; readonly alias: string };

/** Reads `taxi@3`, `taxi@champion` or a version's id. Undefined where the text is none of them. */
export function parseVersionReference(text: string): VersionReference | undefined {
  if (zVersionId.safeParse(text).success) return { kind: 'id', id: text };
  const at = text.lastIndexOf('@');
  const model = text.slice(0, at);
  const which = text.slice(at + 1).replace(/^v(?=\d+$)/, '');
  if (at < 1 || which === '') return undefined;
  if (/^[1-9]\d{0,8}$/.test(which)) return { kind: 'number', model, number: Number(which) };
  return zAlias.safeParse(which).success ? { kind: 'alias', model, alias: which } : undefined;
}

/** A version as people write it: `taxi@3`. */
export function versionName(model: string, number: number): string {
  return `${model}@${number}`;
}

/** What an alias did, as a sentence without its full stop: `champion moved from v2 to v3`. */
export function aliasChangeWords({ alias, from, to }: Pick<AliasChange, 'alias' | 'from' | 'to'>): string {
  if (to === null) return from === null ? `${alias} was taken away` : `${alias} was taken away from v${from}`;
  if (from === null) return `v${to} became ${alias}`;
  return `${alias} moved from v${from} to v${to}`;
}
