/**
 * The inside of a node process: takes one task at a time from its worker, runs it and answers. It dies with its worker:
 * at once when idle, and when busy its executor's loop keeps it alive only until somebody ends its process group.
 */

import { AppError, toErrorInfo, type ErrorInfo } from '../../lib/errors';
import type { FromNode, NodeTask } from '../engine/node-task';
import { zToNode } from '../engine/node-task';
import { DamagedInputError, runNode, type CrashPoint, type ExecutorRegistry } from '../engine/run-node';
import { endNow } from '../launcher/child';
import { meterTask } from './task-meter';
import { makeVoice } from './voice';

/** What a node process works with. */
export type NodeHostOptions = {
  readonly executors: ExecutorRegistry;
  /** Named places where tests let the process die. Default: nothing happens. */
  readonly crashPoint?: CrashPoint;
};

const rssMb = (): number => Math.round(process.memoryUsage.rss() / 1_048_576);

/** Serves tasks until the worker goes away or asks for the end. */
export function serveTasks(options: NodeHostOptions): void {
  process.title = 'sluice-node';
  let running: AbortController | undefined;
  let finish = new AbortController();
  const send = (message: FromNode): void => {
    process.send?.(message, undefined, {}, () => undefined);
  };
  process.on('message', (raw) => {
    const message = zToNode.parse(raw);
    if (message.type === 'finish') {
      finish.abort();
      return;
    }
    const { task } = message;
    finish = new AbortController();
    const abort = new AbortController();
    running = abort;
    void answer(options, task, { signal: abort.signal, finish: finish.signal, send }).then((message) => {
      running = undefined;
      process.send?.(message, undefined, {}, () => {
        if (abort.signal.aborted) process.exit(0);
      });
    });
  });
  process.on('disconnect', endGroup);
  process.on('SIGTERM', () => {
    if (running === undefined) process.exit(0);
    running.abort(new AppError('canceled', 'The attempt was asked to stop.'));
  });
  // Ctrl-C reaches the terminal's process group; the worker alone decides.
  process.on('SIGINT', () => undefined);
  send({ type: 'ready' });
}

/** Ends this process and all that it started: its worker made it the leader of its process group. */
function endGroup(): never {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // Not a group leader (started by hand): only this process then.
  }
  return endNow();
}

type Line = { readonly signal: AbortSignal; readonly finish: AbortSignal; readonly send: (message: FromNode) => void };

async function answer(options: NodeHostOptions, task: NodeTask, { signal, finish, send }: Line): Promise<FromNode> {
  const voice = makeVoice({ signal, finish, send });
  const meter = meterTask();
  try {
    options.crashPoint?.('node-before-execute');
    const outputs = await runNode(options.executors, task, { ...voice, onExecute: meter.started });
    options.crashPoint?.('node-after-stage-write');
    voice.end();
    return { type: 'done', outputs, usage: meter.read(), rssMb: rssMb() };
  } catch (thrown) {
    voice.end();
    if (thrown instanceof DamagedInputError) {
      return {
        type: 'failed',
        error: toErrorInfo(thrown.error),
        damaged: thrown.artifactId,
        usage: meter.read(),
        rssMb: rssMb(),
      };
    }
    return { type: 'failed', error: describe(thrown, task), usage: meter.read(), rssMb: rssMb() };
  }
}

function describe(thrown: unknown, task: NodeTask): ErrorInfo {
  return { ...toErrorInfo(thrown), node: task.node };
}
