/**
 * The files of curated schemas, `<data>/schemas/<pipeline>/<node>/v<N>/schema.pbtxt`: what ImportSchemaGen reads. A file is
 * written once and read-only; it holds the text of its row, which is the truth.
 */

import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { SCHEMA_FILE } from '../../lib/artifact/data-schema';
import type { SchemaNode } from '../../lib/artifact/schema-version';
import { AppError } from '../../lib/errors';

/** A version: whose it is, and its number. */
export type VersionAddress = SchemaNode & { readonly number: number };

const READ_ONLY = 0o444;
const PRIVATE = 0o700;

/** Absolute path of a version's file. */
export function schemaVersionFile(schemasFolder: string, { pipelineId, nodeId, number }: VersionAddress): string {
  return path.join(schemasFolder, pipelineId, nodeId, `v${number}`, SCHEMA_FILE);
}

/** The node and number of a version by its file; undefined for any other file, also one of another pipeline. */
export function findVersionOfFile(
  schemasFolder: string,
  pipelineId: SchemaNode['pipelineId'],
  file: string,
): { readonly nodeId: string; readonly number: number } | undefined {
  const steps = path.relative(path.join(schemasFolder, pipelineId), file).split(path.sep);
  const [nodeId, folder, name, ...more] = steps;
  const number = /^v([1-9]\d*)$/.exec(folder ?? '')?.[1];
  if (nodeId === undefined || nodeId === '..' || number === undefined || name !== SCHEMA_FILE || more.length > 0)
    return undefined;
  return { nodeId, number: Number(number) };
}

/** Writes a version's file: whole or not at all, and not to be changed. Returns its path. */
export async function writeSchemaVersion(
  schemasFolder: string,
  address: VersionAddress,
  text: string,
): Promise<string> {
  const file = schemaVersionFile(schemasFolder, address);
  const draft = path.join(path.dirname(file), `.tmp-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: PRIVATE });
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(draft, READ_ONLY);
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new AppError('storage-denied', `The schema file ${file} cannot be written.`, {
      nextStep: 'Check the free space and the permissions of the data folder; nothing was changed.',
      cause,
    });
  }
  return file;
}
