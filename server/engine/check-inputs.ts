/** Are the files of an artifact as they were published? Cheap where nothing hints at a change, certain where it does. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import type { DigestedFile } from '../../lib/artifact/artifact-digest';
import { AppError } from '../../lib/errors';
import { findDamage } from '../artifacts/find-damage';

/** A published artifact, as far as the check needs it. */
export type CheckedArtifact = {
  readonly id: string;
  readonly type: string;
  /** Absolute. */
  readonly folder: string;
  readonly files: readonly DigestedFile[];
  /** When it was published, in ms since 1970. */
  readonly publishedAtMs: number;
};

/** What is wrong with an artifact, or undefined: as a plan finds it, so that a plan and its run agree. */
export async function findDamageOf(artifact: CheckedArtifact): Promise<'missing' | 'damaged' | undefined> {
  const damage = await findDamage(artifact);
  return damage === 'changed' ? 'damaged' : damage;
}

/** The sentence and the way on for a damaged input. */
export function damageError(artifact: CheckedArtifact, damage: 'missing' | 'damaged'): AppError {
  const [code, what] =
    damage === 'missing'
      ? (['artifact-missing', 'is no longer on disk'] as const)
      : (['artifact-damaged', 'was changed on disk after it was published'] as const);
  return new AppError(code, `The input ${artifact.type} (${artifact.id}) ${what}.`, {
    nextStep: 'Start a new run: it makes this artifact again.',
  });
}

/** SHA-256 of a file's bytes, as 64 hex digits. */
export async function digestOfFile(place: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(place, { highWaterMark: 1_048_576 }), hash);
  return hash.digest('hex');
}
