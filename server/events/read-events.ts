/** Reads the event log of a run above a cursor. */

import { and, asc, eq, gt } from 'drizzle-orm';

import type { RunId } from '../../lib/ids';
import { zRunEvent, type RunEvent } from '../../lib/run/run-event';
import type { Executor } from '../db/client';
import { runEvents } from '../db/schema/index';

/** Largest number of events read at once. */
const PAGE = 1_000;

/** The next events of a run with `seq` above `after`, in order: at most 1,000, so ask again until none comes. */
export async function readEvents(db: Executor, runId: RunId, after: number): Promise<readonly RunEvent[]> {
  const rows = await db
    .select({ seq: runEvents.seq, at: runEvents.at, body: runEvents.body })
    .from(runEvents)
    .where(and(eq(runEvents.runId, runId), gt(runEvents.seq, after)))
    .orderBy(asc(runEvents.seq))
    .limit(PAGE);
  return rows.map((row) => zRunEvent.parse({ runId, seq: row.seq, at: row.at.toISOString(), body: row.body }));
}
