'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';

/** Something to choose. */
export type Option = {
  readonly value: string;
  /** Default: the value itself. */
  readonly label?: string | undefined;
  /** At the right, quieter: a type, a count. */
  readonly detail?: string | undefined;
};

/** Props of {@link OptionList}. */
export type OptionListProps = {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
  /** The option that the arrow keys stand on; -1 for none. */
  readonly active: number;
  readonly isChosen: (value: string) => boolean;
  /** True where several may be chosen. */
  readonly isMulti: boolean;
  readonly onPick: (value: string) => void;
  readonly onPoint: (index: number) => void;
};

const ROW_PX = 28;
const VISIBLE_ROWS = 9;

/** Id of an option, for `aria-activedescendant`. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** Options as rows of 28 px; only those in view are drawn, so that thousands cost nothing. */
export function OptionList(props: OptionListProps) {
  const { id, label, options, active, isChosen, isMulti, onPick, onPoint } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: options.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    initialRect: { width: 0, height: ROW_PX * VISIBLE_ROWS },
    overscan: 4,
  });
  const rows = virtual.getVirtualItems();
  const first = rows[0]?.start ?? 0;
  const rest = virtual.getTotalSize() - (rows.at(-1)?.end ?? 0);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active);
  }, [active, virtual]);
  return (
    <div ref={scroller} className="max-h-[252px] overflow-auto">
      <div id={id} role="listbox" aria-label={label} aria-multiselectable={isMulti}>
        <Spacer height={first} />
        {rows.map(({ index }) => {
          const option = options[index];
          if (option === undefined) return null;
          const chosen = isChosen(option.value);
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field that owns the list keeps the focus and hears the keys
            <div
              key={option.value}
              id={optionId(id, index)}
              role="option"
              tabIndex={-1}
              aria-selected={chosen}
              aria-setsize={options.length}
              aria-posinset={index + 1}
              onPointerDown={(event) => {
                event.preventDefault();
              }}
              onClick={() => {
                onPick(option.value);
              }}
              onPointerMove={() => {
                if (index !== active) onPoint(index);
              }}
              className={`flex h-7 items-center gap-1.5 rounded-control px-2 text-12 ${index === active ? 'bg-hover' : ''}`}
            >
              <Check size={12} aria-hidden="true" className={`text-accent ${chosen ? '' : 'invisible'}`} />
              <span title={option.label ?? option.value} dir="auto" className="min-w-0 flex-1 truncate">
                {option.label ?? option.value}
              </span>
              {option.detail !== undefined && <span className="text-11 text-text-3">{option.detail}</span>}
            </div>
          );
        })}
        <Spacer height={rest} />
      </div>
    </div>
  );
}

/** Takes the place of rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return height <= 0 ? null : <svg width="1" height={height} aria-hidden="true" className="block" />;
}

/** Options whose label holds the words of the search; those that begin with it come first. */
export function searchOptions(options: readonly Option[], search: string): readonly Option[] {
  const words = search.trim().toLowerCase();
  if (words === '') return options;
  const starting: Option[] = [];
  const holding: Option[] = [];
  for (const option of options) {
    const at = (option.label ?? option.value).toLowerCase().indexOf(words);
    if (at === 0) starting.push(option);
    else if (at > 0) holding.push(option);
  }
  return [...starting, ...holding];
}

/** Where an arrow key, Home or End leads among `count` options; undefined for any other key. */
export function moveActive(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return active + 1 >= count ? 0 : active + 1;
    case 'ArrowUp':
      return active <= 0 ? count - 1 : active - 1;
    case 'PageDown':
      return Math.min(count - 1, active + VISIBLE_ROWS);
    case 'PageUp':
      return Math.max(0, active - VISIBLE_ROWS);
    default:
      return undefined;
  }
}
