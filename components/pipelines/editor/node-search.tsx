'use client';

import { useState } from 'react';

import { SEARCH_FLAGS, searchNodes } from '../../../lib/pipeline/search-nodes';
import { CommandBox } from '../../shell/command-box';
import { useEditor, useEditorStore } from './editor-context';
import { useNodeStatuses } from './node-status';

/** More lines would not be read. */
const MAX_FOUND = 100;
const FLAGS = Object.keys(SEARCH_FLAGS).map((flag) => `is:${flag}`);

/** Finds nodes and goes to them. */
export function NodeSearch({ onClose }: { readonly onClose: () => void }) {
  const store = useEditorStore();
  const nodes = useEditor(({ document }) => document.nodes);
  const statuses = useNodeStatuses();
  const [query, setQuery] = useState('');
  const searched = Object.entries(nodes).map(([id, { component }]) => ({
    id,
    component,
    mark: statuses.get(id)?.mark,
  }));
  const found = searchNodes(searched, query);
  const go = (ids: readonly string[]) => {
    const { select, canvasView } = store.getState();
    select(ids);
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) canvasView?.reveal(only);
    else canvasView?.fit(ids);
  };
  const shown = found.slice(0, MAX_FOUND);
  return (
    <CommandBox
      label="Find nodes"
      placeholder="Name, component, is:invalid, type:SchemaGen"
      hint={`${shown.length} of ${searched.length} nodes. Flags: ${FLAGS.join(' ')} type:`}
      groups={[
        {
          heading: 'Nodes',
          items: shown.map(({ id, component }) => ({
            id,
            label: id,
            note: `${component}, ${(statuses.get(id)?.words ?? 'not known').toLowerCase()}`,
            onSelect: () => {
              go([id]);
            },
          })),
        },
        {
          heading: 'All of them',
          items:
            found.length < 2
              ? []
              : [
                  {
                    id: 'choose all',
                    label: `Choose all ${found.length}`,
                    onSelect: () => {
                      go(found.map(({ id }) => id));
                    },
                  },
                ],
        },
      ]}
      onQuery={setQuery}
      onClose={onClose}
    />
  );
}
