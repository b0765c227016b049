/** Puts a queued run straight into the tables, for tests of what happens to a run after it was planned. */

import type { RunId } from '../../lib/ids';
import { inputSources, PIPELINE_FORMAT, type Pipeline, type PipelineNode } from '../../lib/pipeline/pipeline';
import type { NodePlanned } from '../../lib/run/run-event';
import type { Database } from '../db/client';
import { newId } from '../db/new-id';
import { nodeRuns, pipelines, pipelineVersions, runs } from '../db/schema/index';
import { appendEvents } from '../events/append-events';

/** Nodes by id, and limits of the run. */
export type SeedRun = {
  readonly nodes: { readonly [id: string]: PipelineNode };
  readonly timeoutMs?: number;
  readonly baseFolder?: string;
};

/** Nodes whose outputs a node takes, each once. */
export function upstreamOf(node: PipelineNode): readonly string[] {
  const sources = Object.keys(node.inputs ?? {}).flatMap((port) => inputSources(node, port));
  return [...new Set(sources.map((source) => source.node))];
}

/** Inserts pipeline, run, node runs and `run.queued` as start-run does; every node is selected and to be executed. */
export async function seedRun(db: Database, seed: SeedRun): Promise<RunId> {
  const pipelineId = newId('pipe');
  const runId = newId('run');
  const document: Pipeline = {
    format: PIPELINE_FORMAT,
    name: pipelineId,
    nodes: seed.nodes,
    ...(seed.timeoutMs !== undefined && { execution: { timeoutMs: seed.timeoutMs } }),
  };
  const baseFolder = seed.baseFolder ?? '/tmp';
  await db.transaction(async (tx) => {
    await tx.insert(pipelines).values({ id: pipelineId, name: pipelineId, currentVersion: 1, baseFolder });
    await tx.insert(pipelineVersions).values({ pipelineId, version: 1, document, digest: pipelineId });
    const [run] = await tx
      .insert(runs)
      .values({ id: runId, pipelineId, pipelineVersion: 1, document, baseFolder, request: {} })
      .returning({ number: runs.number });
    const nodes = Object.entries(seed.nodes).map(([nodeId, node]) => ({ nodeId, node, upstream: upstreamOf(node) }));
    await tx.insert(nodeRuns).values(
      nodes.map(({ nodeId, node, upstream }) => ({
        runId,
        nodeId,
        component: node.component,
        upstream: [...upstream],
        waitingOn: upstream.length,
        decision: 'execute' as const,
      })),
    );
    const planned: Record<string, NodePlanned> = {};
    for (const { nodeId, node, upstream } of nodes) {
      const reason = 'Asked for by a test.';
      planned[nodeId] = { component: node.component, decision: 'execute', reason, upstream: [...upstream] };
    }
    await appendEvents(tx, runId, [
      {
        type: 'run.queued',
        runNumber: run?.number ?? 0,
        pipeline: pipelineId,
        pipelineVersion: 1,
        nodes: planned,
      },
    ]);
  });
  return runId;
}
