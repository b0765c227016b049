/** Workers and node processes that exist, so that whoever comes after a crash knows what to end. */

import { and, eq, sql } from 'drizzle-orm';

import type { Executor } from '../../db/client';
import { nodeProcesses, workers, type ProcessRecord } from '../../db/schema/index';

/** A worker as it was registered. */
export type WorkerRecord = {
  readonly id: string;
  readonly pid: number;
  readonly startedTicks: string;
  readonly host: string;
};

/** Registers a worker. */
export async function addWorker(db: Executor, worker: WorkerRecord): Promise<void> {
  await db.insert(workers).values(worker).onConflictDoNothing();
}

/** Forgets a worker and its node processes, once nothing of them is left. */
export async function removeWorker(db: Executor, id: string): Promise<void> {
  await db.delete(nodeProcesses).where(eq(nodeProcesses.workerId, id));
  await db.delete(workers).where(eq(workers.id, id));
}

/** The workers registered on a host. */
export async function listWorkers(db: Executor, host: string): Promise<readonly WorkerRecord[]> {
  const { id, pid, startedTicks } = workers;
  return db.select({ id, pid, startedTicks, host: workers.host }).from(workers).where(eq(workers.host, host));
}

/** Registers a node process before it gets its first task. */
export async function addNodeProcess(db: Executor, workerId: string, record: ProcessRecord): Promise<void> {
  await db
    .insert(nodeProcesses)
    .values({ ...record, workerId })
    .onConflictDoNothing();
}

/** Forgets a node process that is gone. */
export async function removeNodeProcess(db: Executor, record: ProcessRecord): Promise<void> {
  const { host, pid, startedTicks } = record;
  await db
    .delete(nodeProcesses)
    .where(and(eq(nodeProcesses.host, host), eq(nodeProcesses.pid, pid), eq(nodeProcesses.startedTicks, startedTicks)));
}

/** The node processes of a worker. */
export async function listNodeProcesses(db: Executor, workerId: string): Promise<readonly ProcessRecord[]> {
  const { pid, startedTicks, host, marker } = nodeProcesses;
  return db.select({ pid, startedTicks, host, marker }).from(nodeProcesses).where(eq(nodeProcesses.workerId, workerId));
}

/** Node processes on a host whose worker is not registered any more. */
export async function listStrayNodeProcesses(db: Executor, host: string): Promise<readonly ProcessRecord[]> {
  const { pid, startedTicks, marker } = nodeProcesses;
  return db
    .select({ pid, startedTicks, host: nodeProcesses.host, marker })
    .from(nodeProcesses)
    .where(
      and(
        eq(nodeProcesses.host, host),
        sql`not exists (select 1 from workers w where w.id = ${nodeProcesses.workerId})`,
      ),
    );
}
