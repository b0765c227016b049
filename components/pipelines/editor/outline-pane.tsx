'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { cva } from 'class-variance-authority';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';

import { outlineOf, type OutlineItem } from '../../../lib/pipeline/outline';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import { StateIcon } from '../../ui/state-mark';
import { ComponentIcon } from '../component-icon';
import { useActionContext } from './actions-context';
import { requireAction } from './actions/index';
import { useEditor, useEditorStore } from './editor-context';
import { useJudgedDocument } from './judged-document';
import { useNodeStatus } from './node-status';

const ROW_PX = 24;
const OVERSCAN = 12;

/**
 * The graph as a tree along its wires: what the canvas shows, for the keyboard and for those who do not see it. Only the rows
 * in view are drawn, and the one that has the focus.
 */
export function OutlinePane() {
  const document = useJudgedDocument();
  const items = useMemo(() => outlineOf(document), [document]);
  const scroller = useRef<HTMLDivElement>(null);
  const chosen = useEditor(({ selectedNodes }) => [...selectedNodes].at(-1));
  const [walkedTo, setWalkedTo] = useState<NodeId>();
  const places = useMemo(() => new Map(items.map(({ id }, index) => [id, index])), [items]);
  const current = places.get(walkedTo ?? '') ?? places.get(chosen ?? '') ?? 0;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current])].sort((a, b) => a - b),
  });
  useEffect(() => {
    if (walkedTo === undefined) return;
    rows.scrollToIndex(current);
    scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus({ preventScroll: true });
  }, [walkedTo, rows, current]);
  if (items.length === 0)
    return <p className="px-4 py-2 text-12 text-text-2">There are no nodes yet. Press / on the canvas to add one.</p>;
  return (
    <div ref={scroller} className="h-full overflow-auto py-1">
      <div
        role="tree"
        aria-label="Outline"
        aria-multiselectable="true"
        style={{ '--height': `${rows.getTotalSize()}px` } as CSSProperties}
        className="relative h-(--height)"
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <OutlineRow
              key={item.id}
              item={item}
              index={index}
              count={items.length}
              top={start}
              isEntry={index === current}
              onFocus={() => {
                setWalkedTo(item.id);
              }}
              onStep={(by) => {
                const to = by === 'first' ? 0 : by === 'last' ? items.length - 1 : index + by;
                setWalkedTo(items[Math.max(0, Math.min(items.length - 1, to))]?.id);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

const row = cva(
  'absolute top-(--top) flex h-6 w-full items-center gap-2 pr-4 pl-(--indent) text-12 -outline-offset-2 outline-none hover:bg-hover focus-visible:outline-2 focus-visible:outline-accent',
  { variants: { chosen: { true: 'bg-selected', false: '' } } },
);

type OutlineRowProps = {
  readonly item: OutlineItem;
  readonly index: number;
  readonly count: number;
  /** From the upper end of the list, in px. */
  readonly top: number;
  /** Where the tab key enters the tree. */
  readonly isEntry: boolean;
  readonly onFocus: () => void;
  readonly onStep: (by: number | 'first' | 'last') => void;
};

function OutlineRow({ item, index, count, top, isEntry, onFocus, onStep }: OutlineRowProps) {
  const { id, component, level, alsoFrom } = item;
  const store = useEditorStore();
  const context = useActionContext();
  const isChosen = useEditor(({ selectedNodes }) => selectedNodes.has(id));
  const status = useNodeStatus(id);
  const choose = () => {
    store.getState().select([id]);
  };
  const toggle = () => {
    const { selectedNodes, selectedWires, select } = store.getState();
    const next = new Set(selectedNodes);
    if (!next.delete(id)) next.add(id);
    select(next, selectedWires);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number | 'first' | 'last'> = { ArrowDown: 1, ArrowUp: -1, Home: 'first', End: 'last' };
    const step = steps[event.key];
    if (step !== undefined) onStep(step);
    else if (event.key === 'Enter' || event.key === ' ') choose();
    else if (event.key === 'x') toggle();
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
      data-index={index}
      aria-level={level}
      aria-setsize={count}
      aria-posinset={index + 1}
      aria-selected={isChosen}
      tabIndex={isEntry ? 0 : -1}
      style={{ '--indent': `${level * 16}px`, '--top': `${top}px` } as CSSProperties}
      onFocus={onFocus}
      onClick={(event) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) toggle();
        else choose();
      }}
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
