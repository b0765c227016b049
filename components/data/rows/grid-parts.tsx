'use client';

import type { CSSProperties, ReactNode } from 'react';

import type { IndexRange } from '../../../lib/chart/grid-window';
import { cellText, isNumeric, type RowCell } from './cell-text';
import type { GridCell } from './grid-keys';
import type { GridColumn, RowLabel } from './row-grid';

type Common = {
  readonly id: string;
  readonly columns: readonly GridColumn[];
  readonly pinned: number;
  /** The columns that scroll and are in view. */
  readonly shown: IndexRange;
};

/** Props of {@link GridHead}. */
export type GridHeadProps = Common & {
  readonly active: GridCell | undefined;
  readonly headOf: (column: number, isActive: boolean) => ReactNode;
};

/** The line of column heads. */
export function GridHead({ id, columns, pinned, shown, active, headOf }: GridHeadProps) {
  const head = (column: number) => (
    <div
      key={column}
      id={`${id}--1-${column}`}
      role="columnheader"
      aria-colindex={column + 2}
      style={{ '--w': `${columns[column]?.width ?? 0}px` } as CSSProperties}
      className={`h-full w-(--w) flex-none border-r ${isActive(active, column) ? 'outline-2 -outline-offset-2 outline-accent' : ''}`}
    >
      {headOf(column, isActive(active, column))}
    </div>
  );
  return (
    <div role="rowgroup" className="flex-none">
      <div role="row" aria-rowindex={1} className="flex h-8 border-b border-border text-11 text-text-3">
        <div
          role="columnheader"
          aria-colindex={1}
          className="flex h-full w-26 flex-none items-center border-r border-border px-2 font-medium"
        >
          Row
        </div>
        <div role="presentation" className="flex flex-none">
          {indexes({ start: 0, end: pinned }).map(head)}
        </div>
        <Sliding>{indexes(shown).map(head)}</Sliding>
      </div>
    </div>
  );
}

/** Props of {@link GridRow}. */
export type GridRowProps = Common & {
  readonly row: number;
  readonly label: RowLabel | undefined;
  readonly activeColumn: number | undefined;
  readonly isChosen: boolean;
  readonly isSelected: boolean;
  readonly cellOf: (row: number, column: number) => RowCell | undefined;
  readonly onPress: (column: number, isExtending: boolean) => void;
  readonly onOpen: () => void;
};

/** One row of cells. */
export function GridRow(props: GridRowProps) {
  const { id, row, label, columns, pinned, shown, activeColumn, isChosen, isSelected, cellOf, onPress, onOpen } = props;
  const cell = (column: number) => (
    <Cell
      key={column}
      id={`${id}-${row}-${column}`}
      index={column}
      column={columns[column]}
      value={cellOf(row, column)}
      isActive={activeColumn === column}
      onPress={(isExtending) => {
        onPress(column, isExtending);
      }}
    />
  );
  const look = isChosen || isSelected ? 'bg-selected' : 'hover:bg-hover';
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isSelected || isChosen}
      onDoubleClick={onOpen}
      className={`flex h-6.5 border-b ${look}`}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={`w-26 flex-none truncate border-r border-border px-2 leading-6.5 text-text-3 ${isChosen ? 'border-l-3 border-l-accent' : ''}`}
      >
        {label === undefined ? (
          <Pending />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            title={label.title}
            onClick={onOpen}
            className="align-baseline leading-[inherit] hover:text-accent hover:underline"
          >
            {label.text}
          </button>
        )}
      </div>
      <div role="presentation" className="flex flex-none">
        {indexes({ start: 0, end: pinned }).map(cell)}
      </div>
      <Sliding>{indexes(shown).map(cell)}</Sliding>
    </div>
  );
}

/** What moves with the bar: cut at the left where the fixed columns end. */
function Sliding({ children }: { readonly children: ReactNode }) {
  return (
    <div role="presentation" className="min-w-0 flex-1 overflow-hidden">
      <div role="presentation" className="flex h-full translate-x-(--grid-x)">
        {children}
      </div>
    </div>
  );
}

type CellProps = {
  readonly id: string;
  readonly index: number;
  readonly column: GridColumn | undefined;
  readonly value: RowCell | undefined;
  readonly isActive: boolean;
  readonly onPress: (isExtending: boolean) => void;
};

function Cell({ id, index, column, value, isActive, onPress }: CellProps) {
  const kind = column?.kind ?? 'NONE';
  const text = value === undefined ? undefined : cellText(value, kind);
  const side = isNumeric(kind) && !Array.isArray(value) ? 'text-right' : '';
  const colour = value === null ? 'text-text-3' : '';
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys are heard by the grid, which has the focus
    <div
      id={id}
      role="gridcell"
      aria-colindex={index + 2}
      title={text}
      onClick={(event) => {
        onPress(event.shiftKey);
      }}
      style={{ '--w': `${column?.width ?? 0}px` } as CSSProperties}
      className={`w-(--w) flex-none truncate border-r px-2 leading-6.5 ${side} ${colour} ${isActive ? 'outline-2 -outline-offset-2 outline-accent' : ''}`}
    >
      {text === undefined ? <Pending /> : <bdi>{text}</bdi>}
    </div>
  );
}

function Pending() {
  return <span aria-hidden="true" className="inline-block h-2 w-2/3 animate-late rounded-chip bg-n-100" />;
}

function isActive(active: GridCell | undefined, column: number): boolean {
  return active?.row === -1 && active.column === column;
}

function indexes({ start, end }: IndexRange): readonly number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}
