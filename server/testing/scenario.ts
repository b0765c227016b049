/**
 * Real workers on a real database, for tests of what happens when things die. Everything waits for facts in the event
 * log; every scenario ends with the invariants that no fault may break.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { RunId } from '../../lib/ids';
import { isFinalRunState } from '../../lib/run/run';
import { emptyRun, foldRun, type RunSnapshot } from '../../lib/run/fold-run';
import type { RunEvent } from '../../lib/run/run-event';
import type { Database } from '../db/client';
import { readEvents } from '../events/read-events';
import { isAlive } from '../launcher/process-identity';
import type { WorkerTimes } from '../worker/worker-settings';
import { checkInvariants } from './invariants';
import { bundleSource } from './run-source';
import { seedRun, type SeedRun } from './seed-run';
import { tempFolder } from './temp-folder';
import { waitFor } from './wait-for';

/** Short where the rule is the same: a lease is a lease. */
const SHORT_TIMES: WorkerTimes = { leaseMs: 2_000, heartbeatMs: 400, sweepMs: 500, pollMs: 300, graceMs: 1_000 };

/** What a worker of a scenario is started with. */
export type WorkerOptions = {
  readonly concurrency?: number;
  readonly times?: Partial<WorkerTimes>;
  /** `point[:signal]`: where it dies, or where one of its node processes does. */
  readonly crashAt?: string;
  readonly databaseUrl?: string;
  readonly idleInTransactionMs?: number;
};

/** A worker process of a scenario. */
export type ScenarioWorker = {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Settles when the process is gone. */
  readonly gone: Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Asks for a tidy end and waits for it. */
  readonly stop: () => Promise<void>;
};

/** A database, a store and workers. Disposing stops the workers and checks the invariants. */
export type Scenario = AsyncDisposable & {
  readonly db: Database;
  readonly url: string;
  /** For gates, counters and journals. */
  readonly folder: string;
  readonly artifactsFolder: string;
  readonly file: (name: string) => string;
  readonly startWorker: (options?: WorkerOptions) => Promise<ScenarioWorker>;
  readonly startRun: (nodes: SeedRun['nodes'], options?: Omit<SeedRun, 'nodes'>) => Promise<RunId>;
  readonly events: (runId: RunId) => Promise<readonly RunEvent[]>;
  readonly snapshot: (runId: RunId) => Promise<RunSnapshot>;
  /** Waits until the run is as wanted; default: until it has ended. */
  readonly waitForRun: (runId: RunId, wanted?: (run: RunSnapshot) => boolean, limitMs?: number) => Promise<RunSnapshot>;
  /** Waits until an event of this kind is in the log. */
  readonly waitForEvent: (runId: RunId, wanted: (event: RunEvent) => boolean) => Promise<RunEvent>;
  /** Waits for the start of an attempt and returns the number of the process that runs it. */
  readonly waitForAttempt: (runId: RunId, node: string, attempt: number) => Promise<number>;
  readonly openGate: (name: string) => void;
  /** Stops the workers and checks the invariants, before the disposal does. */
  readonly close: () => Promise<void>;
  /** True once a process has died (or stood still) at this crash point. */
  readonly hasCrashed: (crashAt: string) => boolean;
  /** The lines of a journal. */
  readonly journal: (name: string) => readonly string[];
};

/** A migrated database that the scenario may fill; it is disposed with the scenario. */
export type ScenarioDatabase = AsyncDisposable & { readonly db: Database; readonly url: string };

