/** What the server knows while a pipeline is edited: the newest run, live, and what the next one would do. */

import { createStore, type StoreApi } from 'zustand';

import type { NodeId } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import type { NodePlan, NodeStatus } from '../../../lib/run/derive-statuses';
import type { RunSnapshot } from '../../../lib/run/fold-run';
import type { ShownError } from '../../shell/error-panel';

/** See the module. `FollowServer` alone writes it. */
export type OverlayState = {
  /** One badge per node of the document. */
  readonly statuses: ReadonlyMap<NodeId, NodeStatus>;
  /** The newest run of this pipeline, as it is now. */
  readonly run: RunSnapshot | undefined;
  /** When the connection to that run was lost, in ms since 1970. */
  readonly lostAt: number | undefined;
  /** The plan of a run of everything, of the draft as it was last saved. */
  readonly plan: readonly NodePlan[] | undefined;
  /** Why there is no plan. */
  readonly planError: ShownError | undefined;
  readonly isPlanning: boolean;
  /** Problems of the source files that the document names; undefined until the server has looked for the first time. */
  readonly fileProblems: readonly Problem[] | undefined;
};

/** A store as `useStore` takes it. */
export type OverlayStore = StoreApi<OverlayState>;

/** Nothing is known yet. */
export function createOverlayStore(): OverlayStore {
  return createStore<OverlayState>()(() => ({
    statuses: new Map(),
    run: undefined,
    lostAt: undefined,
    plan: undefined,
    planError: undefined,
    isPlanning: false,
    fileProblems: undefined,
  }));
}
