/**
 * Gives queued node runs to a worker: oldest run first, one computation per claim whatever the number of workers.
 * Every moment is the database's; a worker's own clock is never compared with it.
 */

import { sql } from 'drizzle-orm';

import { zRunId, type RunId } from '../../../lib/ids';
import type { RunState } from '../../../lib/run/run';
import type { RunEventBody } from '../../../lib/run/run-event';
import type { Database, Transaction } from '../../db/client';
import type { ProcessRecord } from '../../db/schema/runs';
import { appendEvents } from '../../events/append-events';
import { moveRunToRunning, type Lease } from './transition';

/** Who claims, for how long, and the warm processes that stand ready. */
export type ClaimRequest = {
  readonly workerId: string;
  readonly leaseMs: number;
  /** One node run is claimed for each, at most; recorded with the claim, so that whoever comes after can end it. */
  readonly processes: readonly ProcessRecord[];
};

/** A claimed node run. */
export type Claim = Lease & {
  readonly component: string;
  readonly upstream: readonly string[];
  /** The process it was claimed for. */
  readonly process: ProcessRecord;
  /** What is left of the limit of the whole run in ms; null without one. */
  readonly runLeftMs: number | null;
};

/** How often to look again when another worker took what was seen. */
const TRIES = 3;

/** Claimable: queued, waiting on nothing, admitted, not in back-off, to be executed. `n` is the node run. */
const CLAIMABLE = sql`n.state = 'queued' and n.waiting_on = 0 and n.selected and n.admitted and n.decision = 'execute'
  and (n.not_before is null or n.not_before <= clock_timestamp())`;

/** Claims node runs of one run; empty when nothing is ready. Ask again while processes stand idle. */
export async function claimNodeRuns(db: Database, request: ClaimRequest): Promise<readonly Claim[]> {
  if (request.processes.length === 0) return [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const claims = await db.transaction(async (tx) => {
      const run = (await lockNextRun(tx, true)) ?? (await lockNextRun(tx, false));
      return run === undefined ? undefined : claimIn(tx, run, request);
    });
    if (claims === undefined) return [];
    if (claims.length > 0) return claims;
  }
  return [];
}

type NextRun = { readonly id: RunId; readonly state: RunState; readonly timeoutMs: number | null };

/** Locks the oldest run with a claimable node. Without `skipLocked` it waits for whoever changes that run now. */
async function lockNextRun(tx: Transaction, skipLocked: boolean): Promise<NextRun | undefined> {
  const found = await tx.execute<{ id: string; state: RunState; timeoutMs: number | null }>(sql`
    select r.id, r.state, (r.document #> '{execution,timeoutMs}')::float8 as "timeoutMs"
    from runs r
    where r.state in ('queued', 'running') and r.cancel_requested_at is null
      and (r.deadline_at is null or r.deadline_at > clock_timestamp())
      and exists (select 1 from node_runs n where n.run_id = r.id and ${CLAIMABLE})
    order by r.number limit 1
    for update of r ${skipLocked ? sql`skip locked` : sql``}`);
  const row = found.rows[0];
  return row === undefined ? undefined : { ...row, id: zRunId.parse(row.id) };
}

async function claimIn(tx: Transaction, run: NextRun, request: ClaimRequest): Promise<readonly Claim[]> {
  const claims = await takeNodeRuns(tx, run.id, request);
  if (claims.length === 0) return [];
  if (run.state !== 'queued') {
    await appendEvents(tx, run.id, startedEvents(claims, request.workerId));
    return claims;
  }
  await moveRunToRunning(tx, run);
  await appendEvents(tx, run.id, [{ type: 'run.started' }, ...startedEvents(claims, request.workerId)]);
  return claims.map((claim) => ({ ...claim, runLeftMs: run.timeoutMs }));
}

/**
 * Takes node runs of a run whose row the caller has locked; the caller appends {@link startedEvents}. With `yielding` it
 * takes none while an older run has something to claim.
 */
export async function takeNodeRuns(
  tx: Transaction,
  runId: RunId,
  request: ClaimRequest & { readonly yielding?: boolean },
): Promise<readonly Claim[]> {
  const older =
    request.yielding === true
      ? sql`and not exists (
          select 1 from runs o where o.state in ('queued', 'running') and o.cancel_requested_at is null
            and o.number < (select number from runs where id = ${runId})
            and exists (select 1 from node_runs n where n.run_id = o.id and ${CLAIMABLE}))`
      : sql``;
  const claimed = await tx.execute<Omit<Claim, 'runId'>>(sql`
    with picked as (
      select node_id, row_number() over (order by node_id) as slot from (
        select n.node_id from node_runs n where n.run_id = ${runId} and ${CLAIMABLE} ${older}
        order by n.node_id limit ${request.processes.length}
      ) as first_ones
    )
    update node_runs n set
      state = 'running', attempt = n.attempt + 1, lease_token = n.lease_token + 1, lease_owner = ${request.workerId},
      lease_expires_at = clock_timestamp() + ${request.leaseMs} * interval '1 millisecond',
      process = ${JSON.stringify(request.processes)}::jsonb -> (picked.slot - 1)::int,
      not_before = null, started_at = clock_timestamp(), finished_at = null
    from picked, runs r
    where r.id = ${runId} and n.run_id = r.id and n.node_id = picked.node_id and n.state = 'queued'
    returning n.node_id as "nodeId", n.component, n.upstream, n.attempt, n.lease_token::float8 as "leaseToken", n.process,
      (extract(epoch from r.deadline_at - clock_timestamp()) * 1000)::float8 as "runLeftMs"`);
  return claimed.rows.map((row) => ({ ...row, runId }));
}

/** The events of claims. */
export function startedEvents(claims: readonly Claim[], workerId: string): RunEventBody[] {
  return claims.map(({ nodeId, attempt, process }) => ({
    type: 'node.started',
    node: nodeId,
    attempt,
    owner: `${workerId} process ${process.pid}`,
  }));
}
