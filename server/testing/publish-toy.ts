/** Publishes executions straight into tables and store, for tests of what plans and lists make of them. */

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { eq, sql } from 'drizzle-orm';

import type { RunId } from '../../lib/ids';
import { cacheKeyOf, keyPartsOf } from '../../lib/pipeline/cache-key';
import { inputSources } from '../../lib/pipeline/pipeline';
import { resolveParams } from '../../lib/pipeline/resolve-params';
import { specOf } from '../../lib/pipeline/spec-of';
import { digestSources } from '../artifacts/source-digests';
import { newId } from '../db/new-id';
import { artifacts, executions, nodeRuns, runs } from '../db/schema/index';
import type { RunContext } from '../runs/run-context';
import { artifactFolder, artifactUri } from '../storage/artifact-store';

/**
 * Does what an engine would do with a queued run: every node that is to be executed gets an execution with one small
 * artifact per port, whose content is its key, in the order of the graph. Returns the nodes that were executed, in order.
 */
export async function executeToyRun(context: RunContext, runId: RunId): Promise<readonly string[]> {
  const { db } = context;
  const [run] = await db.select().from(runs).where(eq(runs.id, runId));
  const rows = await db.select().from(nodeRuns).where(eq(nodeRuns.runId, runId));
  if (run === undefined) throw new Error(`no run ${runId}`);
  const outputs = new Map<string, Map<string, string>>();
  const executed: string[] = [];
  const pending = new Map(rows.filter((row) => row.decision !== 'skip').map((row) => [row.nodeId, row]));
  while (pending.size > 0) {
    const ready = [...pending.values()].filter((row) => row.upstream.every((id) => outputs.has(id)));
    if (ready.length === 0) throw new Error(`nodes wait for ever: ${[...pending.keys()].join(', ')}`);
    for (const row of ready) {
      pending.delete(row.nodeId);
      if (row.decision === 'reuse') outputs.set(row.nodeId, await outputsOf(context, row.reuseExecutionId ?? ''));
      else {
        outputs.set(row.nodeId, await publishNode(context, run, { node: row.nodeId, outputs }));
        executed.push(row.nodeId);
      }
    }
  }
  return executed;
}

type RunRow = typeof runs.$inferSelect;
type Finished = { readonly node: string; readonly outputs: ReadonlyMap<string, ReadonlyMap<string, string>> };

async function outputsOf({ db }: RunContext, executionId: string): Promise<Map<string, string>> {
  const rows = await db.select().from(artifacts).where(eq(artifacts.executionId, executionId));
  return new Map(rows.map((row) => [row.port, row.digest]));
}

async function publishNode(
  context: RunContext,
  run: RunRow,
  { node, outputs }: Finished,
): Promise<Map<string, string>> {
  const { db, catalog, artifactsFolder } = context;
  const placed = run.document.nodes[node];
  const spec = specOf(catalog, placed?.component ?? '');
  if (placed === undefined || spec === undefined) throw new Error(`no node ${node}`);
  const { params } = resolveParams(run.document, node);
  const inputs = Object.fromEntries(
    Object.keys(spec.inputs).map((port) => [
      port,
      inputSources(placed, port).map((source) => outputs.get(source.node)?.get(source.port) ?? ''),
    ]),
  );
  const sources = await digestSources(db, { spec, node, params, baseFolder: run.baseFolder });
  const key = keyPartsOf(spec, { params, inputs, sources });
  const executionId = newId('exec');
  await db.insert(executions).values({
    id: executionId,
    runId: run.id,
    pipelineId: run.pipelineId,
    nodeId: node,
    component: spec.type,
    cacheKey: cacheKeyOf(key),
    key,
    attempt: 1,
    startedAt: sql`clock_timestamp()`,
    finishedAt: sql`clock_timestamp()`,
  });
  const made = new Map<string, string>();
  for (const [port, { type }] of Object.entries(spec.outputs)) {
    const content = `${port} of ${cacheKeyOf(key)}`;
    const digest = createHash('sha256').update(content).digest('hex');
    const id = newId('art');
    const uri = artifactUri(type, id);
    const folder = artifactFolder(artifactsFolder, uri);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'data.txt'), content);
    const files = [{ path: 'data.txt', sizeBytes: content.length, digest }];
    const artifact = { id, type, digest, uri, sizeBytes: content.length, properties: {}, files, executionId, port };
    await db.insert(artifacts).values(artifact);
    made.set(port, digest);
  }
  return made;
}
