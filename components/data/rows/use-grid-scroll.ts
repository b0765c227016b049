'use client';

import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

import {
  clampTop,
  contentTop,
  isCompressed,
  scrolledInto,
  scrollTopOf,
  visibleColumns,
  visibleRows,
  type GridExtent,
  type IndexRange,
} from '../../../lib/chart/grid-window';

/** Rows drawn beyond the edges of the window. */
const OVERSCAN = 8;
/** What a line of a wheel is, in px. */
const LINE = 26;

/** Where the window stands and what is in it. */
export type GridScroll = {
  /** Scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Stays in view; carries `--grid-y` and `--grid-x`, the offsets of what is drawn. */
  readonly layer: RefObject<HTMLDivElement | null>;
  readonly rows: IndexRange;
  readonly columns: IndexRange;
  /** Whole rows that the window holds. */
  readonly pageRows: number;
  /** Brings a cell into view; undefined leaves that direction alone. */
  readonly show: (row: number | undefined, column: number | undefined) => void;
};

/** What is scrolled over. */
export type GridScrollOptions = {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of what stands above the rows and width of what stands left of the columns, in px. */
  readonly head: number;
  readonly side: number;
  /** Left edges of the columns that scroll, see `columnEdges`. */
  readonly edges: readonly number[];
};

type Place = { readonly top: number; readonly left: number; readonly height: number; readonly width: number };

/**
 * Follows the scroll bar. What moves is set as variables on the layer at once; React draws anew only when other rows or
 * columns come into view.
 */
export function useGridScroll({ rows, rowHeight, head, side, edges }: GridScrollOptions): GridScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const place = useRef<Place>({ top: 0, left: 0, height: 600, width: 1_000 });
  /** The position that we gave the bar ourselves: what it tells of it must not be measured back. */
  const ownScrollTop = useRef<number>(undefined);
  const [, redraw] = useState(0);

  const { top, left, height, width } = place.current;
  const extent: GridExtent = { rows, rowHeight, viewport: Math.max(0, height - head) };
  const inView = visibleRows(clampTop(top, extent), extent, OVERSCAN);
  const columnsInView = visibleColumns(edges, left, Math.max(0, width - side));
  const drawn = useRef({ inView, columnsInView, extent, edges });

  const apply = useCallback(() => {
    const { inView: shown, columnsInView: shownColumns, edges: at } = drawn.current;
    const { style } = layer.current ?? {};
    style?.setProperty('--grid-y', `${shown.start * drawn.current.extent.rowHeight - place.current.top}px`);
    style?.setProperty('--grid-x', `${(at[shownColumns.start] ?? 0) - place.current.left}px`);
  }, []);

  const move = useCallback(
    (next: Partial<Place>) => {
      place.current = { ...place.current, ...next };
      const { inView: shown, columnsInView: shownColumns, extent: size, edges: at } = drawn.current;
      const viewport = Math.max(0, place.current.height - head);
      const wanted = visibleRows(clampTop(place.current.top, { ...size, viewport }), { ...size, viewport }, OVERSCAN);
      const wantedColumns = visibleColumns(at, place.current.left, Math.max(0, place.current.width - side));
      apply();
      const isSame = sameRange(wanted, shown) && sameRange(wantedColumns, shownColumns);
      if (!isSame || viewport !== size.viewport) redraw((n) => n + 1);
    },
    [apply, head, side],
  );

  useLayoutEffect(() => {
    drawn.current = { inView, columnsInView, extent, edges };
    const clamped = clampTop(place.current.top, extent);
    if (clamped !== place.current.top) place.current = { ...place.current, top: clamped };
    apply();
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => {
      const isOwn = ownScrollTop.current !== undefined && Math.abs(element.scrollTop - ownScrollTop.current) < 1;
      const next = isOwn ? place.current.top : contentTop(element.scrollTop, drawn.current.extent);
      if (!isOwn) ownScrollTop.current = undefined;
      move({ top: next, left: element.scrollLeft });
    };
    const onWheel = (event: WheelEvent) => {
      const { extent: size } = drawn.current;
      if (!isCompressed(size) || event.deltaY === 0 || event.ctrlKey) return;
      event.preventDefault();
      const by = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
      const next = clampTop(place.current.top + by, size);
      element.scrollTop = scrollTopOf(next, size);
      ownScrollTop.current = element.scrollTop;
      move({ top: next });
    };
    const resized = new ResizeObserver(() => {
      move({ height: element.clientHeight, width: element.clientWidth });
    });
    resized.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [move]);

  const show = useCallback(
    (row: number | undefined, column: number | undefined) => {
      const element = scroller.current;
      if (element === null) return;
      const { extent: size, edges: at } = drawn.current;
      if (row !== undefined) {
        const next = scrolledInto(
          { start: row * size.rowHeight, size: size.rowHeight },
          place.current.top,
          size.viewport,
        );
        element.scrollTop = scrollTopOf(next, size);
        ownScrollTop.current = element.scrollTop;
        move({ top: clampTop(next, size) });
      }
      if (column !== undefined) {
        const start = at[column] ?? 0;
        const span = { start, size: (at[column + 1] ?? start) - start };
        element.scrollLeft = scrolledInto(span, place.current.left, Math.max(0, place.current.width - side));
        move({ left: element.scrollLeft });
      }
    },
    [move, side],
  );

  return {
    scroller,
    layer,
    rows: inView,
    columns: columnsInView,
    pageRows: Math.max(1, Math.floor(extent.viewport / rowHeight)),
    show,
  };
}

function sameRange(a: IndexRange, b: IndexRange): boolean {
  return a.start === b.start && a.end === b.end;
}
