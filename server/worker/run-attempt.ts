/**
 * One attempt from claim to end as its worker sees it: prepare, hand to the process, publish or record the failure. It
 * ends early when it is told to stop, and then its whole process tree is gone before anybody else may compute the node.
 */

import { rm } from 'node:fs/promises';

import { AppError, toErrorInfo, type ErrorInfo } from '../../lib/errors';
import type { AttemptUsage, RunEventBody } from '../../lib/run/run-event';
import { throughLosses } from '../db/through-losses';
import { prepareTask, attemptFolder, confirmSources, type PrepareContext } from '../engine/prepare-task';
import {
  preparePublication,
  publish,
  takeBack,
  type Publication,
  type PublishContext,
  type PublishOutcome,
} from '../engine/publish';
import type { Claim, ClaimRequest } from '../runs/lifecycle/claim';
import { hasExecution } from '../runs/lifecycle/complete-node';
import { endAttempt, type AttemptEnd } from '../runs/lifecycle/end-attempt';
import type { StopReason } from '../runs/lifecycle/heartbeat';
import { recordNotes } from '../runs/lifecycle/record-notes';
import { markArtifact } from '../runs/lifecycle/reuse-node';
import type { RunDocument } from '../runs/lifecycle/run-inputs';
import type { TaskUsage } from '../engine/node-task';
import type { NodeProcess, TaskResult } from './fork-node';
import { openNotes } from './notes';
import { removeAttempt } from './remove-attempt';

/** Why an attempt stops before its end: what a heartbeat says, the limit of the attempt, or the end of the worker. */
export type StopCause = StopReason | 'timed-out' | 'shutdown';

/** What attempts work with. */
export type AttemptContext = PrepareContext &
  PublishContext & {
    readonly documentOf: (runId: Claim['runId']) => Promise<RunDocument>;
    readonly graceMs: number;
    /** Takes what goes on after an attempt has ended and nobody waits for: only the end of the worker does. */
    readonly afterwards: (work: Promise<unknown>) => void;
    /** What a process that becomes free claims together with its publication; undefined while the worker stops. */
    readonly nextFor: (node: NodeProcess) => ClaimRequest | undefined;
    /** Aborts when the worker ends: nothing waits for the database any more. */
    readonly closing: AbortSignal;
  };

/** A running attempt. */
export type Attempt = {
  readonly claim: Claim;
  /** Tells it to stop; the first cause counts. */
  readonly stop: (cause: StopCause) => void;
  /** Asks it to come to an end with what it has. */
  readonly finish: () => void;
  /** Settles when it is over. */
  readonly ended: Promise<AttemptResult>;
};

/** What comes after an attempt. */
export type AttemptResult = {
  /** The pause before its retry, where one follows. */
  readonly retryInMs?: number | undefined;
  /** What its process has claimed already; without it the process may be released. */
  readonly next?: Claim | undefined;
};

/** The database decides whether a limit has passed: this clock asks it a little later. */
const CLOCK_TOLERANCE_MS = 20;
/** Longest delay that a timer takes, in ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Starts an attempt in a process that was taken for it. */
export function startAttempt(context: AttemptContext, claim: Claim, node: NodeProcess): Attempt {
  let stop: (cause: StopCause) => void = () => undefined;
  const stopped = new Promise<StopCause>((resolve) => (stop = resolve));
  const limit =
    claim.runLeftMs === null
      ? undefined
      : setTimeout(
          () => stop('run-timed-out'),
          Math.min(MAX_TIMER_MS, Math.max(0, claim.runLeftMs) + CLOCK_TOLERANCE_MS),
        );
  const ended = run(context, claim, { node, stopped, stop }).finally(() => {
    clearTimeout(limit);
  });
  return { claim, stop, finish: node.finish, ended };
}

type Handles = {
  readonly node: NodeProcess;
  readonly stopped: Promise<StopCause>;
  readonly stop: (cause: StopCause) => void;
};

type Outcome = { readonly type: 'stopped'; readonly cause: StopCause } | TaskResult;

