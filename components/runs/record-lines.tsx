'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';

import { formatLogTime } from '../../lib/format/time';
import { splitAtText } from '../../lib/run/log-lines';
import { Spacer } from './spacer';

/** One line of a record. */
export type RecordLine = {
  readonly seq: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly node: string | undefined;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
};

/** Props of {@link RecordLines}. */
export type RecordLinesProps = {
  readonly label: string;
  readonly lines: readonly RecordLine[];
  /** Marked where it stands in a line. */
  readonly find?: string;
  /** The line that a search stands at: brought into view. */
  readonly current?: number | undefined;
  /** Keeps the newest line in view. */
  readonly follow: boolean;
  /** The person scrolled away from the end, or back to it. */
  readonly onFollow: (follow: boolean) => void;
};

const LINE = 20;
/** Up to so many lines all are drawn, so that a page search finds them. */
const ALL_DRAWN = 400;
const OVERSCAN = 20;
/** So close to the end counts as at the end, in pixels. */
const AT_END = 8;

/** Lines with their time and node, in a box of their own; of a long record only what is in view is drawn. */
export function RecordLines({ label, lines, find = '', current, follow, onFollow }: RecordLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    getItemKey: (index) => lines[index]?.seq ?? index,
    overscan: lines.length <= ALL_DRAWN ? lines.length : OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const size = virtualizer.getTotalSize();

  useEffect(() => {
    const box = scroller.current;
    if (follow && box !== null) box.scrollTop = box.scrollHeight;
  }, [follow, size]);

  useEffect(() => {
    if (current !== undefined) virtualizer.scrollToIndex(current, { align: 'center' });
  }, [current, virtualizer]);

  const onScroll = () => {
    const box = scroller.current;
    if (box === null) return;
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight <= AT_END;
    if (isAtEnd !== follow) onFollow(isAtEnd);
  };
  return (
    <div
      ref={scroller}
      // A long record scrolls, which the keyboard must be able to do too.
      tabIndex={0}
      role="log"
      aria-label={label}
      aria-live="off"
      onScroll={onScroll}
      className="min-h-0 flex-1 overflow-auto py-1 -outline-offset-2 max-desktop:max-h-[60vh]"
    >
      <ol className="font-mono text-12 leading-5 tracking-[-0.02em]">
        <Spacer height={items[0]?.start ?? 0} />
        {items.map(({ index, key }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <Line
              key={key}
              line={line}
              index={index}
              find={find}
              isCurrent={index === current}
              measure={virtualizer.measureElement}
            />
          );
        })}
        <Spacer height={size - (items.at(-1)?.end ?? size)} />
      </ol>
    </div>
  );
}

const LEVELS = {
  info: '',
  warning: 'bg-st-warning-soft text-st-warning',
  error: 'bg-st-failed-soft text-st-failed',
};

type LineProps = {
  readonly line: RecordLine;
  readonly index: number;
  readonly find: string;
  readonly isCurrent: boolean;
  readonly measure: (element: HTMLElement | null) => void;
};

function Line({ line: { seq, at, node, level, text }, index, find, isCurrent, measure }: LineProps) {
  const quiet = level === 'info' ? 'text-text-3' : '';
  return (
    <li
      ref={measure}
      data-seq={seq}
      data-index={index}
      aria-current={isCurrent}
      className={`grid grid-cols-[96px_minmax(0,1fr)] gap-x-2 px-4 -outline-offset-1 aria-[current=true]:outline-1 aria-[current=true]:outline-accent tablet:grid-cols-[96px_minmax(64px,128px)_minmax(0,1fr)] tablet:px-5 ${LEVELS[level]}`}
    >
      <time dateTime={at} title={at} className={quiet}>
        {formatLogTime(new Date(at))}
      </time>
      <span title={node} dir="auto" className={`truncate ${quiet}`}>
        {level === 'info' ? (node ?? '') : level}
      </span>
      <span dir="auto" className="break-words whitespace-pre-wrap max-tablet:col-span-2">
        <Marked text={text} find={find} />
      </span>
    </li>
  );
}

function Marked({ text, find }: { readonly text: string; readonly find: string }) {
  const pieces = splitAtText(text, find);
  if (pieces.length === 1) return text;
  return pieces.map((piece, place) =>
    place % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
      <mark key={place} className="rounded-chip bg-accent-soft text-accent outline-1 outline-accent-line">
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}