/** Opens a scenario on a database. */
export async function openScenario(database: ScenarioDatabase): Promise<Scenario> {
  const [program] = await Promise.all([
    bundleSource('server/testing/worker-main.ts'),
    bundleSource('server/testing/node-main.ts'),
  ]);
  const temp = tempFolder();
  const artifactsFolder = path.join(temp.path, 'artifacts');
  mkdirSync(artifactsFolder);
  const file = (name: string): string => path.join(temp.path, name);
  const workers: ScenarioWorker[] = [];
  const { db } = database;

  const events = async (runId: RunId): Promise<readonly RunEvent[]> => {
    const all: RunEvent[] = [];
    for (;;) {
      const page = await readEvents(db, runId, all.length);
      if (page.length === 0) return all;
      all.push(...page);
    }
  };
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await Promise.all(workers.map((worker) => worker.stop()));
    await waitFor('the end of every process of the scenario', () => findProcesses(temp.path).length === 0, 5_000);
    await checkInvariants(db, artifactsFolder);
  };
  const snapshot = async (runId: RunId): Promise<RunSnapshot> => foldRun(emptyRun(runId), await events(runId));

  return {
    db,
    url: database.url,
    folder: temp.path,
    artifactsFolder,
    file,
    events,
    snapshot,
    async startWorker(options = {}) {
      const worker = await startWorkerProcess(program, {
        databaseUrl: options.databaseUrl ?? database.url,
        artifactsFolder,
        concurrency: options.concurrency ?? 2,
        times: { ...SHORT_TIMES, ...options.times },
        idleInTransactionMs: options.idleInTransactionMs,
        crash: options.crashAt === undefined ? {} : { at: options.crashAt, once: file(`crashed-${options.crashAt}`) },
      });
      workers.push(worker);
      return worker;
    },
    startRun: (nodes, options) => seedRun(db, { nodes, baseFolder: temp.path, ...options }),
    async waitForRun(runId, wanted = (run) => isFinalRunState(run.state), limitMs = 30_000) {
      let run = emptyRun(runId);
      return waitFor(
        `run ${runId}`,
        async () => {
          run = foldRun(run, await readEvents(db, runId, run.cursor));
          return wanted(run) && run;
        },
        limitMs,
      );
    },
    waitForEvent: (runId, wanted) => waitFor(`an event of ${runId}`, async () => (await events(runId)).find(wanted)),
    async waitForAttempt(runId, node, attempt) {
      const started = await waitFor(`attempt ${attempt} of ${node}`, async () =>
        (await events(runId)).find(
          ({ body }) => body.type === 'node.started' && body.node === node && body.attempt === attempt,
        ),
      );
      return started.body.type === 'node.started' ? Number(started.body.owner.split(' ').at(-1)) : 0;
    },
    openGate: (name) => {
      writeFileSync(file(name), '');
    },
    hasCrashed: (crashAt) => existsSync(file(`crashed-${crashAt}`)),
    journal: (name) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8').trim().split('\n') : []),
    close,
    async [Symbol.asyncDispose]() {
      try {
        await close();
      } finally {
        for (const worker of workers) worker.kill('SIGKILL');
        await database[Symbol.asyncDispose]();
        temp[Symbol.dispose]();
      }
    },
  };
}

/** Living processes whose environment names the scenario's folder: workers, node processes and all that these started. */
export function findProcesses(folder: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && isAlive(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(folder);
      } catch {
        return false;
      }
    });
}

type ProcessSettings = {
  readonly databaseUrl: string;
  readonly artifactsFolder: string;
  readonly concurrency: number;
  readonly times: WorkerTimes;
  readonly idleInTransactionMs: number | undefined;
  readonly crash: { readonly at?: string; readonly once?: string };
};

async function startWorkerProcess(program: string, settings: ProcessSettings): Promise<ScenarioWorker> {
  const { crash, ...rest } = settings;
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      SLUICE_TEST_WORKER: JSON.stringify(rest),
      ...(crash.at !== undefined && { SLUICE_CRASH_AT: crash.at }),
      ...(crash.once !== undefined && { SLUICE_CRASH_ONCE: crash.once }),
    },
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  let ready = false;
  let ended = false;
  child.on('message', () => (ready = true));
  void gone.then(() => (ended = true));
  await waitFor('a worker', () => ready || ended);
  const kill = (signal: NodeJS.Signals): void => void child.kill(signal);
  return {
    pid: child.pid ?? 0,
    child,
    gone,
    kill,
    async stop() {
      kill('SIGTERM');
      // A worker that a test stopped with SIGSTOP hears nothing before it goes on.
      kill('SIGCONT');
      await gone;
    },
  };
}
