/**
 * Cleans up after crashes: ends what dead workers left running, offers their attempts again, mends contradictions in the
 * tables and removes unfinished and unrecorded outputs. Every worker does it, at its start and from time to time; what
 * two of them find at once is decided by compare-and-set.
 */

import os from 'node:os';

import { AppError, toErrorInfo } from '../../lib/errors';
import type { RunEventBody } from '../../lib/run/run-event';
import type { Database } from '../db/client';
import type { ProcessRecord } from '../db/schema/runs';
import { endAttempt } from '../runs/lifecycle/end-attempt';
import { findExpiredLeases, findLeasesOf, findOwnerlessLeases, type LostLease } from '../runs/lifecycle/lost-leases';
import { failTimedOutRuns, repairRuns } from '../runs/lifecycle/repair-runs';
import type { Lease } from '../runs/lifecycle/transition';
import {
  listNodeProcesses,
  listStrayNodeProcesses,
  listWorkers,
  removeNodeProcess,
  removeWorker,
} from '../runs/lifecycle/worker-repository';
import { isSameProcess, killTree } from './kill-tree';
import { removeOrphans } from './remove-orphans';

/** Who sweeps, and what it holds itself. */
export type SweepContext = {
  readonly db: Database;
  readonly artifactsFolder: string;
  readonly workerId: string;
  readonly leaseMs: number;
  readonly held: () => readonly Lease[];
  /** True while a claim of this worker is under way, so that a lease without an attempt is no contradiction. */
  readonly isClaiming: () => boolean;
};

/** One pass. */
export async function sweep(context: SweepContext): Promise<void> {
  const { db, leaseMs } = context;
  await buryDeadWorkers(db);
  for (const lease of await findExpiredLeases(db, leaseMs)) await offerAgain(db, lease);
  for (const lease of await findForgottenLeases(context))
    await offerAgain(db, lease, 'it was claimed and then forgotten');
  for (const lease of await findOwnerlessLeases(db)) await offerAgain(db, lease, 'it was running without an owner');
  await failTimedOutRuns(db);
  await repairRuns(db);
  await removeOrphans(db, context.artifactsFolder);
}

/** Workers of this machine whose process is gone: their node processes end, then their attempts are offered again. */
async function buryDeadWorkers(db: Database): Promise<void> {
  const host = os.hostname();
  for (const worker of await listWorkers(db, host)) {
    if (isSameProcess(worker)) continue;
    for (const record of await listNodeProcesses(db, worker.id)) await killTree(record);
    for (const lease of await findLeasesOf(db, worker.id)) await offerAgain(db, lease);
    await removeWorker(db, worker.id);
  }
  for (const record of await listStrayNodeProcesses(db, host)) {
    await killTree(record);
    await removeNodeProcess(db, record);
  }
}

/** Leases of this worker that it does not know of: the answer to its claim got lost with the connection. */
async function findForgottenLeases({ db, workerId, held, isClaiming }: SweepContext): Promise<readonly LostLease[]> {
  if (isClaiming()) return [];
  const known = new Set(held().map((lease) => `${lease.runId} ${lease.nodeId} ${lease.leaseToken}`));
  const leases = await findLeasesOf(db, workerId);
  if (isClaiming()) return [];
  for (const lease of held()) known.add(`${lease.runId} ${lease.nodeId} ${lease.leaseToken}`);
  return leases.filter((lease) => !known.has(`${lease.runId} ${lease.nodeId} ${lease.leaseToken}`));
}

/** Ends what may still compute it, then lets the node be claimed again. */
async function offerAgain(db: Database, lease: LostLease, contradiction?: string): Promise<void> {
  if (lease.process !== null && isHere(lease.process)) await killTree(lease.process);
  const node = lease.nodeId;
  const error = toErrorInfo(
    new AppError('lost', `The worker that ran ${node} is gone or does not answer; it is run again.`, { node }),
  );
  const extra: RunEventBody[] =
    contradiction === undefined
      ? []
      : [{ type: 'run.repaired', node, what: `${node} is offered again: ${contradiction}.` }];
  await endAttempt(db, lease, { outcome: 'lost', error, random: 0, extra });
}

function isHere(record: ProcessRecord): boolean {
  return record.host === os.hostname();
}
