/** What lies over the canvas or waits for an answer: dialogs, and a run that was asked for but not started. */

import { createStore, type StoreApi } from 'zustand';

import type { CanvasPoint } from '../../../lib/pipeline/commands';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import type { Selection } from '../../../lib/pipeline/selection';
import type { ShownError } from '../../shell/error-panel';

/** A run as it was asked for. */
export type Launch = { readonly selection: Selection; readonly reuse: boolean };

/** What is open over the canvas. */
export type Surface =
  | { readonly type: 'commands' }
  | { readonly type: 'search' }
  | { readonly type: 'shortcuts' }
  | { readonly type: 'import' }
  | { readonly type: 'rename-node'; readonly node: NodeId }
  | { readonly type: 'rename-pipeline' }
  /** Files become nodes at that place. */
  | { readonly type: 'bring-table'; readonly files: readonly File[]; readonly at: CanvasPoint };

/** See the module. */
export type SurfaceState = {
  readonly surface: Surface | undefined;
  /** Its plan is shown in the drawer, where it is started. */
  readonly launch: Launch | undefined;
  readonly starting: boolean;
  /** Why the run that was asked for did not start. */
  readonly startError: ShownError | undefined;
  /** Where the open context menu was asked for, on the canvas. */
  readonly pressedAt: CanvasPoint | undefined;
  readonly open: (surface: Surface | undefined) => void;
  readonly ask: (launch: Launch | undefined) => void;
  readonly press: (at: CanvasPoint | undefined) => void;
};

/** A store as `useStore` takes it. */
export type SurfaceStore = StoreApi<SurfaceState>;

/** Nothing is open. */
export function createSurfaceStore(): SurfaceStore {
  return createStore<SurfaceState>()((set) => ({
    surface: undefined,
    launch: undefined,
    starting: false,
    startError: undefined,
    pressedAt: undefined,
    open: (surface) => {
      set({ surface });
    },
    ask: (launch) => {
      set({ launch, startError: undefined });
    },
    press: (pressedAt) => {
      set({ pressedAt });
    },
  }));
}
