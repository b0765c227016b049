/** Are the files of an artifact as they were published? Cheap where nothing hints at a change, certain where it does. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { DigestedFile } from '../../lib/artifact/artifact-digest';
import { AppError } from '../../lib/errors';

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

/** Clocks of a file system and of a database need not agree to the millisecond. */
const CLOCK_TOLERANCE_MS = 2_000;

/**
 * What is wrong with an artifact, or undefined. Existence and size of every file are always looked at; the bytes are
 * read again where a file was touched after the artifact was published.
 */
export async function findDamageOf(artifact: CheckedArtifact): Promise<'missing' | 'damaged' | undefined> {
  if (artifact.files.length === 0) return (await stat(artifact.folder).catch(() => undefined)) ? undefined : 'missing';
  for (const file of artifact.files) {
    const place = path.join(artifact.folder, file.path);
    const found = await stat(place).catch(() => undefined);
    if (found === undefined) return 'missing';
    if (found.size !== file.sizeBytes) return 'damaged';
    const touched = found.mtimeMs > artifact.publishedAtMs + CLOCK_TOLERANCE_MS;
    if (touched && (await digestOfFile(place)) !== file.digest) return 'damaged';
  }
  return undefined;
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
