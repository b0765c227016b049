/** Finds attempts whose worker is gone or silent, with what has to be ended before they are offered again. */

import { and, eq, sql } from 'drizzle-orm';

import { zRunId } from '../../../lib/ids';
import type { Executor } from '../../db/client';
import { nodeRuns, type ProcessRecord } from '../../db/schema/index';
import type { Lease } from './transition';

/** A running attempt that nobody answers for, and the process that may still compute it. */
export type LostLease = Lease & { readonly process: ProcessRecord | null };

const COLUMNS = {
  runId: nodeRuns.runId,
  nodeId: nodeRuns.nodeId,
  leaseToken: nodeRuns.leaseToken,
  attempt: nodeRuns.attempt,
  process: nodeRuns.process,
};

type Row = Omit<LostLease, 'runId'> & { readonly runId: string };
const toLease = (row: Row): LostLease => ({ ...row, runId: zRunId.parse(row.runId) });

/**
 * Attempts whose lease has run out. After a restart of the database everybody first gets the time of a lease to say that
 * they are alive: while it was away nobody could.
 */
export async function findExpiredLeases(db: Executor, leaseMs: number): Promise<readonly LostLease[]> {
  const rows = await db
    .select(COLUMNS)
    .from(nodeRuns)
    .where(
      and(
        eq(nodeRuns.state, 'running'),
        sql`${nodeRuns.leaseExpiresAt} < clock_timestamp()`,
        sql`pg_postmaster_start_time() < clock_timestamp() - ${leaseMs} * interval '1 millisecond'`,
      ),
    );
  return rows.map(toLease);
}

/** Attempts that a worker has claimed. */
export async function findLeasesOf(db: Executor, workerId: string): Promise<readonly LostLease[]> {
  const rows = await db
    .select(COLUMNS)
    .from(nodeRuns)
    .where(and(eq(nodeRuns.state, 'running'), eq(nodeRuns.leaseOwner, workerId)));
  return rows.map(toLease);
}

/** Attempts that nobody has claimed, though they are running: left by a mistake or a hand in the tables. */
export async function findOwnerlessLeases(db: Executor): Promise<readonly LostLease[]> {
  const rows = await db
    .select(COLUMNS)
    .from(nodeRuns)
    .where(
      and(eq(nodeRuns.state, 'running'), sql`(${nodeRuns.leaseOwner} is null or ${nodeRuns.leaseExpiresAt} is null)`),
    );
  return rows.map(toLease);
}
