/** What the tables know of the artifact store: which attempts may be writing, and which folders have their row. */

import { eq, sql } from 'drizzle-orm';

import { zRunId } from '../../../lib/ids';
import type { Database } from '../../db/client';
import { nodeRuns } from '../../db/schema/index';
import { lockOutPublishers } from './complete-node';
import type { Lease } from './transition';

/** Attempts that may have unfinished outputs. A folder seen before this was asked and not in it is nobody's. */
export async function findLiveAttempts(db: Database): Promise<readonly Lease[]> {
  const rows = await db
    .select({
      runId: nodeRuns.runId,
      nodeId: nodeRuns.nodeId,
      leaseToken: nodeRuns.leaseToken,
      attempt: nodeRuns.attempt,
    })
    .from(nodeRuns)
    .where(eq(nodeRuns.state, 'running'));
  return rows.map((row) => ({ ...row, runId: zRunId.parse(row.runId) }));
}

/**
 * Which of these folders have a row, asked while no publish is under way: a folder that was seen before and is not in
 * the answer belongs to a publish that did not happen.
 */
export async function findRecordedUris(db: Database, uris: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await findMissing(db, uris);
  if (found.length === 0) return new Set(uris);
  // Only now is it worth to keep publishers out.
  const missing = await db.transaction(async (tx) => {
    await lockOutPublishers(tx);
    return findMissing(tx, found);
  });
  const gone = new Set(missing);
  return new Set(uris.filter((uri) => !gone.has(uri)));
}

async function findMissing(db: Pick<Database, 'execute'>, uris: readonly string[]): Promise<readonly string[]> {
  const rows = await db.execute<{ uri: string }>(sql`
    select asked.uri from jsonb_array_elements_text(${JSON.stringify(uris)}::jsonb) as asked (uri)
    where not exists (select 1 from artifacts a where a.uri = asked.uri)`);
  return rows.rows.map((row) => row.uri);
}
