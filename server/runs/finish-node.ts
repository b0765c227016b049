/** Asks a running node to end with what it has so far, where its component can do that. */

import { and, eq, sql } from 'drizzle-orm';

import type { Catalog } from '../../lib/catalog/index';
import { AppError } from '../../lib/errors';
import type { RunId } from '../../lib/ids';
import { specOf } from '../../lib/pipeline/spec-of';
import type { Database } from '../db/client';
import { nodeRuns } from '../db/schema/index';
import { appendEvents } from '../events/append-events';
import { lockRun } from './lifecycle/transition';

/** Which node of which run, and in whose name. */
export type FinishRequest = { readonly runId: RunId; readonly node: string; readonly by: string };

/**
 * Requests the early end of a node; its worker hears of it at once. Does nothing where it was requested before. Throws
 * `not-found`, and `conflict` where the node does not run or cannot end early.
 */
export async function finishNode(
  { db, catalog }: { readonly db: Database; readonly catalog: Catalog },
  { runId, node, by }: FinishRequest,
): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined) throw new AppError('not-found', `There is no run ${runId}.`);
    const where = and(eq(nodeRuns.runId, runId), eq(nodeRuns.nodeId, node));
    const [found] = await tx
      .select({
        state: nodeRuns.state,
        component: nodeRuns.component,
        isRequested: sql<boolean>`${nodeRuns.finishRequestedAt} is not null`,
      })
      .from(nodeRuns)
      .where(where);
    if (found === undefined) throw new AppError('not-found', `The run has no node "${node}".`);
    if (specOf(catalog, found.component)?.finishesEarly !== true)
      throw new AppError('conflict', `${found.component} cannot end before it is done.`, {
        nextStep: 'Cancel the run to stop it.',
      });
    if (found.state !== 'running')
      throw new AppError('conflict', `"${node}" is not running: there is nothing to stop.`);
    if (found.isRequested) return;
    await tx
      .update(nodeRuns)
      .set({ finishRequestedAt: sql`clock_timestamp()` })
      .where(where);
    await appendEvents(tx, runId, [{ type: 'node.finish-requested', node, by }]);
  });
}
