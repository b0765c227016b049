/** Opens a file of an artifact to be handed out: only one that was recorded when the artifact was published. */

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';

import { AppError } from '../../lib/errors';
import type { Executor } from '../db/client';
import { findArtifactFolder } from '../query/artifact-files';
import { requireArtifact } from './artifact-repository';

/** Where to look. */
export type ArtifactFileRequest = {
  /** Root of the artifact store. Absolute. */
  readonly store: string;
  readonly artifactId: string;
  /** Path inside the artifact, with `/`. */
  readonly file: string;
};

/** A file on its way out. */
export type OpenedFile = {
  readonly stream: ReadableStream<Uint8Array>;
  readonly sizeBytes: number;
  /** A name for the person's disk, made of plain letters: `Chicago_taxi_trips-statistics-run-47-train-FeatureStats.pb`. */
  readonly downloadName: string;
};

/** Opens the file. Throws `not-found` where the artifact has no such file, `artifact-missing` where it is not on disk. */
export async function openArtifactFile(db: Executor, request: ArtifactFileRequest): Promise<OpenedFile> {
  const { store, artifactId, file } = request;
  const artifact = await requireArtifact(db, artifactId);
  // Paths come from the record, never from the request: nothing can be climbed with.
  const recorded = artifact.files.find((one) => one.path === file);
  if (recorded === undefined) throw new AppError('not-found', `The artifact has no file "${file}".`);
  const folder = await findArtifactFolder(store, artifact.uri);
  // A link that was put in a file's place would lead out of the store.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
  const handle = await open(path.join(folder, ...recorded.path.split('/')), flags).catch((cause: unknown) => {
    throw new AppError('artifact-missing', `The file ${recorded.path} is not on disk.`, {
      nextStep: 'Run the pipeline again: what is missing is made anew.',
      cause,
    });
  });
  const { size } = await handle.stat();
  return {
    stream: Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>,
    sizeBytes: size,
    downloadName: plainName([artifact.pipeline, artifact.node, recorded.path.replace(/^Split-/, '')].join('-')),
  };
}

/** Letters, digits and a few signs: what every disk and every header takes. */
function plainName(text: string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(-180);
  return plain.replace(/^[._]+/, '') || 'file';
}
