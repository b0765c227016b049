'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';

import { formatLogTime } from '../../../lib/format/time';
import { useEditor, useEditorStore } from './editor-context';
import { RowSpacer } from './row-spacer';

const ROW_PX = 24;
const OVERSCAN = 12;

/**
 * What was done, the newest first; only the rows in view are drawn. A press goes there; what was undone stays until something
 * else is done.
 */
export function HistoryPane() {
  const { entries, index } = useEditor((state) => state.history);
  const store = useEditorStore();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const last = entries.length - 1;
  useEffect(() => {
    rows.scrollToIndex(last - index);
  }, [rows, last, index]);
  const items = rows.getVirtualItems();
  return (
    <div ref={scroller} className="h-full overflow-auto py-1">
      <ol reversed aria-label="History">
        <RowSpacer height={items[0]?.start ?? 0} />
        {items.map(({ index: row }) => {
          const at = last - row;
          const entry = entries[at];
          if (entry === undefined) return null;
          return (
            <li key={at} aria-setsize={entries.length} aria-posinset={row + 1}>
              <button
                type="button"
                aria-current={at === index}
                data-undone={at > index ? '' : undefined}
                onClick={() => {
                  store.getState().travel(at);
                }}
                className="flex h-6 w-full items-center gap-3 px-4 text-left text-12 -outline-offset-2 hover:bg-hover aria-[current=true]:bg-selected aria-[current=true]:font-medium data-undone:text-text-3"
              >
                <span className="w-18 flex-none text-text-3">{formatLogTime(new Date(entry.atMs)).slice(0, 8)}</span>
                <span dir="auto" title={entry.label} className="min-w-0 truncate">
                  {entry.label}
                </span>
                {at > index && <span className="text-11 text-text-3">undone</span>}
                {at === index && <span className="text-11 text-accent">here</span>}
              </button>
            </li>
          );
        })}
        <RowSpacer height={rows.getTotalSize() - (items.at(-1)?.end ?? rows.getTotalSize())} />
      </ol>
    </div>
  );
}
