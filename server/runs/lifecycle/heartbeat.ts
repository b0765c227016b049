/** Says that a worker and its node processes are alive, and learns which of its attempts have to stop. */

import { eq, sql } from 'drizzle-orm';

import type { Database } from '../../db/client';
import { workers } from '../../db/schema/index';
import type { Lease } from './transition';

/** Why an attempt has to stop: its run was canceled or is over its limit, or somebody else owns the node run by now. */
export type StopReason = 'canceled' | 'run-timed-out' | 'fenced';

/** An attempt that has to stop. */
export type Stop = { readonly lease: Lease; readonly reason: StopReason };

/** What a heartbeat brings back. */
export type Heartbeat = {
  readonly stops: readonly Stop[];
  /** Attempts that should come to an end with what they have; named by every heartbeat until they do. */
  readonly finishes: readonly Lease[];
};

/** Extends the leases that are still held and returns the attempts that have to stop or should finish. */
export async function heartbeat(
  db: Database,
  worker: { readonly id: string; readonly leaseMs: number },
  held: readonly Lease[],
): Promise<Heartbeat> {
  await db
    .update(workers)
    .set({ heartbeatAt: sql`clock_timestamp()` })
    .where(eq(workers.id, worker.id));
  if (held.length === 0) return { stops: [], finishes: [] };
  const kept = await db.execute<{ runId: string; nodeId: string; stop: StopReason | null; finish: boolean }>(sql`
    update node_runs n set lease_expires_at = clock_timestamp() + ${worker.leaseMs} * interval '1 millisecond'
    from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as held ("runId" text, "nodeId" text, "leaseToken" bigint), runs r
    where r.id = n.run_id and n.run_id = held."runId" and n.node_id = held."nodeId"
      and n.lease_token = held."leaseToken" and n.lease_owner = ${worker.id} and n.state = 'running'
    returning n.run_id as "runId", n.node_id as "nodeId", n.finish_requested_at is not null as finish,
      case when r.cancel_requested_at is not null then 'canceled'
        when r.deadline_at < clock_timestamp() then 'run-timed-out' end as stop`);
  const stops: Stop[] = [];
  const finishes: Lease[] = [];
  for (const lease of held) {
    const row = kept.rows.find(({ runId, nodeId }) => runId === lease.runId && nodeId === lease.nodeId);
    const reason = row === undefined ? 'fenced' : row.stop;
    if (reason !== null) stops.push({ lease, reason });
    else if (row?.finish === true) finishes.push(lease);
  }
  return { stops, finishes };
}
