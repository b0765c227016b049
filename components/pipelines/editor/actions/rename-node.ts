import { TextCursorInput } from 'lucide-react';

import { defineAction, selectedIds } from './action';

/** Gives the chosen node another name. */
export const renameChosenNode = defineAction({
  id: 'rename-node',
  label: 'Rename node',
  group: 'Edit',
  icon: TextCursorInput,
  shortcuts: ['F2'],
  disabledReason: (context) => (selectedIds(context).length === 1 ? undefined : 'Choose one node first.'),
  perform: (context) => {
    const [node] = selectedIds(context);
    if (node !== undefined) context.surface.getState().open({ type: 'rename-node', node });
  },
});
