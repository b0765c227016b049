/** The last runs of one pipeline beside each other: every node of every run. Reads only. */

import { desc, eq, inArray } from 'drizzle-orm';
import * as z from 'zod';

import { zRunId, type PipelineId } from '../../lib/ids';
import { displayOrder, graphOf } from '../../lib/pipeline/graph';
import { zNodeState, zRunState } from '../../lib/run/run';
import type { Executor } from '../db/client';
import { nodeRuns, runs } from '../db/schema/index';

const zCell = z.object({ state: zNodeState, warns: z.literal(true).optional() });

/** Parser of a {@link RunGrid}. */
export const zRunGrid = z.object({
  /** Rows: nodes in the order in which they can run, those that only older runs have at the end. */
  nodes: z.array(z.string()),
  /** Nodes beyond {@link MAX_NODES}, which are left out. */
  hiddenNodes: z.number().int(),
  /** Columns, the oldest first. `cells` stand in the order of `nodes`; null where a run has no such node. */
  runs: z.array(
    z.object({
      id: zRunId,
      number: z.number().int(),
      state: zRunState,
      warnings: z.number().int(),
      createdAt: z.string(),
      startedAt: z.string().optional(),
      finishedAt: z.string().optional(),
      cells: z.array(zCell.nullable()),
    }),
  ),
});
/** See {@link zRunGrid}. Times are ISO 8601 in UTC. */
export type RunGrid = z.infer<typeof zRunGrid>;

/** Rows of a grid. */
const MAX_NODES = 100;

/** The last `limit` runs of a pipeline as a grid. */
export async function readRunGrid(
  db: Executor,
  options: { readonly pipelineId: PipelineId; readonly limit: number },
): Promise<RunGrid> {
  const newest = await db
    .select({
      id: runs.id,
      number: runs.number,
      state: runs.state,
      warnings: runs.warnings,
      createdAt: runs.createdAt,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
      document: runs.document,
    })
    .from(runs)
    .where(eq(runs.pipelineId, options.pipelineId))
    .orderBy(desc(runs.number))
    .limit(options.limit);
  if (newest.length === 0) return { nodes: [], hiddenNodes: 0, runs: [] };
  const every = [...new Set(newest.flatMap(({ document }) => displayOrder(graphOf(document))))];
  const nodes = every.slice(0, MAX_NODES);
  const cells = await readCells(
    db,
    newest.map(({ id }) => id),
  );
  return {
    nodes,
    hiddenNodes: every.length - nodes.length,
    runs: newest.toReversed().map(({ document: _document, createdAt, startedAt, finishedAt, ...run }) => ({
      ...run,
      id: zRunId.parse(run.id),
      createdAt: createdAt.toISOString(),
      startedAt: startedAt?.toISOString(),
      finishedAt: finishedAt?.toISOString(),
      cells: nodes.map((node) => cells.get(run.id)?.get(node) ?? null),
    })),
  };
}

async function readCells(db: Executor, ids: readonly string[]) {
  const cells = new Map<string, Map<string, z.infer<typeof zCell>>>();
  const rows = await db
    .select({ runId: nodeRuns.runId, node: nodeRuns.nodeId, state: nodeRuns.state, anomalies: nodeRuns.anomalies })
    .from(nodeRuns)
    .where(inArray(nodeRuns.runId, [...ids]));
  for (const { runId, node, state, anomalies } of rows) {
    const ofRun = cells.get(runId) ?? new Map<string, z.infer<typeof zCell>>();
    cells.set(runId, ofRun.set(node, { state, ...(anomalies > 0 && { warns: true as const }) }));
  }
  return cells;
}
