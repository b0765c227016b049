'use client';

import type { MouseEvent } from 'react';

import { ContextMenu, type MenuEntry } from '../../ui/menu';
import { entriesOf } from './action-entries';
import { useActionContext } from './actions-context';
import { Canvas } from './canvas';
import { CanvasToolbars } from './canvas-toolbar';
import { QuickAdd } from './quick-add';
import { TableDrop } from './table-drop';

const ON_NODES = [
  ['run-to', 'run-from', 'run-only'],
  ['cut', 'copy', 'paste', 'duplicate'],
  ['wire-node', 'rename-node', 'zoom-selection', 'tidy'],
  ['delete', 'delete-heal'],
] as const;
const ON_GROUND = [
  ['add-component', 'bring-table', 'paste', 'select-all'],
  ['tidy', 'zoom-fit', 'search-nodes'],
  ['undo', 'redo'],
  ['run', 'commands'],
] as const;

/** The canvas with its menu and the list of components. */
export function CanvasPane() {
  const context = useActionContext();
  const { store, surface } = context;
  const onContextMenu = (event: MouseEvent) => {
    const { canvasView, selectedNodes, select } = store.getState();
    surface.getState().press(canvasView?.pointer() ?? canvasView?.centre());
    const card = event.target instanceof Element ? event.target.closest('[data-node-id]') : null;
    const id = card?.getAttribute('data-node-id');
    if (id !== null && id !== undefined && !selectedNodes.has(id)) select([id]);
  };
  const entries = (): readonly MenuEntry[] => {
    const { selectedNodes, selectedWires } = store.getState();
    return entriesOf(context, selectedNodes.size + selectedWires.size > 0 ? ON_NODES : ON_GROUND);
  };
  return (
    <>
      <ContextMenu
        entries={entries}
        onClose={() => {
          // The place of a menu is that of one gesture; the next one brings its own.
          surface.getState().press(undefined);
        }}
      >
        <div onContextMenuCapture={onContextMenu} className="relative isolate min-h-0 min-w-0 flex-1">
          <TableDrop>
            <Canvas />
            <CanvasToolbars />
          </TableDrop>
        </div>
      </ContextMenu>
      <QuickAdd />
    </>
  );
}
