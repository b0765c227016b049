/**
 * The worker: claims node runs for its warm processes, keeps their leases alive, and sweeps. It computes nothing itself,
 * so that its heartbeat never waits for a computation.
 */

import { randomBytes } from 'node:crypto';
import os from 'node:os';

import { makeId } from '../../lib/ids';
import { openDatabase } from '../db/client';
import { isConnectionLoss } from '../db/connection-loss';
import { throughLosses } from '../db/through-losses';
import { settleReadyNodes } from '../engine/settle-ready-nodes';
import { CANCEL_PAYLOAD, WORK_CHANNEL } from '../events/channels';
import { listen } from '../events/listen';
import { processBirth } from '../launcher/process-identity';
import { claimNodeRuns, type Claim } from '../runs/lifecycle/claim';
import { heartbeat } from '../runs/lifecycle/heartbeat';
import { loadRunDocument, type RunDocument } from '../runs/lifecycle/run-inputs';
import { addNodeProcess, addWorker, removeNodeProcess, removeWorker } from '../runs/lifecycle/worker-repository';
import { openClaimLoop } from './claim-loop';
import type { NodeProcess } from './fork-node';
import { openNodePool, type NodePool } from './node-pool';
import { startAttempt, type Attempt, type AttemptContext, type AttemptResult } from './run-attempt';
import { repeat } from './repeat';
import { sweep } from './sweep';
import type { WorkerSettings } from './worker-settings';

/** A running worker. */
export type Worker = {
  readonly id: string;
  /** Stops claiming, ends what runs, gives it back, and returns when nothing is left. */
  readonly stop: () => Promise<void>;
};

/** Documents of runs that are kept in memory. */
const DOCUMENTS_KEPT = 50;
/** After the grace, how long giving back may take, in ms. */
const GIVE_BACK_MS = 500;

