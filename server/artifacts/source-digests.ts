/**
 * The files outside the store that a node reads, by name and digest: part of what makes two node runs the same. A file
 * is read once and then known by size, time and inode, so that a plan over large files costs a look at each.
 */

import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import type { ComponentSpec, SourceFiles } from '../../lib/catalog/component-spec';
import { AppError } from '../../lib/errors';
import { formatJsonPath } from '../../lib/json/json-path';
import type { SourceDigests } from '../../lib/pipeline/cache-key';
import type { Executor } from '../db/client';
import { findSourceFiles } from '../storage/source-files';
import { digestFile, identityOf, isSameFile, type FileIdentity } from './digest-file';
import { findRememberedFiles, rememberFiles, type RememberedFile } from './source-file-repository';

/** Which node's files are asked for. */
export type SourceRequest = {
  readonly spec: ComponentSpec;
  /** The node's id, for messages. */
  readonly node: string;
  /** Parameters after `$param`; they must satisfy the spec. */
  readonly params: { readonly [name: string]: unknown };
  /** Where relative paths start. Absolute. */
  readonly baseFolder: string;
};

/**
 * A file changed this shortly before it was read is not remembered: another change within the same tick of the file
 * system's clock would go unseen. In ms.
 */
const SETTLED_AFTER_MS = 100;

/** How many files are read at the same time. */
const PARALLEL_READS = 4;

/**
 * Digests of a node's source files; empty where it reads none. Throws an `AppError` that names the node and the
 * parameter (`path`) when a file is not there, cannot be read, or changes while it is read.
 */
export async function digestSources(db: Executor, request: SourceRequest): Promise<SourceDigests> {
  const digests: Record<string, Record<string, string>> = {};
  await eachSource(request, async (source, base) => {
    digests[source.param] = await digestFiles(db, await listFiles(source, base));
  });
  return digests;
}

/** Throws as {@link digestSources} when a file is not there, without reading any. */
export async function checkSources(request: SourceRequest): Promise<void> {
  await eachSource(request, async (source, base) => {
    await listFiles(source, base);
  });
}

/** Calls `work` for each source with its absolute base; what it throws gets the node and the parameter. */
async function eachSource(
  { spec, node, params, baseFolder }: SourceRequest,
  work: (source: SourceFiles, base: string) => Promise<void>,
): Promise<void> {
  for (const source of spec.sources?.(spec.params.parse(params)) ?? []) {
    const base = path.resolve(baseFolder, source.base);
    try {
      await work(source, base);
    } catch (error) {
      throw describeTrouble(error, { node, path: formatJsonPath(['nodes', node, 'params', source.param]) }, base);
    }
  }
}

async function digestFiles(db: Executor, files: ReadonlyMap<string, string>): Promise<Record<string, string>> {
  const paths = [...files.values()];
  const identities = new Map<string, FileIdentity>();
  for (const place of paths) identities.set(place, identityOf(await stat(place, { bigint: true })));
  const remembered = await findRememberedFiles(db, paths);
  const digests = new Map<string, string>();
  const unread: string[] = [];
  for (const [place, identity] of identities) {
    const known = remembered.get(place);
    if (known !== undefined && isSameFile(known, identity)) digests.set(place, known.digest);
    else unread.push(place);
  }
  const settled: RememberedFile[] = [];
  const readNext = async (): Promise<void> => {
    for (let place = unread.pop(); place !== undefined; place = unread.pop()) {
      const startedAtMs = Date.now();
      const file = await digestFile(place);
      digests.set(place, file.digest);
      if (startedAtMs - Number(BigInt(file.modifiedNs) / 1_000_000n) > SETTLED_AFTER_MS)
        settled.push({ path: place, ...file });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_READS }, readNext));
  await rememberFiles(db, settled);
  return Object.fromEntries([...files].map(([name, place]) => [name, digests.get(place) ?? '']));
}

/** Name below the parameter's folder → real path, in code-unit order of the names. */
async function listFiles(source: SourceFiles, base: string): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const pattern of source.patterns)
    for (const file of await findSourceFiles(base, pattern)) names.set(file.name, await realpath(file.path));
  if (names.size === 0)
    throw new AppError('not-found', `No file in ${base} matches ${source.patterns.join(' or ')}.`, {
      nextStep: 'Hidden files and files in sub-folders are not matched by "*".',
    });
  return new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function describeTrouble(error: unknown, place: { node: string; path: string }, base: string): AppError {
  // A sentence that says "not there" may come from one of several reasons of the file system; the code knows.
  switch (codeOf(error) ?? codeOf(error instanceof AppError ? error.cause : undefined)) {
    case 'EACCES':
    case 'EPERM':
      return new AppError('forbidden', `${base} may not be read.`, { ...place, cause: error });
    case 'ELOOP':
      return new AppError('not-found', `${base} is a symbolic link that leads to itself.`, { ...place, cause: error });
    default:
  }
  if (error instanceof AppError)
    return new AppError(error.code, error.message, { ...place, nextStep: error.nextStep, cause: error.cause });
  switch (codeOf(error)) {
    case 'EISDIR':
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('not-found', `There is no file ${base}.`, { ...place, cause: error });
    case undefined:
      throw error;
    default:
      return new AppError('unavailable', `${base} cannot be read (${codeOf(error) ?? ''}).`, {
        ...place,
        cause: error,
      });
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && !(error instanceof AppError)
    ? error.code
    : undefined;
}
