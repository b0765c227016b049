/** The transition table of a node run: what may become what. Whoever writes a state asks this table. */

import type { NodeState } from './run';

const TABLE = {
  /** A worker claimed it. */
  start: { from: ['queued'], to: 'running' },
  /** Its outputs were published. */
  complete: { from: ['running'], to: 'complete' },
  /** Outputs of an earlier execution stand for it. */
  reuse: { from: ['queued'], to: 'cached' },
  /** Its attempt ended and another one follows. */
  requeue: { from: ['running'], to: 'queued' },
  /** It ended badly; from `queued` only when the run's time is over. */
  fail: { from: ['running', 'queued'], to: 'failed' },
  cancel: { from: ['running', 'queued'], to: 'canceled' },
  /** What it needs will not come. */
  skip: { from: ['queued'], to: 'skipped' },
  /** The run is retried and this node gets another chance. */
  reset: { from: ['failed', 'canceled', 'skipped'], to: 'queued' },
} as const satisfies { readonly [transition: string]: { readonly from: readonly NodeState[]; readonly to: NodeState } };

/** What can happen to a node run. */
export type NodeTransition = keyof typeof TABLE;

/** Every {@link NodeTransition}. */
export const NODE_TRANSITIONS = Object.keys(TABLE) as readonly NodeTransition[];

/** The states from which a transition may start. */
export function statesBefore(transition: NodeTransition): readonly NodeState[] {
  return TABLE[transition].from;
}

/** The state in which a transition ends. */
export function stateAfter(transition: NodeTransition): NodeState {
  return TABLE[transition].to;
}

/** The state after a transition; undefined where the table does not allow it. */
export function nextNodeState(state: NodeState, transition: NodeTransition): NodeState | undefined {
  return statesBefore(transition).includes(state) ? stateAfter(transition) : undefined;
}
