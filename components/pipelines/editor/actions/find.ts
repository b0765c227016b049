import { Command, FileUp, Keyboard, Plus, Search } from 'lucide-react';

import { COMPONENTS } from '../../../../lib/catalog/index';
import { boxesOf } from '../../../../lib/pipeline/arrange-nodes';
import type { CanvasPoint } from '../../../../lib/pipeline/commands';
import { snapToGrid } from '../../../../lib/pipeline/place-nodes';
import { askForTable } from '../../../uploads';
import { defineAction, selectedIds, type ActionContext } from './action';

const BESIDE = 64;

/** Where the menu was asked for, where the pointer is, beside the one node that is chosen, or in the middle. */
function placeForNew(context: ActionContext): CanvasPoint {
  const { canvasView, document } = context.store.getState();
  const pointed = context.surface.getState().pressedAt ?? canvasView?.pointer();
  if (pointed !== undefined) return pointed;
  const [box, ...others] = boxesOf(document, COMPONENTS, selectedIds(context));
  if (box !== undefined && others.length === 0) return { x: box.x + box.width + BESIDE, y: box.y };
  return canvasView?.centre() ?? { x: 0, y: 0 };
}

/** Opens the list of components where the pointer is. */
export const addComponentHere = defineAction({
  id: 'add-component',
  label: 'Add a component',
  group: 'Add and find',
  icon: Plus,
  shortcuts: ['/', ' ', 'Shift+A'],
  perform: (context) => {
    context.store.getState().openQuickAdd({ at: placeForNew(context) });
  },
});

/** Chooses files and makes an ExampleGen with its tail of them. */
export const bringTableHere = defineAction({
  id: 'bring-table',
  label: 'Bring a table',
  group: 'Add and find',
  icon: FileUp,
  shortcuts: ['Shift+D'],
  perform: (context) => {
    const { x, y } = placeForNew(context);
    askForTable((files) => {
      context.surface.getState().open({ type: 'bring-table', files, at: { x: snapToGrid(x), y: snapToGrid(y) } });
    });
  },
});

/** Finds nodes by name, component or state. */
export const searchForNodes = defineAction({
  id: 'search-nodes',
  label: 'Find nodes',
  group: 'Add and find',
  icon: Search,
  shortcuts: ['Mod+F'],
  perform: ({ surface }) => {
    surface.getState().open({ type: 'search' });
  },
});

/** Every action by name, and pages, pipelines and runs. */
export const openCommands = defineAction({
  id: 'commands',
  label: 'All commands',
  group: 'Add and find',
  icon: Command,
  shortcuts: ['Mod+K'],
  perform: ({ surface }) => {
    surface.getState().open({ type: 'commands' });
  },
});

/** Every key on one sheet. */
export const showShortcuts = defineAction({
  id: 'shortcuts',
  label: 'Keyboard shortcuts',
  group: 'View',
  icon: Keyboard,
  shortcuts: ['?'],
  perform: ({ surface }) => {
    surface.getState().open({ type: 'shortcuts' });
  },
});
