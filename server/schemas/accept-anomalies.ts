/** Accepting anomalies: the schema as the data would have it becomes its next version, which the pipeline uses. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Remedy } from '../../lib/artifact/anomaly-remedy';
import type { AnomalyItem } from '../../lib/artifact/anomaly-report';
import { SCHEMA_FILE } from '../../lib/artifact/data-schema';
import type { SchemaNode, SchemaOrigin } from '../../lib/artifact/schema-version';
import { AppError } from '../../lib/errors';
import { findArtifactFolder } from '../query/artifact-files';
import { askQueryProcess } from '../query/client';
import { anomalyFiles, loadAnomalyPlace, type AnomalyPlace } from './anomaly-place';
import type { AnomalyContext } from './load-anomalies';
import { findSchemaPlace, storeSchemaVersion, type SavedSchema } from './schema-history';
import { addDecisions, requireSchemaText } from './schema-version-repository';

/** What accepting needs beside the rooms of anomalies. */
export type AcceptContext = AnomalyContext & {
  /** Root of the artifact store. Absolute. */
  readonly artifactsFolder: string;
};

/** Anomalies that are to be accepted, by the serialised paths of their features. */
export type Acceptance = {
  readonly artifactId: string;
  /** The run that they are seen from, where it reused them. */
  readonly runId?: string | undefined;
  readonly paths: readonly string[];
  /** What is decided for all of them. Default `update`. */
  readonly remedy?: Remedy | undefined;
};

/** The schema before and after, and what a change of it goes out from. */
export type ProposedSchema = {
  readonly node: SchemaNode;
  readonly origin: SchemaOrigin;
  readonly before: string;
  readonly after: string;
  /** Of the pipeline's document. */
  readonly revision: number;
};

/**
 * The schema as accepting would make it. It goes out from the version that the pipeline uses, so that what was accepted
 * before stays accepted, and from the schema that was validated against where the pipeline uses none.
 */
export async function proposeSchema(
  context: AcceptContext,
  acceptance: Acceptance,
  signal?: AbortSignal,
): Promise<ProposedSchema> {
  return (await propose(context, acceptance, signal)).proposed;
}

async function propose(
  context: AcceptContext,
  { artifactId, runId, paths, remedy = 'update' }: Acceptance,
  signal?: AbortSignal,
) {
  const place = await loadAnomalyPlace(context.db, artifactId, runId);
  const { statistics, schemaNode, environment } = place;
  if (schemaNode === undefined || statistics === undefined)
    throw new AppError('conflict', 'The statistics or the schema of these anomalies are not stored any more.', {
      nextStep: 'Run the pipeline again.',
    });
  const base = await findBase(context, place, schemaNode);
  const items = await findItems(context, { place, paths, signal });
  const { schema } = await askQueryProcess(
    {
      type: 'anomaly-accept',
      schema: base.text,
      statistics: statistics.uri,
      splits: place.splits.filter((split) => items.some((item) => item.splits.some((each) => each.split === split))),
      paths: items.map(({ path: feature }) => feature),
      remedy,
      ...(environment !== undefined && { environment }),
    },
    { socket: context.querySocket, signal },
  );
  const { text: before, origin, revision } = base;
  return { place, items, proposed: { node: schemaNode, origin, before, after: schema, revision } };
}

async function findBase(context: AcceptContext, place: AnomalyPlace, node: SchemaNode) {
  const { pipeline, owner, use } = await findSchemaPlace(context.db, context.schemasFolder, node);
  const { revision } = pipeline;
  if (use.type === 'version') {
    const origin = { type: 'version', number: use.number } as const;
    return { text: await requireSchemaText(context.db, owner, use.number), origin, revision };
  }
  if (place.schema === undefined)
    throw new AppError('conflict', 'The schema that was validated against is not stored any more.', {
      nextStep: 'Run the pipeline again.',
    });
  const text = await readSchemaText(context.artifactsFolder, place.schema.uri);
  return { text, origin: { type: 'artifact', artifactId: place.schema.id } as const, revision };
}

/** The text of a `Schema` artifact, to the letter. Throws `artifact-missing`. */
export async function readSchemaText(artifactsFolder: string, uri: string): Promise<string> {
  const folder = await findArtifactFolder(artifactsFolder, uri);
  return readFile(path.join(folder, SCHEMA_FILE), 'utf8').catch((cause: unknown) => {
    throw new AppError('artifact-missing', `The schema is not on disk: ${uri}.`, {
      nextStep: 'Run the pipeline again: what is missing is made anew.',
      cause,
    });
  });
}

type Wanted = {
  readonly place: AnomalyPlace;
  readonly paths: readonly string[];
  readonly signal: AbortSignal | undefined;
};

async function findItems(
  { querySocket }: AcceptContext,
  { place, paths, signal }: Wanted,
): Promise<readonly AnomalyItem[]> {
  const { items } = await askQueryProcess(
    { type: 'anomaly-list', ...anomalyFiles(place) },
    { socket: querySocket, signal },
  );
  const wanted = new Set(paths);
  const found = items.filter((item) => item.path !== '' && wanted.has(item.path));
  if (found.length > 0) return found;
  throw new AppError('not-found', 'None of these features has an anomaly that a schema can take in.', {
    nextStep: 'Choose one of the list.',
  });
}

/** Who accepts, out from which revision of the pipeline's document, and why. */
export type AcceptedBy = { readonly revision: number; readonly note: string; readonly author: string };

/**
 * Accepts anomalies: a new version of the schema, used by the pipeline from its next run on, and a decision for each.
 * Throws `conflict` where the pipeline was changed since the revision.
 */
export async function acceptAnomalies(
  context: AcceptContext,
  acceptance: Acceptance,
  { revision, note, author }: AcceptedBy,
): Promise<SavedSchema> {
  const { place, items, proposed } = await propose(context, acceptance);
  const { artifact } = place;
  const { node, origin, after: text } = proposed;
  return context.db.transaction(async (tx) => {
    const saved = await storeSchemaVersion(tx, context.schemasFolder, {
      node: { ...node, revision, use: true },
      draft: { text, origin, note, author },
    });
    await addDecisions(
      tx,
      items.map((item) => ({
        pipelineId: artifact.pipeline.id,
        nodeId: artifact.node,
        artifactId: artifact.id,
        runNumber: artifact.run.number,
        anomaly: {
          path: item.path,
          shortDescription: [...new Set(item.splits.map((split) => split.shortDescription))].join(', '),
          types: [...new Set(item.splits.flatMap((split) => split.types))],
          splits: item.splits.map(({ split }) => split),
        },
        schemaNodeId: node.nodeId,
        schemaVersion: saved.number,
        author,
      })),
    );
    return saved;
  });
}
