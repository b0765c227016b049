/**
 * Which part of a long table is seen. Browsers cannot scroll over 78 million pixels: beyond a bound the bar stands for
 * more pixels than it has, and content is placed by its own measure.
 */

/** Tallest content that is scrolled as it is, in px; every browser can do twice that. */
const MAX_SCROLL = 8_000_000;

/** A table of rows of one height, seen through a window. All in px. */
export type GridExtent = { readonly rows: number; readonly rowHeight: number; readonly viewport: number };

/** The height that the browser scrolls over. */
export function scrollHeight({ rows, rowHeight }: GridExtent): number {
  return Math.min(rows * rowHeight, MAX_SCROLL);
}

/** True where the bar stands for more than it has: a turn of the wheel must be measured by the content. */
export function isCompressed({ rows, rowHeight }: GridExtent): boolean {
  return rows * rowHeight > MAX_SCROLL;
}

/** The content's first visible pixel at a position of the bar. */
export function contentTop(scrollTop: number, extent: GridExtent): number {
  return isCompressed(extent) ? clampTop(scrollTop * ratio(extent), extent) : scrollTop;
}

/** The position of the bar for a pixel of the content. */
export function scrollTopOf(top: number, extent: GridExtent): number {
  return isCompressed(extent) ? top / ratio(extent) : top;
}

/** The nearest pixel of the content that can be the first visible one. */
export function clampTop(top: number, { rows, rowHeight, viewport }: GridExtent): number {
  return Math.max(0, Math.min(top, rows * rowHeight - viewport));
}

/** A range of indexes; `end` is not part of it. */
export type IndexRange = { readonly start: number; readonly end: number };

/** The rows in view and `overscan` more on both sides. */
export function visibleRows(top: number, { rows, rowHeight, viewport }: GridExtent, overscan: number): IndexRange {
  const start = Math.max(0, Math.floor(top / rowHeight) - overscan);
  return { start: Math.min(start, rows), end: Math.min(rows, Math.ceil((top + viewport) / rowHeight) + overscan) };
}

/** The left edges of columns, and behind the last one the width of all. */
export function columnEdges(widths: readonly number[]): readonly number[] {
  const edges = [0];
  let edge = 0;
  for (const width of widths) {
    edge += width;
    edges.push(edge);
  }
  return edges;
}

/** The columns in view. */
export function visibleColumns(edges: readonly number[], left: number, width: number): IndexRange {
  const columns = edges.length - 1;
  // The last column that begins at or left of the edge.
  let start = 0;
  let past = columns;
  while (start < past) {
    const middle = (start + past) >> 1;
    if ((edges[middle + 1] ?? 0) <= left) start = middle + 1;
    else past = middle;
  }
  let end = start;
  while (end < columns && (edges[end] ?? 0) < left + width) end++;
  return { start, end };
}

/** The nearest scroll position at which a span of the content is wholly seen; `from` is where it stands now. */
export function scrolledInto(
  span: { readonly start: number; readonly size: number },
  from: number,
  viewport: number,
): number {
  if (span.start < from) return span.start;
  const lowest = span.start + span.size - viewport;
  return lowest > from ? Math.min(lowest, span.start) : from;
}

function ratio({ rows, rowHeight, viewport }: GridExtent): number {
  return (rows * rowHeight - viewport) / (MAX_SCROLL - viewport);
}
