/**
 * Events → what a run is now. The only function that knows it: browser, server and tests call this one.
 * Folding a prefix and then the rest equals folding all; an event at or below the cursor changes nothing.
 */

import { assertNever } from '../assert';
import type { ErrorInfo } from '../errors';
import { addPoints, type ProgressPoint } from './progress-points';
import type { AttemptOutcome, NodeState, PlanDecision, RunState, StateReason } from './run';
import type { AttemptUsage, NodeOutputs, RunEvent, RunEventBody } from './run-event';

/** One attempt of a node run. Times are ISO 8601 in UTC. */
export type AttemptSnapshot = {
  readonly attempt: number;
  readonly owner: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly outcome?: AttemptOutcome;
  readonly durationMs?: number;
  readonly error?: ErrorInfo;
  readonly usage?: AttemptUsage;
  /** The delay before the next attempt, where one follows. */
  readonly retryInMs?: number;
};

/** A node run, as of the cursor. */
export type NodeSnapshot = {
  readonly node: string;
  readonly component: string;
  readonly upstream: readonly string[];
  readonly state: NodeState;
  /** Why it ended so, where the state alone does not say it. */
  readonly stateReason?: StateReason;
  /** For what is skipped: the node that ended badly, did not bless, or gave nothing. */
  readonly because?: string;
  /** What the plan said before the run. */
  readonly decision: PlanDecision;
  readonly reason: string;
  /** What earlier executions took, at the median, when the run was queued. */
  readonly expectedMs?: number;
  readonly fromRun?: string;
  readonly fromRunNumber?: number;
  readonly attempts: readonly AttemptSnapshot[];
  readonly share?: number;
  readonly progressMessage?: string;
  /** The curve so far, thinned out where it is long. */
  readonly points?: readonly ProgressPoint[];
  /** When somebody asked the node to end with what it has. */
  readonly finishRequestedAt?: string;
  readonly outputs: NodeOutputs;
  readonly durationMs?: number;
  readonly error?: ErrorInfo;
  readonly startedAt?: string;
  readonly endedAt?: string;
};

/** A run, as of the cursor. */
export type RunSnapshot = {
  readonly runId: string;
  readonly runNumber: number;
  readonly pipeline: string;
  readonly pipelineVersion: number;
  /** `seq` of the last event folded in; 0 before the first. */
  readonly cursor: number;
  readonly state: RunState;
  readonly cancelRequestedAt?: string;
  readonly queuedAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly nodes: { readonly [node: string]: NodeSnapshot };
};

/** The snapshot of a run before its first event. */
export function emptyRun(runId: string): RunSnapshot {
  return { runId, runNumber: 0, pipeline: '', pipelineVersion: 0, cursor: 0, state: 'queued', queuedAt: '', nodes: {} };
}

/** Folds events, in order of `seq`, into a snapshot. Events at or below its cursor are ignored. */
export function foldRun(snapshot: RunSnapshot, events: readonly RunEvent[]): RunSnapshot {
  let run = snapshot;
  for (const event of events) {
    if (event.seq <= run.cursor) continue;
    run = { ...applyEvent(run, event), cursor: event.seq };
  }
  return run;
}

function applyEvent(run: RunSnapshot, { body, at }: RunEvent): RunSnapshot {
  switch (body.type) {
    case 'run.queued': {
      const nodes: Record<string, NodeSnapshot> = {};
      for (const [node, { fromRun, fromRunNumber, expectedMs, ...planned }] of Object.entries(body.nodes)) {
        nodes[node] = {
          node,
          ...planned,
          ...(expectedMs !== undefined && { expectedMs }),
          ...(fromRun !== undefined && { fromRun }),
          ...(fromRunNumber !== undefined && { fromRunNumber }),
          state: 'queued',
          attempts: [],
          outputs: {},
        };
      }
      const { runNumber, pipeline, pipelineVersion } = body;
      return { ...run, runNumber, pipeline, pipelineVersion, queuedAt: at, nodes };
    }
    case 'run.started':
      return { ...run, state: 'running', startedAt: run.startedAt ?? at };
    case 'run.cancel-requested':
      return { ...run, cancelRequestedAt: at };
    case 'run.retried':
      return retried(run, body.nodes);
    case 'run.repaired':
      return run;
    case 'run.finished':
      return { ...run, state: body.state, finishedAt: at };
    default:
      return withNode(run, body.node, (node) => applyNodeEvent(node, body, at));
  }
}

