/** Branded ids with readable prefixes. Randomness is passed in: `lib` makes none. */

import * as z from 'zod';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

function id<P extends string>(prefix: P) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{${LENGTH}}$`))
    .brand<P>();
}

/** Id of a pipeline (`pipe_…`). */
export const zPipelineId = id('pipe');
/** Id of a run (`run_…`). */
export const zRunId = id('run');
/** Id of an execution: one published outcome of one node in one run (`exec_…`). */
export const zExecutionId = id('exec');
/** Id of an artifact (`art_…`). */
export const zArtifactId = id('art');
/** Id of a worker process (`work_…`). */
export const zWorkerId = id('work');
/** Id of an upload: the files that a person brought at one time (`up_…`). */
export const zUploadId = id('up');

/** Id of a registered model: what versions are counted under (`model_…`). */
export const zModelId = id('model');
/** Id of a version of a registered model (`ver_…`). */
export const zVersionId = id('ver');

/** See {@link zPipelineId}. */
export type PipelineId = z.infer<typeof zPipelineId>;
/** See {@link zRunId}. */
export type RunId = z.infer<typeof zRunId>;
/** See {@link zExecutionId}. */
export type ExecutionId = z.infer<typeof zExecutionId>;
/** See {@link zArtifactId}. */
export type ArtifactId = z.infer<typeof zArtifactId>;
/** See {@link zWorkerId}. */
export type WorkerId = z.infer<typeof zWorkerId>;
/** See {@link zUploadId}. */
export type UploadId = z.infer<typeof zUploadId>;
/** See {@link zModelId}. */
export type ModelId = z.infer<typeof zModelId>;
/** See {@link zVersionId}. */
export type VersionId = z.infer<typeof zVersionId>;

/** The parsers by prefix, for {@link makeId}. */
const PARSERS = {
  pipe: zPipelineId,
  run: zRunId,
  exec: zExecutionId,
  art: zArtifactId,
  work: zWorkerId,
  up: zUploadId,
  model: zModelId,
  ver: zVersionId,
};
type Prefix = keyof typeof PARSERS;

/**
 * Makes an id from at least 16 random bytes: 80 bits in Crockford's base 32.
 * @example makeId('run', randomBytes(16)) // 'run_4f8k…'
 */
export function makeId<P extends Prefix>(prefix: P, random: Uint8Array): z.infer<(typeof PARSERS)[P]> {
  if (random.length < LENGTH) throw new Error(`makeId needs ${LENGTH} random bytes, got ${random.length}`);
  let text = `${prefix}_`;
  for (let i = 0; i < LENGTH; i++) text += ALPHABET[(random[i] ?? 0) & 31] ?? '';
  // The parser of a prefix returns the brand of that prefix; TypeScript cannot follow the lookup.
  return PARSERS[prefix].parse(text) as z.infer<(typeof PARSERS)[P]>;
}
