'use client';

import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';

import { columnEdges, scrollHeight, type IndexRange } from '../../../lib/chart/grid-window';
import type { RowCell } from './cell-text';
import { movedBy, type GridCell } from './grid-keys';
import { GridHead, GridRow } from './grid-parts';
import { useGridScroll } from './use-grid-scroll';

/** A column of the grid. */
export type GridColumn = {
  readonly name: string;
  readonly kind: string;
  /** In px. */
  readonly width: number;
};

/** What stands at the left of a row. */
export type RowLabel = { readonly text: string; readonly title: string };

/** Props of {@link RowGrid}. */
export type RowGridProps = {
  /** Names it for screen readers. */
  readonly label: string;
  /** What the rows are of: when it changes, the window goes back to the first row. */
  readonly origin?: string | undefined;
  /** Those that stay at the left come first. */
  readonly columns: readonly GridColumn[];
  readonly pinned: number;
  /** Rows in all, as far as it is known. */
  readonly rows: number;
  /** Undefined while the row is being read. */
  readonly labelOf: (row: number) => RowLabel | undefined;
  /** Undefined while the cell is being read. */
  readonly cellOf: (row: number, column: number) => RowCell | undefined;
  readonly headOf: (column: number, isActive: boolean) => ReactNode;
  /** The row that is looked at. */
  readonly chosen?: ((row: number) => boolean) | undefined;
  /** A press on Enter, or a double click. */
  readonly onOpen?: ((row: number) => void) | undefined;
  /** A press on Enter in the head. */
  readonly onHead?: ((column: number, withAlt: boolean) => void) | undefined;
  /** Rows to copy, from the first to the last one, or one cell of one row. */
  readonly onCopy: (rows: IndexRange, column: number | undefined) => void;
  /** Other rows or columns have come into view. */
  readonly onWindow?: ((rows: IndexRange, columns: IndexRange) => void) | undefined;
};

const ROW = 26;
const HEAD = 32;
const LABEL = 104;

/** Rows and columns without end, of which only those in view are drawn. Arrow keys move, Enter opens, Ctrl+C copies. */
export function RowGrid(props: RowGridProps) {
  const { label, columns, pinned, rows, labelOf, cellOf, headOf, chosen, onOpen, onHead, onCopy, onWindow, origin } =
    props;
  const id = useId();
  const [active, setActive] = useState<GridCell>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<number>();
  const [hasFocus, setFocus] = useState(false);
  const fixed = useMemo(() => columnEdges(columns.slice(0, pinned).map(({ width }) => width)), [columns, pinned]);
  const edges = useMemo(() => columnEdges(columns.slice(pinned).map(({ width }) => width)), [columns, pinned]);
  const side = LABEL + (fixed.at(-1) ?? 0);
  const width = edges.at(-1) ?? 0;
  const scroll = useGridScroll({ rows, rowHeight: ROW, head: HEAD, side, edges });
  const shown: IndexRange = { start: pinned + scroll.columns.start, end: pinned + scroll.columns.end };
  const chosenRows: IndexRange = {
    start: Math.min(anchor ?? active.row, active.row),
    end: Math.max(anchor ?? active.row, active.row) + 1,
  };

  const { start: firstRow, end: lastRow } = scroll.rows;
  const { start: firstColumn, end: lastColumn } = shown;
  useEffect(() => {
    onWindow?.({ start: firstRow, end: lastRow }, { start: firstColumn, end: lastColumn });
  }, [onWindow, firstRow, lastRow, firstColumn, lastColumn]);

  const { show } = scroll;
  const drawnOf = useRef(origin);
  useEffect(() => {
    if (drawnOf.current === origin) return;
    drawnOf.current = origin;
    setAnchor(undefined);
    setActive(({ row, column }) => ({ row: Math.min(row, 0), column }));
    show(0, undefined);
  }, [origin, show]);

  const goTo = (cell: GridCell, isExtending: boolean) => {
    setAnchor(isExtending ? (anchor ?? active.row) : undefined);
    setActive(cell);
    scroll.show(cell.row < 0 ? undefined : cell.row, cell.column < pinned ? undefined : cell.column - pinned);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Buttons and fields inside the head keep their keys.
    if (event.target !== event.currentTarget) return;
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl && event.key.toLowerCase() === 'c') {
      if (window.getSelection()?.toString() !== '' || active.row < 0) return;
      event.preventDefault();
      onCopy(chosenRows, anchor === undefined ? active.column : undefined);
      return;
    }
    if (active.row < 0 && (event.key === 'Enter' || (event.altKey && event.key === 'ArrowDown'))) {
      event.preventDefault();
      onHead?.(active.column, event.altKey);
      return;
    }
    if (event.altKey) return;
    if (event.key === 'Enter' && active.row >= 0) {
      event.preventDefault();
      onOpen?.(active.row);
      return;
    }
    const next = movedBy({ key: event.key, withControl }, active, {
      rows,
      columns: columns.length,
      pageRows: scroll.pageRows,
    });
    if (next === undefined) return;
    event.preventDefault();
    goTo(next, event.shiftKey && next.row >= 0);
  };

  return (
    <div ref={scroll.scroller} className="@container-size relative min-h-0 flex-1 overflow-auto bg-surface">
      <div
        role="presentation"
        style={
          {
            '--all': `${scrollHeight({ rows, rowHeight: ROW, viewport: 0 }) + HEAD}px`,
            '--wide': `${side + width}px`,
          } as CSSProperties
        }
        className="h-(--all) min-h-full w-(--wide) min-w-full"
      >
        <div
          ref={scroll.layer}
          id={id}
          role="grid"
          aria-label={label}
          aria-rowcount={rows + 1}
          aria-colcount={columns.length + 1}
          aria-multiselectable="true"
          aria-activedescendant={`${id}-${active.row}-${active.column}`}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            setFocus(event.target === event.currentTarget);
          }}
          onBlur={() => {
            setFocus(false);
          }}
          className="sticky top-0 left-0 flex h-[100cqh] w-[100cqw] flex-col overflow-hidden text-12 outline-none"
        >
          <GridHead
            id={id}
            columns={columns}
            pinned={pinned}
            shown={shown}
            active={hasFocus ? active : undefined}
            headOf={headOf}
          />
          <div role="rowgroup" className="relative min-h-0 flex-1 overflow-hidden">
            <div role="presentation" className="absolute inset-x-0 top-0 translate-y-(--grid-y)">
              {Array.from({ length: scroll.rows.end - scroll.rows.start }, (_, index) => scroll.rows.start + index).map(
                (row) => (
                  <GridRow
                    key={row}
                    id={id}
                    row={row}
                    label={labelOf(row)}
                    columns={columns}
                    pinned={pinned}
                    shown={shown}
                    activeColumn={hasFocus && active.row === row ? active.column : undefined}
                    isChosen={chosen?.(row) ?? false}
                    isSelected={anchor !== undefined && row >= chosenRows.start && row < chosenRows.end}
                    cellOf={cellOf}
                    onPress={(column, isExtending) => {
                      setAnchor(isExtending ? (anchor ?? active.row) : undefined);
                      setActive({ row, column });
                    }}
                    onOpen={() => onOpen?.(row)}
                  />
                ),
              )}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}