type NodeEventBody = Extract<RunEventBody, { readonly type: `node.${string}` }>;

function applyNodeEvent(node: NodeSnapshot, body: NodeEventBody, at: string): NodeSnapshot {
  switch (body.type) {
    case 'node.started': {
      const attempts = [...node.attempts, { attempt: body.attempt, owner: body.owner, startedAt: at }];
      const { share: _share, progressMessage: _message, ...rest } = node;
      return { ...rest, state: 'running', attempts, startedAt: node.startedAt ?? at };
    }
    case 'node.progressed':
      return {
        ...node,
        ...(body.share !== undefined && { share: body.share }),
        ...(body.message !== undefined && { progressMessage: body.message }),
        ...(body.points !== undefined && { points: addPoints(node.points, body.points) }),
      };
    case 'node.finish-requested':
      return { ...node, finishRequestedAt: at };
    case 'node.logged':
      return node;
    case 'node.attempt-ended':
      return attemptEnded(node, body, at);
    case 'node.completed':
      return { ...node, state: 'complete', outputs: body.outputs, durationMs: body.durationMs, endedAt: at };
    case 'node.reused': {
      const { outputs, fromRun, fromRunNumber } = body;
      return { ...node, state: 'cached', outputs, fromRun, fromRunNumber, endedAt: at };
    }
    case 'node.failed': {
      const reason = body.reason === undefined ? {} : { stateReason: body.reason };
      return { ...node, ...reason, state: 'failed', error: body.error, endedAt: at };
    }
    case 'node.skipped': {
      const because = body.because === undefined ? {} : { because: body.because };
      return { ...node, ...because, state: 'skipped', stateReason: body.reason, endedAt: at };
    }
    case 'node.canceled':
      return { ...node, state: 'canceled', stateReason: body.reason, endedAt: at };
    case 'node.replanned':
      return { ...node, decision: body.decision, reason: body.reason };
    default:
      return assertNever(body, 'event');
  }
}

function attemptEnded(
  node: NodeSnapshot,
  body: Extract<NodeEventBody, { type: 'node.attempt-ended' }>,
  at: string,
): NodeSnapshot {
  const { outcome, durationMs, error, usage, retryInMs } = body;
  const attempts = node.attempts.map((attempt) =>
    attempt.attempt === body.attempt
      ? {
          ...attempt,
          endedAt: at,
          outcome,
          durationMs,
          ...(error !== undefined && { error }),
          ...(usage !== undefined && { usage }),
          ...(retryInMs !== undefined && { retryInMs }),
        }
      : attempt,
  );
  // An attempt that another one follows puts the node back in the queue; a final outcome arrives as its own event.
  return { ...node, attempts, ...(retryInMs !== undefined && { state: 'queued' as const }) };
}

function retried(run: RunSnapshot, nodes: readonly string[]): RunSnapshot {
  const { finishedAt: _finished, cancelRequestedAt: _cancel, ...rest } = run;
  let next: RunSnapshot = { ...rest, state: 'queued' };
  for (const id of nodes) {
    next = withNode(next, id, ({ node, component, upstream, decision, reason, expectedMs, attempts }) => ({
      node,
      component,
      upstream,
      decision,
      reason,
      ...(expectedMs !== undefined && { expectedMs }),
      attempts,
      state: 'queued',
      outputs: {},
    }));
  }
  return next;
}

function withNode(run: RunSnapshot, id: string, change: (node: NodeSnapshot) => NodeSnapshot): RunSnapshot {
  const node = run.nodes[id];
  if (node === undefined) return run;
  return { ...run, nodes: { ...run.nodes, [id]: change(node) } };
}
