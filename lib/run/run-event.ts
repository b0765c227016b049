/**
 * The events of a run: append-only, numbered from 1 without a gap per run. Browser, server and tests fold them with the
 * same function (`fold-run`), so an event carries everything that its fold shows.
 */

import * as z from 'zod';

import { zArtifactRef } from '../artifact/artifact';
import { zErrorInfo } from '../errors';
import { zRunId } from '../ids';
import { zProgressPoint } from './progress-points';
import { zAttemptOutcome, zPlanDecision, zRunState, zStateReason } from './run';

const zNodePlanned = z.object({
  component: z.string(),
  decision: zPlanDecision,
  /** A sentence: what will happen and why, naming the field, old and new value, or the input and both digests. */
  reason: z.string(),
  /** For `reuse`: the run whose outputs are taken. */
  fromRun: zRunId.optional(),
  fromRunNumber: z.number().int().optional(),
  /** Nodes whose outputs this one waits for. */
  upstream: z.array(z.string()),
  /** What earlier executions of this node took, at the median, in ms. Absent where there were none, and where none runs. */
  expectedMs: z.number().nonnegative().optional(),
});
/** What the plan says of one node, kept in the event so that it can be compared with what came of it. */
export type NodePlanned = z.infer<typeof zNodePlanned>;

const zAttemptUsage = z.object({
  /** From the claim to the first line of the executor: hand-over, checks of the inputs, loading. In ms. */
  startMs: z.number().nonnegative().optional(),
  /** Largest resident memory of the node process during the attempt, in bytes. */
  peakMemoryBytes: z.number().nonnegative().optional(),
  /** Processor time of all its threads, in ms. */
  cpuMs: z.number().nonnegative().optional(),
});
/** What an attempt used, as far as the system tells. */
export type AttemptUsage = z.infer<typeof zAttemptUsage>;

const zOutputs = z.record(z.string(), z.array(zArtifactRef));
/** Published outputs of a node run by port. */
export type NodeOutputs = z.infer<typeof zOutputs>;

const attempt = z.number().int().min(1);
const milliseconds = z.number().nonnegative();
const node = z.string();

/** Parser of a {@link RunEventBody}. */
export const zRunEventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run.queued'),
    runNumber: z.number().int(),
    pipeline: z.string(),
    pipelineVersion: z.number().int(),
    nodes: z.record(z.string(), zNodePlanned),
  }),
  z.object({ type: z.literal('run.started') }),
  /** `owner` says who computes: worker and process. */
  z.object({ type: z.literal('node.started'), node, attempt, owner: z.string() }),
  z.object({
    type: z.literal('node.progressed'),
    node,
    attempt,
    share: z.number().min(0).max(1).optional(),
    message: z.string().optional(),
    /** New points of the node's curve. */
    points: z.array(zProgressPoint).optional(),
  }),
  z.object({
    type: z.literal('node.logged'),
    node,
    attempt,
    level: z.enum(['info', 'warning', 'error']),
    message: z.string(),
  }),
  z.object({
    type: z.literal('node.attempt-ended'),
    node,
    attempt,
    outcome: zAttemptOutcome,
    durationMs: milliseconds,
    error: zErrorInfo.optional(),
    usage: zAttemptUsage.optional(),
    /** Present when another attempt follows: the delay before it. */
    retryInMs: milliseconds.optional(),
  }),
  z.object({ type: z.literal('node.completed'), node, outputs: zOutputs, durationMs: milliseconds }),
  z.object({
    type: z.literal('node.reused'),
    node,
    outputs: zOutputs,
    fromRun: zRunId,
    fromRunNumber: z.number().int(),
  }),
  z.object({ type: z.literal('node.failed'), node, reason: zStateReason.optional(), error: zErrorInfo }),
  /** `because`: the node that ended badly, did not bless, or gave nothing. */
  z.object({ type: z.literal('node.skipped'), node, reason: zStateReason, because: z.string().optional() }),
  z.object({ type: z.literal('node.canceled'), node, reason: zStateReason }),
  /** The plan turned out wrong for a node, with the reason: an artifact was deleted since, for example. */
  z.object({ type: z.literal('node.replanned'), node, decision: zPlanDecision, reason: z.string() }),
  z.object({ type: z.literal('run.cancel-requested'), by: z.string() }),
  /** A finished run goes on: these nodes are queued again, the others keep what they have. */
  z.object({ type: z.literal('run.retried'), nodes: z.array(z.string()) }),
  /** Somebody wants what the node has so far: it ends as soon as there is something whole. */
  z.object({ type: z.literal('node.finish-requested'), node, by: z.string() }),
  /** The reconciler mended a contradiction left by a crash. */
  z.object({ type: z.literal('run.repaired'), what: z.string(), node: z.string().optional() }),
  z.object({ type: z.literal('run.finished'), state: zRunState }),
]);
/** What happened, without when and where. */
export type RunEventBody = z.infer<typeof zRunEventBody>;

/** One event of one run. */
export const zRunEvent = z.object({
  runId: zRunId,
  /** 1, 2, 3 … without a gap per run. */
  seq: z.number().int().min(1),
  /** When the database recorded it: ISO 8601 in UTC with milliseconds. */
  at: z.iso.datetime(),
  body: zRunEventBody,
});
/** See {@link zRunEvent}. */
export type RunEvent = z.infer<typeof zRunEvent>;
