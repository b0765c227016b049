import { describe, expect, it } from 'vitest';

import {
  clampTop,
  columnEdges,
  contentTop,
  isCompressed,
  scrolledInto,
  scrollHeight,
  scrollTopOf,
  visibleColumns,
  visibleRows,
} from './grid-window';

const few = { rows: 1_000, rowHeight: 26, viewport: 520 };
const many = { rows: 3_000_000, rowHeight: 26, viewport: 520 };

describe('a table of a thousand rows', () => {
  it('scrolls as it is', () => {
    expect(scrollHeight(few)).toBe(26_000);
    expect(isCompressed(few)).toBe(false);
    expect(contentTop(1_234, few)).toBe(1_234);
    expect(scrollTopOf(1_234, few)).toBe(1_234);
  });
});

describe('a table of three million rows', () => {
  it('has a bar that any browser can draw', () => {
    expect(scrollHeight(many)).toBe(8_000_000);
    expect(isCompressed(many)).toBe(true);
  });

  it('begins and ends where the bar does', () => {
    expect(contentTop(0, many)).toBe(0);
    expect(contentTop(8_000_000 - 520, many)).toBeCloseTo(78_000_000 - 520, 3);
    expect(visibleRows(contentTop(8_000_000 - 520, many), many, 0)).toEqual({ start: 2_999_980, end: 3_000_000 });
  });

  it.each([0, 26, 1_000_003, 77_999_480])('finds pixel %d of the content again', (top) => {
    expect(contentTop(scrollTopOf(top, many), many)).toBeCloseTo(top, 3);
  });
});

describe('the window', () => {
  it('has the rows that are seen in part, and some around them', () => {
    expect(visibleRows(25, few, 0)).toEqual({ start: 0, end: 21 });
    expect(visibleRows(260, few, 4)).toEqual({ start: 6, end: 34 });
    expect(visibleRows(0, { ...few, rows: 0 }, 4)).toEqual({ start: 0, end: 0 });
  });

  it('does not leave the table', () => {
    expect(clampTop(-5, few)).toBe(0);
    expect(clampTop(99_999, few)).toBe(26_000 - 520);
    expect(clampTop(5, { ...few, rows: 3 })).toBe(0);
  });

  it.each([
    [0, 100, { start: 0, end: 1 }],
    [99, 2, { start: 0, end: 2 }],
    [100, 250, { start: 1, end: 3 }],
    [500, 100, { start: 4, end: 4 }],
  ])('from %d px, %d px wide, has the columns that are seen in part', (left, width, range) => {
    expect(visibleColumns(columnEdges([100, 200, 50, 150]), left, width)).toEqual(range);
  });

  it('has no columns where there are none', () => {
    expect(visibleColumns(columnEdges([]), 0, 100)).toEqual({ start: 0, end: 0 });
  });

  it.each([
    [{ start: 50, size: 26 }, 100, 50],
    [{ start: 610, size: 26 }, 100, 116],
    [{ start: 200, size: 26 }, 100, 100],
    [{ start: 200, size: 900 }, 100, 200],
  ])('moves no further than it must to show %j from %d', (span, from, to) => {
    expect(scrolledInto(span, from, 520)).toBe(to);
  });
});
