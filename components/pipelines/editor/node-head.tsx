'use client';

import { CircleAlert, Ellipsis, History, PencilLine } from 'lucide-react';
import { useState } from 'react';

import { removeNodes, renameNode } from '../../../lib/pipeline/commands';
import { zNodeId, type NodeId, type Pipeline, type PipelineNode } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { FieldMessages } from '../../ui/form/field';
import { TextField } from '../../ui/form/text-field';
import { Menu } from '../../ui/menu';
import { StateLabel } from '../../ui/state-mark';
import { ComponentIcon } from '../component-icon';
import { useEditorStore } from './editor-context';
import { useNodeStatus } from './node-status';

/** Props of {@link NodeHead}. */
export type NodeHeadProps = {
  readonly node: NodeId;
  readonly content: PipelineNode;
  readonly problems: readonly Problem[];
};

/** What the node is, how it stands, and its id, which can be changed. */
export function NodeHead({ node, content, problems }: NodeHeadProps) {
  const store = useEditorStore();
  const [isRenaming, setRenaming] = useState(false);
  const unknown = problems.filter(({ code }) => code === 'unknown-component');
  return (
    <header className="flex-none px-4 pt-3 pb-1">
      <div className="flex items-center gap-2">
        <ComponentIcon component={content.component} />
        <h2 title={content.component} dir="auto" className="min-w-0 flex-1 truncate text-15 font-semibold">
          {content.component}
        </h2>
        <Menu
          align="end"
          trigger={
            <button
              type="button"
              aria-label={`Actions of ${node}`}
              className="grid size-7 flex-none place-content-center rounded-control text-text-2 hover:bg-hover max-tablet:size-11"
            >
              <Ellipsis size={16} aria-hidden="true" />
            </button>
          }
          entries={() => [
            {
              type: 'item',
              id: 'rename',
              label: 'Rename',
              onSelect: () => {
                setRenaming(true);
              },
            },
            {
              type: 'item',
              id: 'delete',
              label: 'Delete',
              danger: true,
              onSelect: () => {
                store.getState().change({ label: `Delete ${node}` }, (document) => removeNodes(document, [node]));
              },
            },
          ]}
        />
      </div>
      <div className="flex min-h-6 items-center gap-2 pt-0.5">
        <NodeState node={node} />
        {!isRenaming && (
          <button
            type="button"
            title={`${node}: press to rename`}
            aria-label={`Rename ${node}`}
            dir="auto"
            onClick={() => {
              setRenaming(true);
            }}
            className="ml-auto max-w-40 min-w-0 truncate rounded-control px-1 font-mono text-12 text-text-2 hover:bg-hover max-tablet:min-h-11"
          >
            {node}
          </button>
        )}
      </div>
      {isRenaming && (
        <RenameField
          node={node}
          onEnd={() => {
            setRenaming(false);
          }}
        />
      )}
      {unknown.length > 0 && (
        <FieldMessages messages={unknown.map(({ message }) => ({ severity: 'error', text: message }))} />
      )}
    </header>
  );
}

const EDITOR_MARKS = {
  draft: { Icon: PencilLine, look: 'text-text-3' },
  invalid: { Icon: CircleAlert, look: 'text-st-failed' },
  stale: { Icon: History, look: 'text-st-warning' },
} as const;

function NodeState({ node }: { readonly node: NodeId }) {
  const status = useNodeStatus(node);
  if (status === undefined) return null;
  const { mark, words, share } = status;
  if (mark === 'draft' || mark === 'invalid' || mark === 'stale') {
    const { Icon, look } = EDITOR_MARKS[mark];
    return (
      <span className={`inline-flex min-w-0 items-center gap-1.5 text-12 font-medium ${look}`}>
        <Icon size={14} aria-hidden="true" />
        <span className="truncate">{words}</span>
      </span>
    );
  }
  return (
    <StateLabel mark={mark} share={share}>
      {words}
    </StateLabel>
  );
}

/** Why a node may not have that id, or undefined. */
function refuse(document: Pipeline, node: NodeId, id: string): string | undefined {
  if (id === node) return undefined;
  if (Object.hasOwn(document.nodes, id)) return `There is another node "${id}".`;
  return zNodeId.safeParse(id).success
    ? undefined
    : 'An id has 1 to 200 letters, digits, "_" or "-"; no dot, no space.';
}

function RenameField({ node, onEnd }: { readonly node: NodeId; readonly onEnd: () => void }) {
  const store = useEditorStore();
  const [id, setId] = useState(node);
  const refusal = refuse(store.getState().document, node, id);
  const messages = refusal === undefined ? [] : [{ severity: 'error' as const, text: refusal }];
  const take = () => {
    if (refusal !== undefined) return;
    onEnd();
    if (id === node) return;
    const { change, select } = store.getState();
    change({ label: `Rename ${node} to ${id}` }, (document) => renameNode(document, node, id));
    select([id]);
  };
  return (
    <form
      className="pb-1"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <TextField
        id="rename-node"
        label="Id of the node"
        isMono
        hasFocus
        onEscape={onEnd}
        value={id}
        onChange={setId}
        onDone={take}
        isInvalid={refusal !== undefined}
        describedBy={refusal === undefined ? undefined : 'rename-node-message'}
      />
      {messages.length > 0 && <FieldMessages id="rename-node-message" messages={messages} />}
    </form>
  );
}
