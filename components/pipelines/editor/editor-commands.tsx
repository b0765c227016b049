'use client';

import { useState } from 'react';

import { CommandBox, type CommandGroup } from '../../shell/command-box';
import { filterGroups } from '../../shell/studio-search';
import { useStudioCommands } from '../../shell/use-studio-commands';
import { ACTION_GROUPS } from './actions/action';
import { EDITOR_ACTIONS } from './actions/index';
import { useActionContext } from './actions-context';

/** Every action of the editor, those that cannot be done now with their reason; then what the studio offers everywhere. */
export function EditorCommands({ onClose }: { readonly onClose: () => void }) {
  const context = useActionContext();
  const [query, setQuery] = useState('');
  const studio = useStudioCommands(query);
  const actions = ACTION_GROUPS.map((group): CommandGroup => ({
    heading: group,
    items: EDITOR_ACTIONS.filter((action) => action.group === group && action.id !== 'commands').map(
      ({ id, label, icon, shortcuts, disabledReason, perform }) => ({
        id,
        label,
        icon,
        shortcut: shortcuts?.[0],
        disabledReason: disabledReason?.(context),
        onSelect: () => {
          perform(context);
        },
      }),
    ),
  }));
  return (
    <CommandBox
      label="Commands"
      placeholder="A command, a pipeline, a run"
      groups={filterGroups([...actions, ...studio], query)}
      onQuery={setQuery}
      onClose={onClose}
    />
  );
}
