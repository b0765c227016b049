/** What a worker and its node processes say to each other: plain data over IPC, parsed on both sides. */

import * as z from 'zod';

import { zArtifactProperties, zDigest } from '../../lib/artifact/artifact';
import { zErrorInfo } from '../../lib/errors';
import { zProgressPoint } from '../../lib/run/progress-points';

const zFile = z.object({ path: z.string(), sizeBytes: z.number(), digest: zDigest });

/** An input artifact, with what is needed to check that it is whole. */
export const zTaskInput = z.object({
  id: z.string(),
  type: z.string(),
  digest: zDigest,
  /** Absolute. */
  folder: z.string(),
  properties: zArtifactProperties,
  files: z.array(zFile),
  /** When it was published, in ms since 1970: a file changed later is read again. */
  publishedAtMs: z.number(),
});
/** See {@link zTaskInput}. */
export type TaskInput = z.infer<typeof zTaskInput>;

/** One attempt of one node run, as a node process gets it. */
export const zNodeTask = z.object({
  node: z.string(),
  component: z.string(),
  /** After `$param`; parsed by the component's spec in the node process. */
  params: z.record(z.string(), z.unknown()),
  inputs: z.record(z.string(), z.array(zTaskInput)),
  /** Absolute folder of this attempt; outputs are made in `out/<port>` and scratch files in `scratch` below it. */
  folder: z.string(),
  baseFolder: z.string(),
  /** Absolute folder of what attempts of this node run leave for each other; made by whoever needs it. */
  checkpointFolder: z.string(),
  /** Where this pipeline hands out what leaves the artifact store, unless a parameter says otherwise. Absolute. */
  deliveryFolder: z.string(),
  limits: z.object({ memoryMb: z.number(), threads: z.number() }),
});
/** See {@link zNodeTask}. */
export type NodeTask = z.infer<typeof zNodeTask>;

/** From the worker. */
export const zToNode = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), task: zNodeTask }),
  /** The running task should come to an end with what it has. */
  z.object({ type: z.literal('finish') }),
]);
/** See {@link zToNode}. */
export type ToNode = z.infer<typeof zToNode>;

/** An output as it lies in the attempt's folder, hashed and on disk. */
export const zTaskOutput = z.object({
  type: z.string(),
  properties: zArtifactProperties,
  files: z.array(zFile),
  sizeBytes: z.number(),
  digest: zDigest,
});
/** See {@link zTaskOutput}. */
export type TaskOutput = z.infer<typeof zTaskOutput>;

/** What a task used, as the node process sees it. */
export const zTaskUsage = z.object({
  /** From the task's arrival to the first line of the executor, in ms; absent where it did not come to that. */
  startMs: z.number().optional(),
  /** Largest resident memory while the task ran; absent where the system does not tell of this task alone. */
  peakMemoryBytes: z.number().optional(),
  cpuMs: z.number(),
});
/** See {@link zTaskUsage}. */
export type TaskUsage = z.infer<typeof zTaskUsage>;

const ended = { usage: zTaskUsage, rssMb: z.number() };

/** To the worker. `failed` and `done` end a task. */
export const zFromNode = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('logged'), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
  z.object({
    type: z.literal('progressed'),
    share: z.number().optional(),
    message: z.string().optional(),
    points: z.array(zProgressPoint).optional(),
  }),
  z.object({ type: z.literal('done'), outputs: z.record(z.string(), zTaskOutput), ...ended }),
  z.object({ type: z.literal('failed'), error: zErrorInfo, damaged: z.string().optional(), ...ended }),
]);
/** See {@link zFromNode}. */
export type FromNode = z.infer<typeof zFromNode>;

/** Environment variable that marks a node process and whatever it starts, wherever that moves. */
export const MARKER_VARIABLE = 'SLUICE_NODE_PROCESS';
