import { Redo2, Undo2 } from 'lucide-react';

import { defineAction } from './action';

/** Takes the last change back. */
export const undo = defineAction({
  id: 'undo',
  label: 'Undo',
  group: 'Edit',
  icon: Undo2,
  shortcuts: ['Mod+Z'],
  disabledReason: ({ store }) => (store.getState().history.index > 0 ? undefined : 'Nothing was changed yet.'),
  perform: ({ store }) => {
    store.getState().undo();
  },
});

/** Does again what was undone. */
export const redo = defineAction({
  id: 'redo',
  label: 'Redo',
  group: 'Edit',
  icon: Redo2,
  shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
  disabledReason: ({ store }) => {
    const { entries, index } = store.getState().history;
    return index < entries.length - 1 ? undefined : 'Nothing is undone.';
  },
  perform: ({ store }) => {
    store.getState().redo();
  },
});
