'use client';

import { cva } from 'class-variance-authority';
import { useMemo, useRef, type CSSProperties, type KeyboardEvent } from 'react';

import { outlineOf, type OutlineItem } from '../../../lib/pipeline/outline';
import { StateIcon } from '../../ui/state-mark';
import { ComponentIcon } from '../component-icon';
import { useActionContext } from './actions-context';
import { requireAction } from './actions/index';
import { useEditor, useEditorStore } from './editor-context';
import { useNodeStatus } from './node-status';

/** The graph as a tree along its wires: what the canvas shows, for the keyboard and for those who do not see it. */
export function OutlinePane() {
  const document = useEditor((state) => state.document);
  const items = useMemo(() => outlineOf(document), [document]);
  const tree = useRef<HTMLDivElement>(null);
  const chosen = useEditor(({ selectedNodes }) => [...selectedNodes].at(-1));
  const current = items.some(({ id }) => id === chosen) ? chosen : items[0]?.id;
  if (items.length === 0)
    return <p className="px-4 py-2 text-12 text-text-2">There are no nodes yet. Press / on the canvas to add one.</p>;
  const focus = (index: number) => {
    const rows = tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]');
    rows?.[Math.max(0, Math.min(items.length - 1, index))]?.focus();
  };
  return (
    <div ref={tree} role="tree" aria-label="Outline" aria-multiselectable="true" className="py-1">
      {items.map((item, index) => (
        <OutlineRow
          key={item.id}
          item={item}
          isEntry={item.id === current}
          onStep={(by) => {
            focus(by === 'first' ? 0 : by === 'last' ? items.length - 1 : index + by);
          }}
        />
      ))}
    </div>
  );
}

const row = cva(
  'flex h-6 items-center gap-2 pr-4 pl-(--indent) text-12 -outline-offset-2 outline-none hover:bg-hover focus-visible:outline-2 focus-visible:outline-accent',
  { variants: { chosen: { true: 'bg-selected', false: '' } } },
);

type OutlineRowProps = {
  readonly item: OutlineItem;
  /** Where the tab key enters the tree. */
  readonly isEntry: boolean;
  readonly onStep: (by: number | 'first' | 'last') => void;
};

function OutlineRow({ item: { id, component, level, alsoFrom }, isEntry, onStep }: OutlineRowProps) {
  const store = useEditorStore();
  const context = useActionContext();
  const isChosen = useEditor(({ selectedNodes }) => selectedNodes.has(id));
  const status = useNodeStatus(id);
  const choose = () => {
    store.getState().select([id]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number | 'first' | 'last'> = { ArrowDown: 1, ArrowUp: -1, Home: 'first', End: 'last' };
    const step = steps[event.key];
    if (step !== undefined) onStep(step);
    else if (event.key === 'Enter' || event.key === ' ') choose();
    else if (event.key === 'Delete') {
      choose();
      requireAction('delete').perform(context);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={isChosen}
      tabIndex={isEntry ? 0 : -1}
      style={{ '--indent': `${level * 16}px` } as CSSProperties}
      onClick={choose}
      onDoubleClick={() => {
        store.getState().canvasView?.reveal(id);
      }}
      onKeyDown={onKeyDown}
      className={row({ chosen: isChosen })}
    >
      <ComponentIcon component={component} />
      <span dir="auto" title={id} className="max-w-72 truncate font-medium">
        {id}
      </span>
      <span className="truncate text-text-3">{component}</span>
      {alsoFrom.length > 0 && <span className="truncate text-11 text-text-3">also from {alsoFrom.join(', ')}</span>}
      {status !== undefined && (
        <span className="ml-auto flex flex-none items-center gap-1.5 whitespace-nowrap text-text-2">
          <StateIcon mark={status.mark} share={status.share} />
          {status.words}
        </span>
      )}
    </div>
  );
}
