/** Every action of the editor, in the order of the command palette. */

import type { EditorAction } from './action';
import { ALIGN_ACTIONS, DISTRIBUTE_ACTIONS, tidy } from './arrange';
import { copy, cut, duplicate, pasteFromClipboard } from './copy-paste';
import { deleteAndHeal, deleteSelection } from './delete-nodes';
import { exportFile, importFile, openRuns, renamePipeline } from './file';
import { addComponentHere, bringTableHere, openCommands, searchForNodes, showShortcuts } from './find';
import { renameChosenNode } from './rename-node';
import { cancelNewestRun, PARTIAL_RUN_ACTIONS, runAll, runWithoutReuse } from './run';
import { selectAll } from './select-all';
import { redo, undo } from './undo-redo';
import { wireFromNode } from './wire-node';
import { changeTheme, DRAWER_ACTIONS, PANE_ACTIONS, ZOOM_ACTIONS } from './view';

/** See the module. */
export const EDITOR_ACTIONS: readonly EditorAction[] = [
  runAll,
  ...PARTIAL_RUN_ACTIONS,
  runWithoutReuse,
  cancelNewestRun,
  undo,
  redo,
  cut,
  copy,
  pasteFromClipboard,
  duplicate,
  renameChosenNode,
  wireFromNode,
  deleteSelection,
  deleteAndHeal,
  selectAll,
  addComponentHere,
  bringTableHere,
  searchForNodes,
  openCommands,
  tidy,
  ...ALIGN_ACTIONS,
  ...DISTRIBUTE_ACTIONS,
  ...ZOOM_ACTIONS,
  ...DRAWER_ACTIONS,
  ...PANE_ACTIONS,
  changeTheme,
  showShortcuts,
  exportFile,
  importFile,
  renamePipeline,
  openRuns,
];

/** The action of that id; throws for one that does not exist. */
export function requireAction(id: string): EditorAction {
  const action = EDITOR_ACTIONS.find((one) => one.id === id);
  if (action === undefined) throw new Error(`there is no action "${id}"`);
  return action;
}
