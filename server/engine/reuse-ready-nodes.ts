/** Completes the nodes that the plan reuses, once it is certain that what they reuse is still there and still fits. */

import type { Catalog } from '../../lib/catalog/index';
import { inputSources } from '../../lib/pipeline/pipeline';
import { specOf } from '../../lib/pipeline/spec-of';
import type { Database } from '../db/client';
import { outputsOf } from '../runs/lifecycle/complete-node';
import {
  findReusableNodes,
  markArtifact,
  replanNode,
  reuseNode,
  type ReusableNode,
} from '../runs/lifecycle/reuse-node';
import {
  findExecutionArtifacts,
  findNodeArtifacts,
  haveExecuted,
  type NodeArtifact,
  type RunDocument,
} from '../runs/lifecycle/run-inputs';
import { artifactFolder } from '../storage/artifact-store';
import { findDamageOf } from './check-inputs';
import { candidateNodes, resolveModel } from './resolve-model';

/** What is needed to look at what is reused. */
export type ReuseContext = {
  readonly db: Database;
  readonly catalog: Catalog;
  readonly artifactsFolder: string;
  readonly documentOf: (runId: RunDocument['runId']) => Promise<RunDocument>;
};

/** Reuses or replans every node whose turn it is, with those that follow from it; true when there was any. */
export async function reuseReadyNodes(context: ReuseContext): Promise<boolean> {
  let any = false;
  for (;;) {
    const nodes = await findReusableNodes(context.db);
    if (nodes.length === 0) return any;
    let changed = false;
    for (const node of nodes) changed = (await reuseOrReplan(context, node)) || changed;
    any ||= changed;
    // Another worker does the same; it is its turn to go on.
    if (!changed) return any;
  }
}

async function reuseOrReplan(context: ReuseContext, node: ReusableNode): Promise<boolean> {
  const artifacts = await findExecutionArtifacts(context.db, node.nodeId, node.executionId);
  const obstacle = (await findDamaged(context, node, artifacts)) ?? (await findOtherInputs(context, node));
  if (obstacle !== undefined) return replanNode(context.db, node, obstacle);
  return reuseNode(context.db, node, outputsOf(artifacts));
}

async function findDamaged(
  { db, artifactsFolder }: ReuseContext,
  node: ReusableNode,
  artifacts: readonly NodeArtifact[],
): Promise<string | undefined> {
  for (const { port, ref, files, publishedAtMs } of artifacts) {
    const { id, type, uri } = ref;
    const folder = artifactFolder(artifactsFolder, uri);
    const damage = await findDamageOf({ id, type, folder, files, publishedAtMs });
    if (damage === undefined) continue;
    await markArtifact(db, id, damage);
    const what = damage === 'missing' ? 'is no longer on disk' : 'was changed on disk';
    return `${node.nodeId} runs after all because its output ${port} of run ${node.fromRunNumber} ${what}.`;
  }
  return undefined;
}

/**
 * A node upstream that had to run after all may have made something else than what this execution took. What a Resolver
 * found when the run was planned is obeyed like the rest of the plan: it looks again only where its candidate was made again.
 */
async function findOtherInputs(context: ReuseContext, node: ReusableNode): Promise<string | undefined> {
  if (node.upstream.length === 0) return undefined;
  const run = await context.documentOf(node.runId);
  const placed = run.document.nodes[node.nodeId];
  if (placed === undefined) return undefined;
  const resolves = specOf(context.catalog, placed.component)?.resolves;
  const artifacts = await findNodeArtifacts(context.db, node.runId, node.upstream);
  const now: string[] = [];
  for (const port of Object.keys(placed.inputs ?? {}).sort()) {
    for (const source of inputSources(placed, port)) {
      const found = artifacts.filter((artifact) => artifact.node === source.node && artifact.port === source.port);
      now.push(...found.map(({ ref }) => `${port}:${ref.digest}`));
    }
  }
  let then = node.inputDigests;
  if (resolves !== undefined) {
    const candidates = [...candidateNodes(context.catalog, run, node.nodeId).keys()];
    if (await haveExecuted(context.db, node.runId, candidates)) {
      const model = await resolveModel(context, run, { nodeId: node.nodeId, port: resolves });
      if (model !== undefined) now.push(`${resolves}:${model.ref.digest}`);
    } else then = then.filter((digest) => !digest.startsWith(`${resolves}:`));
  }
  if (now.join() === then.join()) return undefined;
  return `${node.nodeId} runs after all because a node before it made other outputs than in run ${node.fromRunNumber}.`;
}
