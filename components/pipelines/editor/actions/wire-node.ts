import { Cable } from 'lucide-react';

import { defineAction, selectedIds } from './action';

/** Draws a wire from the chosen node without the mouse: its port first, then what takes it. */
export const wireFromNode = defineAction({
  id: 'wire-node',
  label: 'Wire from this node',
  group: 'Edit',
  icon: Cable,
  shortcuts: ['C'],
  disabledReason: (context) => (selectedIds(context).length === 1 ? undefined : 'Choose one node first.'),
  perform: (context) => {
    const [node] = selectedIds(context);
    if (node !== undefined) context.store.getState().canvasView?.startWire(node);
  },
});
