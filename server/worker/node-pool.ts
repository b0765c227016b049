/** Keeps node processes warm, started ahead of need, and replaces those that must not get another task. */

import { setTimeout as delay } from 'node:timers/promises';

import { forkNode, type ForkOptions, type NodeProcess } from './fork-node';

/** What the pool needs. */
export type NodePoolOptions = {
  readonly size: number;
  readonly fork: Omit<ForkOptions, 'marker'>;
  /** Markers begin with it: the worker's id. */
  readonly owner: string;
  /** Records a process; settles before it gets its first task. */
  readonly register: (process: NodeProcess) => Promise<void>;
  readonly unregister: (process: NodeProcess) => Promise<void>;
  /** Called when a process became free. */
  readonly onFree: () => void;
  readonly notify: (sentence: string) => void;
};

/** The pool. */
export type NodePool = {
  /** The free processes; none is handed out twice until it is released. */
  readonly free: () => readonly NodeProcess[];
  /** Marks a free process as busy. */
  readonly take: (process: NodeProcess) => void;
  /** Gives a process back; it is replaced where it must not get another task. */
  readonly release: (process: NodeProcess, graceMs: number) => void;
  /** Ends every process and returns when nothing of them is left. */
  readonly close: (graceMs: number) => Promise<void>;
};

/** Pauses after processes that ended before they were ready, in ms; the last one repeats. */
const FORK_DELAYS_MS = [0, 200, 1_000, 5_000];

/** Starts a pool; processes become free one after the other. */
export function openNodePool(options: NodePoolOptions): NodePool {
  const free = new Set<NodeProcess>();
  const living = new Set<NodeProcess>();
  const ending = new Set<Promise<void>>();
  let closed = false;
  let count = 0;
  let failures = 0;

  const isClosed = (): boolean => closed;

  const start = async (): Promise<void> => {
    while (!isClosed()) {
      await delay(FORK_DELAYS_MS[Math.min(failures, FORK_DELAYS_MS.length - 1)]);
      if (isClosed()) return;
      count += 1;
      const node = forkNode({ ...options.fork, marker: `${options.owner}.${count}` });
      living.add(node);
      void node.gone.then(() => {
        living.delete(node);
        // A process that died while it was free is replaced at once; a busy one by whoever waits for its answer.
        if (free.delete(node)) retire(node, 0);
      });
      try {
        await Promise.all([node.ready, options.register(node)]);
        failures = 0;
        if (isClosed()) return;
        free.add(node);
        options.onFree();
        return;
      } catch (error) {
        failures += 1;
        options.notify(error instanceof Error ? error.message : String(error));
        await node.end(0);
      }
    }
  };

  const retire = (node: NodeProcess, graceMs: number): void => {
    const end = node
      .end(graceMs)
      .then(() => options.unregister(node))
      .catch((error: unknown) => {
        options.notify(`a node process could not be forgotten: ${String(error)}`);
      })
      .finally(() => ending.delete(end));
    ending.add(end);
    if (!closed) void start();
  };

  for (let i = 0; i < options.size; i++) void start();
  return {
    free: () => [...free],
    take: (node) => void free.delete(node),
    release(node, graceMs) {
      if (closed || !node.isReusable()) {
        retire(node, graceMs);
        return;
      }
      free.add(node);
      options.onFree();
    },
    async close(graceMs) {
      closed = true;
      free.clear();
      await Promise.all([...living].map((node) => node.end(graceMs)));
      await Promise.all(ending);
    },
  };
}
