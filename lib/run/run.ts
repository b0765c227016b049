/** The vocabulary of runs: states, decisions and reasons, the same in the database, in events, in files and on screens. */

import * as z from 'zod';

/** State of a node run. The screen's word for `cached` is "Reused". */
export const NODE_STATES = ['queued', 'running', 'complete', 'cached', 'failed', 'canceled', 'skipped'] as const;
/** Parser of a {@link NodeState}. */
export const zNodeState = z.enum(NODE_STATES);
/** One of {@link NODE_STATES}. */
export type NodeState = z.infer<typeof zNodeState>;

/** State of a run: `failed` when any node failed, `canceled` when a person ended it. */
export const RUN_STATES = ['queued', 'running', 'complete', 'failed', 'canceled'] as const;
/** Parser of a {@link RunState}. */
export const zRunState = z.enum(RUN_STATES);
/** One of {@link RUN_STATES}. */
export type RunState = z.infer<typeof zRunState>;

/** How one attempt ended. `lost`: its process or worker disappeared; such an attempt does not consume a retry. */
export const ATTEMPT_OUTCOMES = ['complete', 'failed', 'canceled', 'timed-out', 'lost'] as const;
/** Parser of an {@link AttemptOutcome}. */
export const zAttemptOutcome = z.enum(ATTEMPT_OUTCOMES);
/** One of {@link ATTEMPT_OUTCOMES}. */
export type AttemptOutcome = z.infer<typeof zAttemptOutcome>;

/** What a plan says of a node. */
export const PLAN_DECISIONS = ['execute', 'reuse', 'skip', 'blocked'] as const;
/** Parser of a {@link PlanDecision}. */
export const zPlanDecision = z.enum(PLAN_DECISIONS);
/** One of {@link PLAN_DECISIONS}. */
export type PlanDecision = z.infer<typeof zPlanDecision>;

/** Why a node run ended as it did, where the state alone does not say it. */
export const STATE_REASONS = [
  'upstream-failed',
  'upstream-canceled',
  'upstream-skipped',
  'not-selected',
  'not-blessed',
  'empty-input',
  'timed-out',
  'run-timed-out',
  'lost',
  'canceled-by-user',
] as const;
/** Parser of a {@link StateReason}. */
export const zStateReason = z.enum(STATE_REASONS);
/** One of {@link STATE_REASONS}. */
export type StateReason = z.infer<typeof zStateReason>;

/** True for a node state that never changes again in this run, unless the run is retried. */
export function isFinalNodeState(state: NodeState): boolean {
  return state !== 'queued' && state !== 'running';
}

/** True for a node state whose outputs exist: `complete` or `cached`. */
export function hasOutputs(state: NodeState): boolean {
  return state === 'complete' || state === 'cached';
}

/** True for a run state that never changes again, unless the run is retried. */
export function isFinalRunState(state: RunState): boolean {
  return state === 'complete' || state === 'failed' || state === 'canceled';
}
