/** Artifacts as they were published: rows in, domain values out. Reads only; `publish` alone writes them. */

import { and, desc, eq, like } from 'drizzle-orm';

import type { ArtifactProperties } from '../../lib/artifact/artifact';
import { AppError } from '../../lib/errors';
import { zArtifactId, zRunId, type ArtifactId, type RunId } from '../../lib/ids';
import type { Executor } from '../db/client';
import { artifacts, executions, pipelines, type ArtifactFile } from '../db/schema/index';

/** An artifact and where it came from. */
export type StoredArtifact = {
  readonly id: ArtifactId;
  readonly type: string;
  readonly digest: string;
  /** Its folder, relative to the artifact store. */
  readonly uri: string;
  readonly sizeBytes: number;
  readonly properties: ArtifactProperties;
  readonly files: readonly ArtifactFile[];
  readonly state: 'live' | 'missing' | 'damaged';
  /** The run, node and port that made it; later runs may have reused it. */
  readonly runId: RunId;
  readonly pipeline: string;
  readonly node: string;
  readonly port: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
};

/** Which artifacts to list. */
export type ListArtifactsOptions = {
  readonly type?: string | undefined;
  /** Only those of this pipeline, by name. */
  readonly pipeline?: string | undefined;
  /** At most so many. Default 100, at most 1,000. */
  readonly limit?: number | undefined;
};

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** Artifacts, newest first. */
export async function listArtifacts(
  db: Executor,
  options: ListArtifactsOptions = {},
): Promise<readonly StoredArtifact[]> {
  const rows = await select(db)
    .where(
      and(
        options.type === undefined ? undefined : eq(artifacts.type, options.type),
        options.pipeline === undefined ? undefined : eq(pipelines.name, options.pipeline),
      ),
    )
    .orderBy(desc(artifacts.createdAt), desc(artifacts.id))
    .limit(Math.min(options.limit ?? DEFAULT_LIMIT, MAX_LIMIT));
  return rows.map(toStored);
}

/** At least so many digits of a digest or letters of an id name an artifact for certain. */
const SHORTEST_DIGEST = 6;

/**
 * The artifact that a person names by its id or by a beginning of its digest of 6 digits or more; of several with the
 * same digest the newest, since their files are equal. Throws `not-found`, and `invalid-input` where several digests
 * begin so.
 */
export async function requireArtifact(db: Executor, name: string): Promise<StoredArtifact> {
  const isDigest = name.length >= SHORTEST_DIGEST && /^[0-9a-f]{1,64}$/.test(name);
  const rows = await select(db)
    .where(isDigest ? like(artifacts.digest, `${name}%`) : eq(artifacts.id, name))
    .orderBy(desc(artifacts.createdAt), desc(artifacts.id))
    .limit(MAX_LIMIT);
  const [row] = rows;
  if (row === undefined)
    throw new AppError('not-found', `There is no artifact "${name}".`, {
      nextStep: `Name it by its id, as "artifacts list" shows it, or by the first ${SHORTEST_DIGEST} digits of its digest.`,
    });
  if (rows.some((other) => other.digest !== row.digest))
    throw new AppError('invalid-input', `More than one artifact has a digest that begins with "${name}".`, {
      nextStep: 'Give more digits, or the id.',
    });
  return toStored(row);
}

/** The artifact with an id, or undefined. */
export async function findArtifact(db: Executor, id: ArtifactId): Promise<StoredArtifact | undefined> {
  const [row] = await select(db).where(eq(artifacts.id, id));
  return row === undefined ? undefined : toStored(row);
}

function select(db: Executor) {
  return db
    .select({
      id: artifacts.id,
      type: artifacts.type,
      digest: artifacts.digest,
      uri: artifacts.uri,
      sizeBytes: artifacts.sizeBytes,
      properties: artifacts.properties,
      files: artifacts.files,
      state: artifacts.state,
      runId: executions.runId,
      pipeline: pipelines.name,
      node: executions.nodeId,
      port: artifacts.port,
      createdAt: artifacts.createdAt,
    })
    .from(artifacts)
    .innerJoin(executions, eq(executions.id, artifacts.executionId))
    .innerJoin(pipelines, eq(pipelines.id, executions.pipelineId));
}

type Row = Awaited<ReturnType<typeof select>>[number];

function toStored({ id, runId, createdAt, ...rest }: Row): StoredArtifact {
  return { ...rest, id: zArtifactId.parse(id), runId: zRunId.parse(runId), createdAt: createdAt.toISOString() };
}
