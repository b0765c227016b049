'use client';

import { ArrowDown, ArrowUp, EyeOff, Pin, PinOff } from 'lucide-react';

import type { RowQuery } from '../../../lib/artifact/row-query';
import type { ShownColumns } from '../../../lib/artifact/rows-screen';
import { Button } from '../../ui/button';
import type { RowsColumn } from './cell-text';

/** Props of {@link ColumnMenu}. */
export type ColumnMenuProps = {
  readonly column: RowsColumn;
  readonly query: RowQuery;
  readonly shown: ShownColumns;
  readonly onQuery: (query: RowQuery) => void;
  readonly onShown: (shown: ShownColumns) => void;
};

/** What a column can do beside being filtered. */
export function ColumnMenu({ column: { name, kind, isList }, query, shown, onQuery, onShown }: ColumnMenuProps) {
  const isPinned = shown.pinned.includes(name);
  const direction = query.sort?.column === name ? query.sort.direction : undefined;
  const sort = (wanted: 'asc' | 'desc') => {
    onQuery({ ...query, sort: direction === wanted ? undefined : { column: name, direction: wanted } });
  };
  return (
    <div className="mb-2 w-72 border-b pb-2">
      <p className="mb-1.5 text-12 break-words">
        <bdi className="font-semibold">{name}</bdi>{' '}
        <span className="text-text-3">{isList ? `lists of ${kind}` : kind}</span>
      </p>
      <div className="flex flex-wrap gap-1">
        <Button
          size="small"
          aria-label="Sort ascending"
          aria-pressed={direction === 'asc'}
          look={direction === 'asc' ? 'ink' : 'plain'}
          onClick={() => {
            sort('asc');
          }}
        >
          <ArrowUp size={12} aria-hidden="true" />
        </Button>
        <Button
          size="small"
          aria-label="Sort descending"
          aria-pressed={direction === 'desc'}
          look={direction === 'desc' ? 'ink' : 'plain'}
          onClick={() => {
            sort('desc');
          }}
        >
          <ArrowDown size={12} aria-hidden="true" />
        </Button>
        <Button
          size="small"
          onClick={() => {
            onShown({
              ...shown,
              pinned: isPinned ? shown.pinned.filter((each) => each !== name) : [...shown.pinned, name],
            });
          }}
        >
          {isPinned ? <PinOff size={12} aria-hidden="true" /> : <Pin size={12} aria-hidden="true" />}
          {isPinned ? 'Unpin' : 'Pin'}
        </Button>
        <Button
          size="small"
          onClick={() => {
            onShown({ pinned: shown.pinned.filter((each) => each !== name), hidden: [...shown.hidden, name] });
          }}
        >
          <EyeOff size={12} aria-hidden="true" />
          Hide
        </Button>
      </div>
    </div>
  );
}
