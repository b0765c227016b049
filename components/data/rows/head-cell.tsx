'use client';

import { ArrowDown, ArrowUp, ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';

import type { RowQuery } from '../../../lib/artifact/row-query';
import { Popover } from '../../ui/popover';
import { isNumeric, type RowsColumn } from './cell-text';

/** Props of {@link HeadCell}. */
export type HeadCellProps = {
  readonly column: RowsColumn;
  readonly sort: RowQuery['sort'];
  readonly isFiltered: boolean;
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The next order: ascending, descending, as stored. */
  readonly onSort: () => void;
  /** What is in the pane of the column, drawn while it is open. */
  readonly children: ReactNode;
};

/** The head of a column: its name sorts, its funnel opens what else can be done. */
export function HeadCell(props: HeadCellProps) {
  const { column, sort, isFiltered, isOpen, onOpenChange, onSort, children } = props;
  const direction = sort?.column === column.name ? sort.direction : undefined;
  const Arrow = direction === 'desc' ? ArrowDown : ArrowUp;
  const said = direction === undefined ? '' : direction === 'asc' ? ', ascending' : ', descending';
  return (
    <div
      className={`group flex h-full items-center ${isNumeric(column.kind) && !column.isList ? 'flex-row-reverse' : ''}`}
    >
      <button
        type="button"
        tabIndex={-1}
        onClick={onSort}
        aria-label={`${column.name}${said}`}
        title={`${column.name}, ${column.isList ? 'lists of ' : ''}${column.kind}`}
        className={`flex h-full min-w-0 flex-1 items-center gap-1 px-2 hover:text-text ${isNumeric(column.kind) && !column.isList ? 'justify-end' : ''} ${direction === undefined ? 'font-medium' : 'font-semibold text-text'}`}
      >
        <bdi className="truncate">{column.name}</bdi>
        {direction !== undefined && <Arrow size={12} aria-hidden="true" className="flex-none" />}
      </button>
      <Popover
        label={`Filter ${column.name}`}
        open={isOpen}
        onOpenChange={onOpenChange}
        trigger={
          <button
            type="button"
            tabIndex={-1}
            aria-label={`Filter ${column.name}${isFiltered ? ', filtered' : ''}`}
            className={`grid size-6 flex-none place-content-center rounded-control hover:bg-hover aria-expanded:opacity-100 ${isFiltered ? 'text-accent' : 'text-text-3 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-tablet:opacity-100'}`}
          >
            <ListFilter size={12} aria-hidden="true" />
          </button>
        }
      >
        {children}
      </Popover>
    </div>
  );
}
