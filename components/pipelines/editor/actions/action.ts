/** An action of the editor as data: menus, the command palette, the keyboard and its sheet all read the same list. */

import type { LucideIcon } from 'lucide-react';

import type { PipelineId } from '../../../../lib/ids';
import type { DraftSaver } from '../draft-saver';
import type { EditorStore } from '../editor-store';
import type { OverlayStore } from '../overlay-store';
import type { Launch, SurfaceStore } from '../surface-store';

/** What an action may use. */
export type ActionContext = {
  readonly pipelineId: PipelineId;
  readonly store: EditorStore;
  readonly overlay: OverlayStore;
  readonly surface: SurfaceStore;
  readonly saver: DraftSaver;
  /** Saves the draft and starts the run. Failures are shown in the drawer. */
  readonly start: (launch: Launch) => Promise<void>;
  /** Asks the newest run to end. */
  readonly cancel: () => Promise<void>;
  /** Goes to another page of the studio. */
  readonly visit: (address: string) => void;
};

/** Where an action stands in lists. */
export const ACTION_GROUPS = ['Run', 'Edit', 'Add and find', 'Arrange', 'View', 'File'] as const;
/** One of {@link ACTION_GROUPS}. */
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** See the module. */
export type EditorAction = {
  readonly id: string;
  /** What it does, as a command: `Undo`. */
  readonly label: string;
  readonly group: ActionGroup;
  readonly icon?: LucideIcon | undefined;
  /** Keys, the first of which is shown: `Mod+Z`. `Mod` is Ctrl, or Command where that key exists. */
  readonly shortcuts?: readonly string[] | undefined;
  /** Why it cannot be done now, as a sentence; undefined when it can. Default: it always can. */
  readonly disabledReason?: ((context: ActionContext) => string | undefined) | undefined;
  readonly perform: (context: ActionContext) => void;
};

/** Keeps an action's type. */
export function defineAction(action: EditorAction): EditorAction {
  return action;
}

/** The nodes that are chosen, in document order. */
export function selectedIds({ store }: Pick<ActionContext, 'store'>): readonly string[] {
  const { document, selectedNodes } = store.getState();
  return Object.keys(document.nodes).filter((id) => selectedNodes.has(id));
}

/** Refuses what needs so many chosen nodes. */
export function needsNodes(count: number) {
  return (context: ActionContext): string | undefined => {
    if (selectedIds(context).length >= count) return undefined;
    return count === 1 ? 'Choose a node first.' : `Choose at least ${count} nodes first.`;
  };
}

/** `Delete penguins`, `Delete 3 nodes`. */
export function labelFor(verb: string, ids: readonly string[]): string {
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? `${verb} ${only}` : `${verb} ${ids.length} nodes`;
}
