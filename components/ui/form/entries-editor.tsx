'use client';

import { Plus, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import { Button } from '../button';
import { FieldMessages } from './field';
import { RowButton } from './list-editor';
import { TextField } from './text-field';

/** Props of {@link EntriesEditor}. */
export type EntriesEditorProps = {
  readonly id: string;
  /** Names the group. */
  readonly label: string;
  /** One entry: `feature`, `class`. */
  readonly itemName: string;
  readonly names: readonly string[];
  readonly renderValue: (name: string) => ReactNode;
  readonly onAdd: (name: string) => void;
  readonly onRename: (from: string, to: string) => void;
  readonly onRemove: (name: string) => void;
  readonly onDone?: (() => void) | undefined;
  readonly describedBy?: string | undefined;
};

/** Names that the person gives, each with a value. A name that is taken or empty is not carried out, and says so. */
export function EntriesEditor(props: EntriesEditorProps) {
  const { id, label, itemName, names, renderValue, onAdd, onRename, onRemove, onDone, describedBy } = props;
  return (
    <div id={id} role="group" aria-label={label} aria-describedby={describedBy} tabIndex={-1}>
      <ul>
        {names.map((name, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a renamed entry stays where it is and keeps the focus
          <li key={index} className="pb-2">
            <div className="flex items-start gap-1">
              <div className="min-w-0 flex-1">
                <EntryName {...{ id: `${id}-name-${index}`, itemName, name, names, onRename, onDone }} />
              </div>
              <RowButton
                label={`Remove ${itemName} ${name}`}
                onPress={() => {
                  onRemove(name);
                }}
              >
                <X size={12} aria-hidden="true" />
              </RowButton>
            </div>
            <div className="border-l pt-1 pl-2">{renderValue(name)}</div>
          </li>
        ))}
      </ul>
      <Button
        size="small"
        look="quiet"
        onClick={() => {
          onAdd(freshName(itemName, names));
        }}
      >
        <Plus size={12} aria-hidden="true" />
        Add {itemName}
      </Button>
    </div>
  );
}

type EntryNameProps = Pick<EntriesEditorProps, 'itemName' | 'names' | 'onRename' | 'onDone'> & {
  readonly id: string;
  readonly name: string;
};

function EntryName({ id, itemName, name, names, onRename, onDone }: EntryNameProps) {
  const [typed, setTyped] = useState<string>();
  const refusal = typed === undefined || typed === name ? undefined : refuse(typed, names);
  return (
    <>
      <TextField
        id={id}
        label={`Name of ${itemName} ${name}`}
        value={typed ?? name}
        isInvalid={refusal !== undefined}
        describedBy={refusal === undefined ? undefined : `${id}-message`}
        onChange={(next) => {
          const refused = next !== name && refuse(next, names) !== undefined;
          setTyped(refused ? next : undefined);
          if (!refused && next !== name) onRename(name, next);
        }}
        onDone={onDone}
      />
      {refusal !== undefined && (
        <FieldMessages id={`${id}-message`} messages={[{ severity: 'error', text: refusal }]} />
      )}
    </>
  );
}

function refuse(name: string, names: readonly string[]): string | undefined {
  if (name === '') return 'A name is needed.';
  return names.includes(name) ? `"${name}" is there already.` : undefined;
}

function freshName(stem: string, names: readonly string[]): string {
  const base = stem.replaceAll(/\s+/g, '_');
  let number = names.length + 1;
  while (names.includes(`${base}${number}`)) number++;
  return `${base}${number}`;
}
