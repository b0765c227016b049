/** Where anomalies belong: the statistics and the schema that met, the environment, and the node that the schema came from. */

import type { DataArtifact, DataFamily } from '../../lib/artifact/data-family';
import type { SchemaNode } from '../../lib/artifact/schema-version';
import { AppError } from '../../lib/errors';
import { inputSources, type Pipeline } from '../../lib/pipeline/pipeline';
import { resolveParams } from '../../lib/pipeline/resolve-params';
import { splitNames } from '../../lib/run/run-words';
import { loadFamily } from '../artifacts/family-repository';
import type { Database } from '../db/client';
import { findRunHead } from '../runs/run-page-repository';

/** See the module. */
export type AnomalyPlace = {
  readonly artifact: DataArtifact;
  readonly family: DataFamily;
  readonly statistics: DataArtifact | undefined;
  readonly schema: DataArtifact | undefined;
  readonly splits: readonly string[];
  readonly environment: string | undefined;
  /** The document of the run that found or reused them. */
  readonly document: Pipeline;
  readonly schemaNode: SchemaNode | undefined;
};

/** Looks up where anomalies belong: in the run that found them, or in one that reused them. Throws `not-found`, and `unsupported` for other artifacts. */
export async function loadAnomalyPlace(db: Database, artifactId: string, runId?: string): Promise<AnomalyPlace> {
  const family = await loadFamily(db, artifactId, runId);
  const { artifact, members } = family;
  if (artifact.type !== 'ExampleAnomalies') throw new AppError('unsupported', `${artifact.type} holds no anomalies.`);
  const head = await findRunHead(db, artifact.run.id);
  if (head === undefined) throw new AppError('not-found', 'The run that found these anomalies is not stored any more.');
  const node = head.document.nodes[artifact.node];
  const environment = resolveParams(head.document, artifact.node).params['environment'];
  const source = node === undefined ? undefined : inputSources(node, 'schema')[0];
  return {
    artifact,
    family,
    statistics: members.ExampleStatistics,
    schema: members.Schema,
    splits: splitNames(artifact),
    environment: typeof environment === 'string' ? environment : undefined,
    document: head.document,
    schemaNode: source && { pipelineId: head.pipelineId, nodeId: source.node },
  };
}

/** The part of a question to the query process that names the files. */
export function anomalyFiles({ artifact, splits, statistics, environment }: AnomalyPlace) {
  return {
    folder: artifact.uri,
    splits: [...splits],
    ...(statistics !== undefined && { statistics: statistics.uri }),
    ...(environment !== undefined && { environment }),
  };
}
