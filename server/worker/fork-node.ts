/** A node process as its worker sees it: forked into a process group of its own, warm, one task at a time. */

import { fork, type ChildProcess } from 'node:child_process';
import os from 'node:os';

import type { ErrorInfo } from '../../lib/errors';
import type { ProcessRecord } from '../db/schema/runs';
import {
  MARKER_VARIABLE,
  zFromNode,
  type FromNode,
  type NodeTask,
  type TaskOutput,
  type TaskUsage,
} from '../engine/node-task';
import { processBirth } from '../launcher/process-identity';
import { askToEnd, hasChildren, isSameProcess, killTree } from './kill-tree';

/** What a task came to. `gone`: the process ended without an answer. */
export type TaskResult =
  | { readonly type: 'done'; readonly outputs: Readonly<Record<string, TaskOutput>>; readonly usage: TaskUsage }
  | {
      readonly type: 'failed';
      readonly error: ErrorInfo;
      readonly damaged: string | undefined;
      readonly usage: TaskUsage;
    }
  | { readonly type: 'gone'; readonly how: string };

/** What a running task says. */
export type TaskNote = Extract<FromNode, { readonly type: 'logged' | 'progressed' }>;

/** A node process. */
export type NodeProcess = {
  readonly record: ProcessRecord;
  /** Settles when it can take a task; rejects when it ended before. */
  readonly ready: Promise<void>;
  /** Settles when it is gone, with how. */
  readonly gone: Promise<string>;
  readonly run: (task: NodeTask, onNote: (note: TaskNote) => void) => Promise<TaskResult>;
  /** Asks the running task to come to an end with what it has. */
  readonly finish: () => void;
  /** False once it must not get another task: grown, surrounded by children, or ending. */
  readonly isReusable: () => boolean;
  /** SIGTERM to the group, SIGKILL after `graceMs`; returns when nothing of it is left. */
  readonly end: (graceMs: number) => Promise<void>;
};

/** What to fork. */
export type ForkOptions = {
  /** The bundle of the node process. */
  readonly program: string;
  readonly marker: string;
  readonly environment: NodeJS.ProcessEnv;
};

/** Above this a process is replaced: WebAssembly memory, for one, never shrinks. */
const RSS_LIMIT_MB = 500;
/** How much of what a process printed before it died is kept as the cause. */
const PRINTED_LIMIT = 4_000;

/** Forks a node process. Throws when the system does not let it. */
export function forkNode(options: ForkOptions): NodeProcess {
  const child = fork(options.program, [], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...options.environment, [MARKER_VARIABLE]: options.marker },
    execArgv: [],
  });
  if (child.pid === undefined) throw new Error('a node process could not be started');
  const startedTicks = processBirth(child.pid) ?? 'gone';
  const record = { pid: child.pid, startedTicks, host: os.hostname(), marker: options.marker };
  return watchNode(child, record);
}

function watchNode(child: ChildProcess, record: ProcessRecord): NodeProcess {
  let printed = '';
  let rssMb = 0;
  let ending = false;
  let onMessage: ((message: FromNode) => void) | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed = (printed + text).slice(-PRINTED_LIMIT)));
  const gone = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(`${signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`}\n${printed}`.trim());
    });
    child.once('error', (error) => {
      resolve(error.message);
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    onMessage = () => {
      resolve();
    };
    void gone.then((how) => {
      reject(new Error(`a node process ended before it was ready: ${how}`));
    });
  });
  // Whoever waits for it hears of the failure; nobody may be waiting yet.
  ready.catch(() => undefined);
  child.on('message', (raw) => {
    const message = zFromNode.parse(raw);
    if (message.type === 'done' || message.type === 'failed') rssMb = message.rssMb;
    onMessage?.(message);
  });

  const run = (task: NodeTask, onNote: (note: TaskNote) => void): Promise<TaskResult> =>
    new Promise((resolve) => {
      onMessage = (message) => {
        switch (message.type) {
          case 'logged':
          case 'progressed':
            onNote(message);
            return;
          case 'done':
            resolve({ type: 'done', outputs: message.outputs, usage: message.usage });
            return;
          case 'failed':
            resolve({ type: 'failed', error: message.error, damaged: message.damaged, usage: message.usage });
            return;
          case 'ready':
            return;
        }
      };
      void gone.then((how) => {
        resolve({ type: 'gone', how });
      });
      child.send({ type: 'run', task }, () => undefined);
    });

  const end = async (graceMs: number): Promise<void> => {
    ending = true;
    askToEnd(record);
    const grace = new AbortController();
    const timer = setTimeout(() => {
      grace.abort();
    }, graceMs);
    await Promise.race([gone, new Promise((resolve) => grace.signal.addEventListener('abort', resolve))]);
    clearTimeout(timer);
    await killTree(record);
    if (!child.killed && isSameProcess(record)) return;
    await gone;
  };

  const isReusable = (): boolean => !ending && child.connected && rssMb <= RSS_LIMIT_MB && !hasChildren(record.pid);
  const finish = (): void => {
    child.send({ type: 'finish' }, () => undefined);
  };
  return { record, ready, gone, run, finish, isReusable, end };
}
