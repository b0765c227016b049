'use client';

import { useEffect, useRef } from 'react';

import { formatLogTime } from '../../../lib/format/time';
import { useEditor, useEditorStore } from './editor-context';

/** What was done, the newest first. A press goes there; what was undone stays until something else is done. */
export function HistoryPane() {
  const { entries, index } = useEditor((state) => state.history);
  const store = useEditorStore();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  return (
    <ol ref={list} reversed aria-label="History" className="py-1">
      {entries
        .map((entry, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- entries fall out at the old end only, none is put between two
          <li key={`${entry.atMs} ${entry.label} ${at}`}>
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
              <span className="truncate">{entry.label}</span>
              {at > index && <span className="text-11 text-text-3">undone</span>}
              {at === index && <span className="text-11 text-accent">here</span>}
            </button>
          </li>
        ))
        .toReversed()}
    </ol>
  );
}
