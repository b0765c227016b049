'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { Columns3, Pin, PinOff } from 'lucide-react';
import { useId, useState, type CSSProperties } from 'react';

import type { ShownColumns } from '../../../lib/artifact/rows-screen';
import { formatCount } from '../../../lib/format/number';
import { Button } from '../../ui/button';
import { Popover } from '../../ui/popover';
import type { RowsColumn } from './cell-text';

/** Props of {@link ColumnChoice}. */
export type ColumnChoiceProps = {
  readonly columns: readonly RowsColumn[];
  readonly shown: ShownColumns;
  readonly onChange: (shown: ShownColumns) => void;
};

const LINE = 28;

/** Which features are shown and which stay at the left; thousands of them are no burden. */
export function ColumnChoice({ columns, shown, onChange }: ColumnChoiceProps) {
  const hidden = new Set(shown.hidden);
  const visible = columns.filter(({ name }) => !hidden.has(name)).length;
  return (
    <Popover
      label="Features shown"
      align="end"
      trigger={
        <Button>
          <Columns3 size={14} aria-hidden="true" />
          {visible === columns.length
            ? `${formatCount(columns.length)} features`
            : `${formatCount(visible)} of ${formatCount(columns.length)} features`}
        </Button>
      }
    >
      <Choice columns={columns} shown={shown} onChange={onChange} />
    </Popover>
  );
}

function Choice({ columns, shown, onChange }: ColumnChoiceProps) {
  const id = useId();
  const [sought, setSought] = useState('');
  const [list, setList] = useState<HTMLDivElement | null>(null);
  const found = columns.filter(({ name }) => name.toLowerCase().includes(sought.toLowerCase()));
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => list,
    estimateSize: () => LINE,
    overscan: 6,
  });
  const hidden = new Set(shown.hidden);
  const pinned = new Set(shown.pinned);
  const setHidden = (names: readonly string[], isHidden: boolean) => {
    const next = new Set(hidden);
    for (const name of names)
      if (isHidden) next.add(name);
      else next.delete(name);
    onChange({ ...shown, hidden: [...next] });
  };
  const names = found.map(({ name }) => name);
  return (
    <div className="flex w-72 flex-col gap-2 text-12">
      <label htmlFor={id} className="sr-only">
        Find a feature
      </label>
      <input
        id={id}
        type="search"
        dir="auto"
        value={sought}
        placeholder="Find a feature"
        autoComplete="off"
        onChange={(event) => {
          setSought(event.target.value);
        }}
        className="h-7 rounded-control border border-border-strong bg-surface px-2 max-tablet:h-11"
      />
      <div className="flex gap-1">
        <Button
          size="small"
          onClick={() => {
            setHidden(names, false);
          }}
        >
          Show {sought === '' ? 'all' : 'these'}
        </Button>
        <Button
          size="small"
          onClick={() => {
            setHidden(names, true);
          }}
        >
          Hide {sought === '' ? 'all' : 'these'}
        </Button>
      </div>
      <div ref={setList} className="h-72 overflow-y-auto">
        <ul
          aria-label="Features"
          style={{ '--tall': `${virtual.getTotalSize()}px` } as CSSProperties}
          className="relative h-(--tall)"
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const column = found[index];
            if (column === undefined) return null;
            const { name, kind } = column;
            return (
              <li
                key={name}
                style={{ '--y': `${start}px` } as CSSProperties}
                className="absolute inset-x-0 top-0 flex h-7 translate-y-(--y) items-center gap-2 px-1 hover:bg-hover"
              >
                <label className="flex min-w-0 flex-1 items-center gap-2">
                  <input
                    type="checkbox"
                    checked={!hidden.has(name)}
                    onChange={(event) => {
                      setHidden([name], !event.target.checked);
                    }}
                  />
                  <bdi className="min-w-0 flex-1 truncate" title={name}>
                    {name}
                  </bdi>
                  <span className="text-11 text-text-3">{kind}</span>
                </label>
                <button
                  type="button"
                  aria-label={`Keep ${name} at the left`}
                  aria-pressed={pinned.has(name)}
                  onClick={() => {
                    const next = pinned.has(name)
                      ? shown.pinned.filter((each) => each !== name)
                      : [...shown.pinned, name];
                    onChange({ ...shown, pinned: next });
                  }}
                  className="grid size-6 place-content-center rounded-control text-text-3 hover:bg-hover aria-pressed:text-accent"
                >
                  {pinned.has(name) ? <PinOff size={12} aria-hidden="true" /> : <Pin size={12} aria-hidden="true" />}
                </button>
              </li>
            );
          })}
        </ul>
      </div>
      {found.length === 0 && <p className="text-text-3">No feature has this in its name.</p>}
    </div>
  );
}
