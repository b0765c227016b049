/** The anomalies of an artifact with what belongs to them: since when, what was decided, what is downstream. */

import type { AnomalyItem, AnomalyList } from '../../lib/artifact/anomaly-report';
import type { AnomalyDecision, SchemaHistory, SchemaNode } from '../../lib/artifact/schema-version';
import type { Catalog } from '../../lib/catalog/index';
import { affectedNodes } from '../../lib/pipeline/affected-nodes';
import { specOf } from '../../lib/pipeline/spec-of';
import { splitNames } from '../../lib/run/run-words';
import { findArtifact } from '../artifacts/artifact-repository';
import { foundKey } from '../query/anomalies/found-key';
import { askQueryProcess } from '../query/client';
import { anomalyFiles, loadAnomalyPlace, type AnomalyPlace } from './anomaly-place';
import { loadSchemaHistory, type SchemaContext } from './schema-history';
import { listDecisions } from './schema-version-repository';

/** What the use-cases of anomalies work with. */
export type AnomalyContext = SchemaContext & {
  readonly catalog: Catalog;
  /** Socket of the query process. */
  readonly querySocket: string;
};

/** See the module. */
export type LoadedAnomalies = AnomalyList & {
  /** Newest first. */
  readonly decisions: AnomalyDecision[];
  /** Where the schema comes from; absent where the validator has none any more. */
  readonly schemaNode?: SchemaNode;
  readonly history?: SchemaHistory;
  /** The version that was validated against, where it is one. */
  readonly checkedVersion?: number;
  /** The environment that was validated for. */
  readonly environment?: string;
  /** What of this very artifact was accepted. */
  readonly acceptedHere: { readonly path: string; readonly schemaVersion: number }[];
  readonly affected: { readonly node: string; readonly component: string }[];
};

/** Loads the anomalies of an artifact; with a run, as that run's pipeline has them. */
export async function loadAnomalies(
  context: AnomalyContext,
  { artifactId, runId }: { readonly artifactId: string; readonly runId?: string | undefined },
  signal: AbortSignal | undefined,
): Promise<LoadedAnomalies> {
  const place = await loadAnomalyPlace(context.db, artifactId, runId);
  const { artifact, document, schemaNode } = place;
  const [list, since, decisions, history, checked] = await Promise.all([
    askQueryProcess({ type: 'anomaly-list', ...anomalyFiles(place) }, { socket: context.querySocket, signal }),
    findBeginnings(context, place, signal),
    listDecisions(context.db, { pipelineId: artifact.pipeline.id, nodeId: artifact.node }),
    schemaNode === undefined ? undefined : loadSchemaHistory(context, schemaNode),
    place.schema === undefined ? undefined : findArtifact(context.db, place.schema.id),
  ]);
  const digest = checked?.files[0]?.digest;
  const checkedVersion = history?.versions.find((version) => version.digest === digest)?.number;
  const isOnlyLooking = (component: string) => specOf(context.catalog, component)?.category === 'Validate';
  return {
    ...list,
    items: list.items.map((item) => withBeginning(item, since)),
    decisions: [...decisions],
    acceptedHere: decisions
      .filter((decision) => decision.artifactId === artifact.id)
      .map(({ anomaly, schemaVersion }) => ({ path: anomaly.path, schemaVersion })),
    ...(schemaNode !== undefined && { schemaNode }),
    ...(history !== undefined && { history }),
    ...(checkedVersion !== undefined && { checkedVersion }),
    ...(place.environment !== undefined && { environment: place.environment }),
    affected: affectedNodes(document, artifact.node, isOnlyLooking).map((node) => ({
      node,
      component: document.nodes[node]?.component ?? '',
    })),
  };
}

type Beginning = NonNullable<AnomalyItem['since']>;

/** For each finding of the artifact, the first run of the unbroken line up to it in which it was found. */
async function findBeginnings(
  { querySocket }: AnomalyContext,
  { artifact, family }: AnomalyPlace,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Beginning>> {
  const at = family.ofNode.findIndex(({ id }) => id === artifact.id);
  const line = family.ofNode.slice(Math.max(0, at));
  const found = await askQueryProcess(
    { type: 'anomaly-history', artifacts: line.map((each) => ({ folder: each.uri, splits: [...splitNames(each)] })) },
    { socket: querySocket, signal },
  );
  const begun = new Map<string, Beginning>();
  const ended = new Set<string>();
  for (const [index, { run }] of line.entries()) {
    const keys = found[index];
    // A run whose files are gone says nothing; what was found before it is not known to be the same.
    if (keys === null || keys === undefined) break;
    const here = new Set(keys);
    for (const key of here) {
      if (index === 0 || (begun.has(key) && !ended.has(key))) begun.set(key, { runId: run.id, runNumber: run.number });
    }
    for (const key of begun.keys()) if (!here.has(key)) ended.add(key);
  }
  return begun;
}

function withBeginning(item: AnomalyItem, since: ReadonlyMap<string, Beginning>): AnomalyItem {
  const types = new Set(item.splits.flatMap((split) => split.types));
  const begun = [...types].map((type) => since.get(foundKey(item.path, type))).filter((each) => each !== undefined);
  const [first] = begun.toSorted((a, b) => a.runNumber - b.runNumber);
  return first === undefined ? item : { ...item, since: first };
}
