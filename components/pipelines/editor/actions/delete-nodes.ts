import { Trash2, Unplug } from 'lucide-react';

import { COMPONENTS } from '../../../../lib/catalog/index';
import { disconnect, removeNodes, wiresOf } from '../../../../lib/pipeline/commands';
import { wireKey } from '../../../../lib/pipeline/connect';
import { removeAndHeal } from '../../../../lib/pipeline/mend-wires';
import { defineAction, labelFor, needsNodes, selectedIds, type ActionContext } from './action';

/** Removes what is chosen: nodes with their wires, or wires. */
export const deleteSelection = defineAction({
  id: 'delete',
  label: 'Delete',
  group: 'Edit',
  icon: Trash2,
  shortcuts: ['Delete', 'Backspace'],
  disabledReason: (context) =>
    selectedIds(context).length + context.store.getState().selectedWires.size > 0
      ? undefined
      : 'Choose a node or a wire first.',
  perform: (context) => {
    const { document, selectedWires, change, select } = context.store.getState();
    const ids = selectedIds(context);
    const wires = wiresOf(document).filter((wire) => selectedWires.has(wireKey(wire)));
    change({ label: labelOf(ids, wires.length) }, (before) => removeNodes(disconnect(before, wires), ids));
    select([]);
  },
});

/** Removes nodes and wires what came before them to what comes after. */
export const deleteAndHeal = defineAction({
  id: 'delete-heal',
  label: 'Delete and close the gap',
  group: 'Edit',
  icon: Unplug,
  shortcuts: ['Mod+Delete', 'Mod+Backspace'],
  disabledReason: needsNodes(1),
  perform: (context: ActionContext) => {
    const ids = selectedIds(context);
    const { change, select } = context.store.getState();
    change({ label: labelFor('Delete', ids) }, (before) => removeAndHeal(before, ids, COMPONENTS));
    select([]);
  },
});

function labelOf(ids: readonly string[], wires: number): string {
  if (ids.length > 0) return labelFor('Delete', ids);
  return wires === 1 ? 'Delete a wire' : `Delete ${wires} wires`;
}
