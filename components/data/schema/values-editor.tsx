'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { X } from 'lucide-react';
import { useId, useRef, useState, type CSSProperties } from 'react';

import { formatCount } from '../../../lib/format/number';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/form/text-field';

/** Props of {@link ValuesEditor}. */
export type ValuesEditorProps = {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** Other features whose list this is too. */
  readonly sharers: readonly string[];
};

const ROW_PX = 28;
/** A list as high as this scrolls by itself. */
const MAX_ROWS = 8;

/** The texts that a feature may hold: searched, added and removed one by one; hundreds of them cost nothing. */
export function ValuesEditor({ values, onChange, sharers }: ValuesEditorProps) {
  const id = useId();
  const [text, setText] = useState('');
  const search = text.toLocaleLowerCase('en');
  const shown = search === '' ? values : values.filter((value) => value.toLocaleLowerCase('en').includes(search));
  const isNew = text !== '' && !values.includes(text);
  const add = () => {
    if (!isNew) return;
    onChange([...values, text]);
    setText('');
  };
  return (
    <div className="px-4 py-1">
      <form
        className="flex items-center gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          id={id}
          label="Find or add a value"
          placeholder="Find or add a value"
          value={text}
          onChange={setText}
        />
        <Button type="submit" disabled={!isNew}>
          Add
        </Button>
      </form>
      <p className="py-1 text-11 text-text-3">
        {search === ''
          ? `${formatCount(values.length)} values`
          : `${formatCount(shown.length)} of ${formatCount(values.length)} values`}
        {sharers.length > 0 && (
          <span title={sharers.join(', ')}>
            , shared with {sharers.length === 1 ? sharers[0] : `${formatCount(sharers.length)} other features`}
          </span>
        )}
      </p>
      {shown.length > 0 && (
        <ValueList
          values={shown}
          onRemove={(value) => {
            onChange(values.filter((other) => other !== value));
          }}
        />
      )}
    </div>
  );
}

type ValueListProps = { readonly values: readonly string[]; readonly onRemove: (value: string) => void };

function ValueList({ values, onRemove }: ValueListProps) {
  const scroller = useRef<HTMLUListElement>(null);
  const virtual = useVirtualizer({
    count: values.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <ul
      ref={scroller}
      aria-label="Values"
      // What scrolls must be reached by the keyboard.
      tabIndex={0}
      style={{ '--list': `${Math.min(values.length, MAX_ROWS) * ROW_PX + 2}px` } as CSSProperties}
      className="h-(--list) overflow-y-auto rounded-control border"
    >
      <li aria-hidden="true" style={{ '--before': `${before}px` } as CSSProperties} className="h-(--before)" />
      {items.map(({ index }) => {
        const value = values[index] ?? '';
        return (
          <li key={value} className="group flex h-7 items-center gap-1 pl-2 text-12 hover:bg-hover">
            <span dir="auto" title={value} className="min-w-0 flex-1 truncate">
              {value === '' ? <span className="text-text-3">empty text</span> : value}
            </span>
            <button
              type="button"
              aria-label={`Remove ${value}`}
              onClick={() => {
                onRemove(value);
              }}
              className="grid size-7 flex-none place-content-center rounded-control text-text-3 -outline-offset-2 hover:text-text"
            >
              <X size={12} aria-hidden="true" />
            </button>
          </li>
        );
      })}
      <li aria-hidden="true" style={{ '--after': `${after}px` } as CSSProperties} className="h-(--after)" />
    </ul>
  );
}
