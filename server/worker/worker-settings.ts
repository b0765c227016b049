/** Everything a worker is told. The shipped entry uses the defaults; tests shorten what the rule does not depend on. */

import os from 'node:os';

import type { Catalog } from '../../lib/catalog/index';
import type { NodeTask } from '../engine/node-task';
import type { CrashPoint } from '../engine/run-node';

/** Durations and limits, in ms where a name ends so. */
export type WorkerTimes = {
  /** How long a claim holds without a heartbeat. */
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  /** How often to look for what a crash left behind. */
  readonly sweepMs: number;
  /** How often to look for work when no notification came. */
  readonly pollMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs: number;
};

/** Lease and heartbeat find a dead worker within 25 s; a cancel is noticed at the next heartbeat at the latest. */
export const DEFAULT_TIMES: WorkerTimes = {
  leaseMs: 15_000,
  heartbeatMs: 2_000,
  sweepMs: 5_000,
  pollMs: 1_000,
  graceMs: 3_000,
};

/** See {@link DEFAULT_TIMES} for the durations. */
export type WorkerSettings = {
  readonly databaseUrl: string;
  /** Root of the artifact store. Absolute. */
  readonly artifactsFolder: string;
  readonly catalog: Catalog;
  /** The bundle of the node process. */
  readonly nodeProgram: string;
  /** Environment of node processes: no secret of ours is in it. */
  readonly nodeEnvironment: NodeJS.ProcessEnv;
  /** How many node runs at the same time. */
  readonly concurrency: number;
  readonly limits: NodeTask['limits'];
  readonly times: WorkerTimes;
  /** A worker that stands still inside a transaction loses it, and its locks, after so long. In ms, default 10,000. */
  readonly idleInTransactionMs?: number;
  /** Named places where tests let the worker die; does nothing in the shipped program. */
  readonly crashPoint: CrashPoint;
  /** Told what a person who looks for a fault should know. */
  readonly notify: (sentence: string) => void;
};

/** Share of the machine's memory that node processes may use together. */
const MEMORY_SHARE = 0.6;
const LEAST_MEMORY_MB = 256;

/** As many node runs as cores, each with every core and its share of the memory. */
export function defaultLimits(): { readonly concurrency: number; readonly limits: NodeTask['limits'] } {
  const cores = os.availableParallelism();
  const concurrency = Math.max(1, cores);
  const constrained = process.constrainedMemory();
  const total = constrained > 0 && constrained < os.totalmem() ? constrained : os.totalmem();
  const memoryMb = Math.max(LEAST_MEMORY_MB, Math.floor((total / 1_048_576) * (MEMORY_SHARE / concurrency)));
  return { concurrency, limits: { memoryMb, threads: cores } };
}

/** Variables that a node process must not inherit: what it computes has no use for our secrets. */
const SECRET_VARIABLES = ['DATABASE_URL', 'SLUICE_NONCE', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'];

/** The environment of node processes: this one without {@link SECRET_VARIABLES}. */
export function nodeEnvironmentFrom(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...environment };
  for (const name of SECRET_VARIABLES) delete kept[name];
  return kept;
}
