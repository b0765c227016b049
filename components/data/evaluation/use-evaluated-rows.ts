'use client';

import { useQueries } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';

import type { EvaluatedRows } from '../../../lib/evaluation/evaluated-rows';
import type { IndexRange } from '../../../lib/chart/grid-window';
import type { ArtifactId } from '../../../lib/ids';
import type { AppRouter } from '../../../server/api/root';
import { useTRPC } from '../../trpc/client';
import type { RowCell } from '../rows/cell-text';

type EvaluatedRow = inferRouterOutputs<AppRouter>['evaluations']['rows']['rows'][number];

/** The pages in view. */
export type EvaluatedPages = {
  /** Rows in all; undefined while they are counted. */
  readonly matches: number | undefined;
  readonly seen: number;
  readonly rowAt: (row: number) => EvaluatedRow | undefined;
  readonly cellAt: (row: number, column: number) => RowCell | undefined;
  readonly error: unknown;
  readonly retry: () => void;
};

/** What is looked at. */
export type EvaluatedRowsOptions = {
  readonly artifactId: ArtifactId;
  readonly rows: EvaluatedRows;
  /** Features, in their order. */
  readonly names: readonly string[];
  /** Columns of the evaluation itself, which stand before them. */
  readonly own: number;
  /** False while the features are not known. */
  readonly isReady: boolean;
};

const PAGE = 100;
const BLOCK = 40;

/** Asks for the pages and features in view. */
export function useEvaluatedRows(options: EvaluatedRowsOptions, rows: IndexRange, columns: IndexRange): EvaluatedPages {
  const { artifactId, rows: query, names, own, isReady } = options;
  const trpc = useTRPC();
  const first = Math.floor(rows.start / PAGE);
  const last = Math.floor(Math.max(rows.start, rows.end - 1) / PAGE);
  const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const from = Math.floor(Math.max(0, columns.start - own) / BLOCK);
  const to = Math.max(from, Math.floor((Math.min(names.length, Math.max(1, columns.end - own)) - 1) / BLOCK));
  const blocks = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const wanted = pages.flatMap((page) => blocks.map((block) => ({ page, block })));
  const results = useQueries({
    queries: wanted.map(({ page, block }) =>
      trpc.evaluations.rows.queryOptions(
        {
          ...{ artifactId, rows: query, offset: page * PAGE, limit: PAGE },
          columns: names.slice(block * BLOCK, (block + 1) * BLOCK),
        },
        { staleTime: Infinity, enabled: isReady, trpc: { abortOnUnmount: true } },
      ),
    ),
  });
  const found = new Map<string, readonly EvaluatedRow[]>();
  for (const [index, { page, block }] of wanted.entries()) {
    const data = results[index]?.data;
    if (data !== undefined) found.set(`${page}:${block}`, data.rows);
  }
  const at = (row: number, block: number) => found.get(`${Math.floor(row / PAGE)}:${block}`)?.[row % PAGE];
  const rowAt = (row: number) => at(row, blocks[0] ?? 0) ?? at(row, blocks.at(-1) ?? 0);
  return {
    matches: results.find(({ data }) => data !== undefined)?.data?.matches,
    seen: 0,
    rowAt,
    cellAt: (row, column) => {
      if (column >= own) return at(row, Math.floor((column - own) / BLOCK))?.cells[(column - own) % BLOCK];
      const placed = rowAt(row);
      return placed === undefined ? undefined : [placed.label, placed.candidate, placed.baseline ?? null][column];
    },
    error: results.find(({ error }) => error !== null)?.error,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch();
    },
  };
}
