'use client';

import { useId, useState, type ReactNode } from 'react';

import { describePipeline, renameNode } from '../../../lib/pipeline/commands';
import { zNodeId, zPipeline } from '../../../lib/pipeline/pipeline';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { useEditorStore } from './editor-context';

/** Props of {@link RenameNodeDialog}. */
export type RenameNodeDialogProps = { readonly node: string; readonly onClose: () => void };

/** Asks for another name of a node; its wires and its place go along. */
export function RenameNodeDialog({ node, onClose }: RenameNodeDialogProps) {
  const store = useEditorStore();
  return (
    <NameDialog
      title={`Rename ${node}`}
      label="Name of the node"
      name={node}
      onClose={onClose}
      refuse={(name) => {
        if (name !== node && Object.hasOwn(store.getState().document.nodes, name)) return `There is a node "${name}".`;
        return zNodeId.safeParse(name).success ? undefined : 'Letters, digits, "_" and "-", at most 200.';
      }}
      onName={(name) => {
        const { change, select } = store.getState();
        change({ label: `Rename ${node} to ${name}` }, (before) => renameNode(before, node, name));
        select([name]);
      }}
    />
  );
}

/** Asks for another name of the pipeline, and what it is for. */
export function RenamePipelineDialog({ onClose }: { readonly onClose: () => void }) {
  const store = useEditorStore();
  const { name: before, description } = store.getState().document;
  const [text, setText] = useState(description ?? '');
  const id = useId();
  return (
    <NameDialog
      title="Rename the pipeline"
      label="Name of the pipeline"
      name={before}
      onClose={onClose}
      refuse={(name) =>
        zPipeline.shape.name.safeParse(name).success ? undefined : 'One to 200 characters, no slash or backslash.'
      }
      onName={(name) => {
        store
          .getState()
          .change({ label: name === before ? 'Describe the pipeline' : `Rename to ${name}` }, (document) =>
            describePipeline(document, { name, description: text.trim() === '' ? undefined : text }),
          );
      }}
    >
      <label htmlFor={id} className="mt-3 block text-12 text-text-2">
        What it is for
      </label>
      <textarea
        id={id}
        dir="auto"
        value={text}
        maxLength={20_000}
        rows={4}
        onChange={(event) => {
          setText(event.target.value);
        }}
        className="mt-1 w-full rounded-control border border-border-strong bg-surface px-2 py-1"
      />
    </NameDialog>
  );
}

type NameDialogProps = {
  readonly title: string;
  readonly label: string;
  readonly name: string;
  /** Why a name will not do; undefined when it will. */
  readonly refuse: (name: string) => string | undefined;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
};

function NameDialog({ title, label, name: before, refuse, onName, onClose, children }: NameDialogProps) {
  const [name, setName] = useState(before);
  const id = useId();
  const reason = refuse(name.trim());
  const take = () => {
    if (reason !== undefined) return;
    onName(name.trim());
    onClose();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button look="ink" disabled={reason !== undefined} onClick={take}>
            Rename
          </Button>
        </>
      }
    >
      <label htmlFor={id} className="block text-12 text-text-2">
        {label}
      </label>
      <input
        id={id}
        dir="auto"
        autoComplete="off"
        value={name}
        aria-invalid={reason !== undefined}
        aria-describedby={`${id}-reason`}
        onChange={(event) => {
          setName(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
        className="mt-1 h-7 w-full rounded-control border border-border-strong bg-surface px-2 max-tablet:h-11"
      />
      <p id={`${id}-reason`} className="mt-1 min-h-4 text-11 text-st-failed">
        {reason}
      </p>
      {children}
    </Dialog>
  );
}
