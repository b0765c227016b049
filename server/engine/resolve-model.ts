/** What a Resolver finds in a run, once its candidate is there. */

import type { Catalog } from '../../lib/catalog/index';
import { candidatesOf, latestBlessed } from '../../lib/pipeline/resolve-model';
import type { Database } from '../db/client';
import { findBlessedModels } from '../runs/blessed-models';
import { findNodeArtifacts, type NodeArtifact, type RunDocument } from '../runs/lifecycle/run-inputs';

/** Where models are looked up. */
export type ResolveContext = {
  readonly db: Database;
  readonly catalog: Catalog;
  readonly artifactsFolder: string;
};

/** The model that a Resolver of this run finds, as an artifact at `port`; undefined where there is none. */
export async function resolveModel(
  context: ResolveContext,
  run: RunDocument,
  { nodeId, port }: { readonly nodeId: string; readonly port: string },
): Promise<NodeArtifact | undefined> {
  const candidates = candidateNodes(context.catalog, run, nodeId);
  const artifacts = await findNodeArtifacts(context.db, run.runId, [...candidates.keys()]);
  const passedOver = artifacts.filter((item) => candidates.get(item.node)?.has(item.port)).map(({ ref }) => ref.digest);
  const found = latestBlessed(await findBlessedModels(context, run.pipelineId), passedOver);
  if (found === undefined) return undefined;
  const { files, publishedAtMs, ...ref } = found;
  return { node: nodeId, port, ref, files, publishedAtMs };
}

/** The nodes whose outputs a Resolver waits for, with the ports that matter. */
export function candidateNodes(
  catalog: Catalog,
  { document }: RunDocument,
  nodeId: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const nodes = new Map<string, Set<string>>();
  for (const { node, port } of candidatesOf(document, catalog).get(nodeId) ?? [])
    nodes.set(node, (nodes.get(node) ?? new Set()).add(port));
  return nodes;
}