async function run(context: AttemptContext, claim: Claim, handles: Handles): Promise<AttemptResult> {
  const { db, closing } = context;
  const notes = openNotes(
    claim,
    (batch) => recordNotes(db, claim, batch),
    () => handles.stop('fenced'),
  );
  let limit: NodeJS.Timeout | undefined;
  const claimedAt = performance.now();
  try {
    const document = await throughLosses(() => context.documentOf(claim.runId), closing);
    const timeoutMs = document.document.nodes[claim.nodeId]?.execution?.timeoutMs;
    if (timeoutMs !== undefined) limit = setTimeout(() => handles.stop('timed-out'), Math.min(MAX_TIMER_MS, timeoutMs));
    const prepared = await throughLosses(() => prepareTask(context, claim, document), closing);
    context.crashPoint('worker-before-hand-over');
    const handOverMs = performance.now() - claimedAt;
    const task = handles.node.run(prepared.task, notes.add);
    const stopped = handles.stopped.then((cause): Outcome => ({ type: 'stopped', cause }));
    const outcome = await Promise.race<Outcome>([task, stopped]);
    clearTimeout(limit);
    if (outcome.type === 'done') {
      const { sources } = prepared.key;
      await throughLosses(() => confirmSources(context, claim, { run: document, sources }), closing);
      const rest = await notes.close();
      const publication = {
        ...preparePublication(context.artifactsFolder, prepared, {
          outputs: outcome.outputs,
          notes: rest,
          usage: usageOf(outcome.usage, handOverMs),
        }),
        next: handles.node.isReusable() ? context.nextFor(handles.node) : undefined,
      };
      const published = await publishThroughLosses(context, claim, publication);
      if (published.result === 'published') {
        context.afterwards(rm(prepared.task.checkpointFolder, { recursive: true, force: true }));
        return { next: published.next };
      }
      return await record(context, claim, { ...causeOf('canceled', claim), extra: [] });
    }
    if (outcome.type !== 'failed') await handles.node.end(outcome.type === 'stopped' ? context.graceMs : 0);
    if (outcome.type === 'failed' && outcome.damaged !== undefined) {
      await markArtifact(db, outcome.damaged, outcome.error.code === 'artifact-missing' ? 'missing' : 'damaged');
    }
    if (outcome.type === 'stopped' && outcome.cause === 'fenced') return {};
    const usage = outcome.type === 'failed' ? { usage: usageOf(outcome.usage, handOverMs) } : {};
    return await record(context, claim, { ...endOf(outcome, claim, timeoutMs), ...usage, extra: await notes.close() });
  } catch (error) {
    if (closing.aborted) return {};
    const failure = { ...toErrorInfo(error), node: claim.nodeId };
    return await record(context, claim, { outcome: 'failed', error: failure, extra: await notes.close() });
  } finally {
    clearTimeout(limit);
    context.afterwards(removeAttempt(context.db, attemptFolder(context.artifactsFolder, claim)));
  }
}

/** What the process measured, with the time that it took to reach it. */
function usageOf({ startMs, ...usage }: TaskUsage, handOverMs: number): AttemptUsage {
  return { ...usage, ...(startMs !== undefined && { startMs: startMs + handOverMs }) };
}

type End = Omit<AttemptEnd, 'random'> & { readonly extra: readonly RunEventBody[] };

async function record({ db, closing }: AttemptContext, claim: Claim, end: End): Promise<AttemptResult> {
  const random = Math.random();
  const result = await throughLosses(() => endAttempt(db, claim, { ...end, random }), closing);
  return result.result === 'ended' ? { retryInMs: result.retryInMs } : {};
}

/** After a lost connection only the tables know whether the commit had happened. */
async function publishThroughLosses(
  context: AttemptContext,
  claim: Claim,
  publication: Publication & { readonly next: ClaimRequest | undefined },
): Promise<PublishOutcome> {
  let tries = 0;
  return throughLosses(async () => {
    const isRecorded = tries++ > 0 && (await hasExecution(context.db, publication.execution.id));
    if (isRecorded) return { result: 'published', next: undefined };
    const outcome = await publish(context, claim, publication);
    if (outcome.result === 'refused') await takeBack(publication);
    return outcome;
  }, context.closing);
}

function endOf(
  outcome: Exclude<Outcome, { type: 'done' }>,
  claim: Claim,
  timeoutMs: number | undefined,
): Omit<End, 'extra'> {
  switch (outcome.type) {
    case 'failed':
      return { outcome: 'failed', error: outcome.error };
    case 'gone':
      return { outcome: 'lost', error: lostError(claim, outcome.how) };
    case 'stopped':
      return causeOf(outcome.cause, claim, timeoutMs);
  }
}

function causeOf(cause: StopCause, claim: Claim, timeoutMs?: number): Omit<End, 'extra'> {
  const node = claim.nodeId;
  const error = (code: ErrorInfo['code'], message: string): ErrorInfo =>
    toErrorInfo(new AppError(code, message, { node }));
  switch (cause) {
    case 'timed-out':
      return {
        outcome: 'timed-out',
        error: error('timed-out', `${node} was ended because it took longer than its limit of ${seconds(timeoutMs)}.`),
      };
    case 'run-timed-out':
      return {
        outcome: 'timed-out',
        error: error('timed-out', `${node} was ended because the whole run took longer than its limit.`),
      };
    case 'shutdown':
      return { outcome: 'lost', error: error('lost', `Sluice was stopped while ${node} ran.`), counts: false };
    case 'canceled':
    case 'fenced':
      return { outcome: 'canceled', error: error('canceled', `${node} was canceled.`) };
  }
}

function lostError(claim: Claim, how: string): ErrorInfo {
  return toErrorInfo(
    new AppError('lost', `The process that ran ${claim.nodeId} ended unexpectedly.`, {
      node: claim.nodeId,
      cause: how,
      nextStep: 'If this happens again, the node may need more memory than there is.',
    }),
  );
}

function seconds(ms: number | undefined): string {
  return `${Math.round((ms ?? 0) / 100) / 10} s`;
}
