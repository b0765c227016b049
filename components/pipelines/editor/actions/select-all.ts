import { BoxSelect } from 'lucide-react';

import { wiresOf } from '../../../../lib/pipeline/commands';
import { wireKey } from '../../../../lib/pipeline/connect';
import { defineAction } from './action';

/** Chooses every node and every wire. */
export const selectAll = defineAction({
  id: 'select-all',
  label: 'Select all',
  group: 'Edit',
  icon: BoxSelect,
  shortcuts: ['Mod+A'],
  perform: ({ store }) => {
    const { document, select } = store.getState();
    select(Object.keys(document.nodes), wiresOf(document).map(wireKey));
  },
});
