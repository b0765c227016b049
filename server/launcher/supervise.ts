/** Keeps one child process alive: forked with IPC, started again with back-off when it dies, stopped within 5 s. */

import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { AppError } from '../../lib/errors';
import { zReadyMessage, type ReadyMessage } from './child';

/** What to keep alive. */
export type SupervisedProgram = {
  /** What people read: `worker`. */
  readonly name: string;
  /** The bundle to fork. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Takes what the child prints. */
  readonly logFile: string;
  readonly notify: (sentence: string) => void;
};

/** A child that is kept alive. */
export type Supervised = {
  /** Settles with the first readiness; rejects when the child ends {@link STARTS} times before it was ever ready. */
  readonly ready: Promise<ReadyMessage>;
  readonly pid: () => number | undefined;
  /** Ends it: SIGTERM, and SIGKILL after 5 s. Settles when the process is gone. */
  readonly stop: () => Promise<void>;
};

/** Starts that may fail before the first readiness. */
const STARTS = 3;
const RESTART_DELAYS_MS = [50, 200, 500, 1_000, 2_000, 5_000];
/** A child that lived this long has recovered: its next restart is immediate again. */
const HEALTHY_AFTER_MS = 10_000;
const KILL_AFTER_MS = 5_000;
const LOG_LIMIT_BYTES = 10_000_000;

/** Starts a program and keeps it alive until `stop`. */
export function supervise(program: SupervisedProgram): Supervised {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let wasReady = false;
  const { promise: ready, resolve, reject } = withResolvers<ReadyMessage>();
  ready.catch(() => undefined);

  const live = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; failures++) {
      const startedAt = performance.now();
      child = start(program, (message) => {
        wasReady = true;
        resolve(message);
      });
      const end = await endOf(child);
      child = undefined;
      if (stopping.signal.aborted) return;
      if (!wasReady && failures + 1 >= STARTS) {
        reject(describeFailedStart(program, end));
        return;
      }
      if (performance.now() - startedAt > HEALTHY_AFTER_MS) failures = 0;
      if (wasReady) program.notify(`The ${program.name} process ended unexpectedly (${end}); starting it again.`);
      const pause = RESTART_DELAYS_MS[Math.min(failures, RESTART_DELAYS_MS.length - 1)];
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const living = live();

  return {
    ready,
    pid: () => child?.pid,
    stop: async () => {
      stopping.abort();
      const last = child;
      last?.kill('SIGTERM');
      const killer = setTimeout(() => last?.kill('SIGKILL'), KILL_AFTER_MS);
      await living;
      clearTimeout(killer);
      reject(new AppError('canceled', `The ${program.name} process was stopped before it was ready.`));
    },
  };
}

function start(program: SupervisedProgram, onReady: (message: ReadyMessage) => void): ChildProcess {
  const log = openLog(program.logFile);
  const child = fork(program.file, [], {
    env: program.environment,
    stdio: ['ignore', log, log, 'ipc'],
    execArgv: ['--enable-source-maps'],
  });
  closeSync(log);
  child.on('message', (message) => {
    const parsed = zReadyMessage.safeParse(message);
    if (parsed.success) onReady(parsed.data);
  });
  return child;
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      resolve(signal ?? `exit code ${String(code)}`);
    });
  });
}

function describeFailedStart({ name, logFile }: SupervisedProgram, end: string): AppError {
  return new AppError('unavailable', `The ${name} process does not start (${end}).`, {
    cause: readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n'),
    nextStep: `What it said stands in ${logFile}.`,
  });
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
