'use client';

import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import type { RowQuery } from '../../../lib/artifact/row-query';
import type { IndexRange } from '../../../lib/chart/grid-window';
import type { ArtifactId } from '../../../lib/ids';
import { useTRPC } from '../../trpc/client';
import type { PlacedRow, RowCell } from './cell-text';

/** Rows of a page, and features of one: a view of 1,500 features asks for those in sight only. */
const PAGE = 100;
const BLOCK = 40;
/** Pages that are kept out of sight. */
const KEPT = 40;
/** A place that is passed by faster than this is not asked for, in ms. */
const SETTLED_MS = 60;

/** The pages in view. */
export type RowPages = {
  readonly rowAt: (row: number) => PlacedRow | undefined;
  readonly cellAt: (row: number, column: number) => RowCell | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  /** Rows that are known to be there, before they are counted: the end of the last page that was read. */
  readonly seen: number;
  /** True where a page in view is known to be the last one. */
  readonly isWhole: boolean;
};

/** What is looked at. */
export type RowPagesOptions = {
  readonly artifactId: ArtifactId;
  readonly query: RowQuery;
  /** The features shown, in their order. */
  readonly names: readonly string[];
  /** Those of them that stay in view. */
  readonly pinned: number;
};

/** Asks for the pages in view, forgets those that are long out of it. */
export function useRowPages(options: RowPagesOptions, rows: IndexRange, columns: IndexRange): RowPages {
  const { artifactId, query, names, pinned } = options;
  const trpc = useTRPC();
  const client = useQueryClient();
  const settled = useSettled(rows, columns);
  const pages = indexesOf(settled.rows, PAGE);
  const blocks = [...new Set([...indexesOf({ start: 0, end: pinned }, BLOCK), ...indexesOf(settled.columns, BLOCK)])];
  const wanted = pages.flatMap((page) => blocks.map((block) => ({ page, block })));
  const results = useQueries({
    queries: wanted.map(({ page, block }) =>
      trpc.rows.page.queryOptions(
        {
          artifactId,
          query,
          offset: page * PAGE,
          limit: PAGE,
          columns: names.slice(block * BLOCK, (block + 1) * BLOCK),
        },
        // An artifact never changes.
        { staleTime: Infinity, trpc: { abortOnUnmount: true } },
      ),
    ),
  });
  useEffect(() => {
    forget(client, trpc.rows.page.pathKey());
  });
  const found = new Map<string, readonly PlacedRow[]>();
  for (const [index, { page, block }] of wanted.entries()) {
    const rowsOfPage = results[index]?.data?.rows;
    if (rowsOfPage !== undefined) found.set(`${page}:${block}`, rowsOfPage);
  }
  const failed = results.find(({ error }) => error !== null);
  const ends = wanted.flatMap(({ page }, index) => {
    const data = results[index]?.data;
    return data === undefined ? [] : [{ end: page * PAGE + data.rows.length, isLast: data.isLast }];
  });
  const rowOf = (row: number, block: number) => found.get(`${Math.floor(row / PAGE)}:${block}`)?.[row % PAGE];
  return {
    rowAt: (row) => rowOf(row, blocks[0] ?? 0) ?? rowOf(row, blocks.at(-1) ?? 0),
    cellAt: (row, column) => rowOf(row, Math.floor(column / BLOCK))?.cells[column % BLOCK],
    error: failed?.error,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch();
    },
    seen: Math.max(0, ...ends.map(({ end }) => end)),
    isWhole: ends.some(({ isLast }) => isLast),
  };
}

/** What is in view once it rests there; the first view counts at once. */
function useSettled(rows: IndexRange, columns: IndexRange) {
  const [settled, setSettled] = useState({ rows, columns });
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled({ rows: { start: rows.start, end: rows.end }, columns: { start: columns.start, end: columns.end } });
    }, SETTLED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [rows.start, rows.end, columns.start, columns.end]);
  return settled;
}

function forget(client: ReturnType<typeof useQueryClient>, key: readonly unknown[]): void {
  const unused = client.getQueryCache().findAll({ queryKey: key, type: 'inactive' });
  if (unused.length <= KEPT) return;
  const oldestFirst = unused.toSorted((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt);
  for (const query of oldestFirst.slice(0, unused.length - KEPT)) client.getQueryCache().remove(query);
}

/** The groups of `size` that a range touches. */
function indexesOf({ start, end }: IndexRange, size: number): readonly number[] {
  if (end <= start) return [];
  const first = Math.floor(start / size);
  const last = Math.floor((end - 1) / size);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