/** Starts a worker; resolves once it has cleaned up after its predecessors and offers work. */
export async function startWorker(settings: WorkerSettings): Promise<Worker> {
  const { times, crashPoint, notify } = settings;
  const id = makeId('work', randomBytes(16));
  const client = openDatabase({
    url: settings.databaseUrl,
    applicationName: 'sluice-worker',
    maxConnections: settings.concurrency * 2 + 4,
    idleInTransactionMs: settings.idleInTransactionMs ?? IDLE_IN_TRANSACTION_MS,
  });
  const { db } = client;
  const closing = new AbortController();
  const attempts = new Set<Attempt>();
  const leftovers = new Set<Promise<unknown>>();
  let stopping = false;
  const documentOf = rememberDocuments((runId) => loadRunDocument(db, runId));
  const host = os.hostname();

  const register = () => addWorker(db, { id, pid: process.pid, startedTicks: processBirth(process.pid) ?? '', host });
  await throughLosses(register, closing.signal);

  const sweepContext = {
    db,
    artifactsFolder: settings.artifactsFolder,
    workerId: id,
    leaseMs: times.leaseMs,
    held: () => [...attempts].map((attempt) => attempt.claim),
    isClaiming: () => loop.isClaiming(),
  };
  const beat = async (): Promise<void> => {
    const held = [...attempts];
    const { stops, finishes } = await heartbeat(
      db,
      { id, leaseMs: times.leaseMs },
      held.map((attempt) => attempt.claim),
    );
    for (const attempt of held) if (finishes.some((lease) => lease === attempt.claim)) attempt.finish();
    for (const { lease, reason } of stops) {
      for (const attempt of held) if (attempt.claim === lease && attempts.has(attempt)) attempt.stop(reason);
    }
  };

  const context: AttemptContext = {
    db,
    catalog: settings.catalog,
    artifactsFolder: settings.artifactsFolder,
    limits: settings.limits,
    crashPoint,
    documentOf,
    graceMs: times.graceMs,
    afterwards: (work) => {
      const settled = work.catch(() => undefined).finally(() => leftovers.delete(settled));
      leftovers.add(settled);
    },
    nextFor: (node) => (stopping ? undefined : { workerId: id, leaseMs: times.leaseMs, processes: [node.record] }),
    closing: closing.signal,
  };
  const pool: NodePool = openNodePool({
    size: settings.concurrency,
    fork: { program: settings.nodeProgram, environment: settings.nodeEnvironment },
    owner: id,
    register: (node) => throughLosses(() => addNodeProcess(db, id, node.record), closing.signal),
    unregister: (node) => throughLosses(() => removeNodeProcess(db, node.record), closing.signal),
    onFree: () => {
      loop.wake();
    },
    notify,
  });

  const begin = (claim: Claim, node: NodeProcess): void => {
    const attempt = startAttempt(context, claim, node);
    attempts.add(attempt);
    if (stopping) attempt.stop('shutdown');
    void attempt.ended
      .catch((error: unknown): AttemptResult => {
        if (!closing.signal.aborted) notify(`an attempt could not be recorded: ${String(error)}`);
        return {};
      })
      .then(({ retryInMs, next }) => {
        if (next !== undefined) begin(next, node);
        attempts.delete(attempt);
        if (next === undefined) pool.release(node, times.graceMs);
        if (retryInMs !== undefined) loop.wakeIn(retryInMs);
      });
  };

  const loop = openClaimLoop({
    pollMs: times.pollMs,
    work: async () => {
      const { catalog, artifactsFolder } = settings;
      const settled = await settleReadyNodes({ db, catalog, artifactsFolder, documentOf });
      const free = pool.free();
      const processes = free.map((node) => node.record);
      const claims = await claimNodeRuns(db, { workerId: id, leaseMs: times.leaseMs, processes });
      if (claims.length > 0) crashPoint('worker-after-claim');
      for (const claim of claims) {
        const node = free.find(({ record }) => record.marker === claim.process.marker);
        if (node === undefined) throw new Error('a node run was claimed for a process that is not there');
        pool.take(node);
        begin(claim, node);
      }
      return settled || claims.length > 0;
    },
    onError: (error) => {
      if (!isConnectionLoss(error)) notify(`looking for work failed: ${String(error)}`);
    },
  });

  const listener = listen({
    url: settings.databaseUrl,
    applicationName: 'sluice-worker',
    channels: [WORK_CHANNEL],
    onNotification: (_channel, payload) => {
      if (payload === CANCEL_PAYLOAD) beating.now();
      loop.wake();
    },
    onListening: () => {
      loop.wake();
    },
  });
  const onError = (what: string) => (error: unknown) => {
    if (!isConnectionLoss(error)) notify(`${what} failed: ${String(error)}`);
  };
  await throughLosses(() => sweep(sweepContext), closing.signal);
  const beating = repeat(beat, times.heartbeatMs, onError('the heartbeat'));
  const sweeping = repeat(
    async () => {
      // After a pause of the whole machine the own leases look expired until the next heartbeat.
      await beat();
      await register();
      await sweep(sweepContext);
    },
    times.sweepMs,
    onError('the sweep'),
  );
  loop.start();

  return {
    id,
    async stop() {
      stopping = true;
      await loop.stop();
      await sweeping.stop();
      const limit = setTimeout(() => {
        closing.abort();
      }, times.graceMs + GIVE_BACK_MS);
      for (const attempt of attempts) attempt.stop('shutdown');
      while (attempts.size > 0) await Promise.allSettled([...attempts].map((attempt) => attempt.ended));
      await Promise.all(leftovers);
      await pool.close(0);
      await beating.stop();
      await removeWorker(db, id).catch(() => undefined);
      clearTimeout(limit);
      closing.abort();
      await listener[Symbol.asyncDispose]();
      await client[Symbol.asyncDispose]();
    },
  };
}

/** See `idleInTransactionMs`. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** Documents do not change while their run runs: each is read once, and the oldest are forgotten. */
function rememberDocuments(
  load: (runId: RunDocument['runId']) => Promise<RunDocument>,
): (runId: RunDocument['runId']) => Promise<RunDocument> {
  const known = new Map<string, RunDocument>();
  return async (runId) => {
    const found = known.get(runId) ?? (await load(runId));
    known.delete(runId);
    known.set(runId, found);
    const [oldest] = known.keys();
    if (known.size > DOCUMENTS_KEPT && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
