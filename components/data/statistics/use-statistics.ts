'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { StatisticsPage, StatisticsRow } from '../../../lib/artifact/statistics-table';
import { useTRPC, useTRPCClient, type ApiClient } from '../../trpc/client';
import type { ShownDataset } from './statistics-address';

/** Rows that one question asks for; several are asked at the same time. */
const ROWS_ASKED = 700;

// An artifact never changes.
const KEPT = { staleTime: Infinity, placeholderData: keepPreviousData } as const;

/** Every row of the table: the first are drawn while the others come, and those are drawn once, all together. */
export function useStatistics(datasets: readonly ShownDataset[], bins: 'equal' | 'quantiles') {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const withQuantiles = bins === 'quantiles';
  const begin = trpc.statistics.table.queryOptions({ datasets: [...datasets], withQuantiles }, KEPT);
  const first = useQuery(begin);
  const rest = useQuery({
    ...KEPT,
    queryKey: [...begin.queryKey, 'rest'],
    // Asked together with the first page: nobody waits for that to know where it ends.
    queryFn: ({ signal }) => rowsBehind({ api, datasets, withQuantiles, signal }),
  });
  const head = first.data;
  // Rows of datasets that were shown before follow none of new ones.
  const others = rest.isPlaceholderData && !first.isPlaceholderData ? undefined : rest.data;
  const rows = useMemo(() => [...(head?.rows ?? []), ...(others ?? [])], [head, others]);
  return { query: first.error === null ? { ...rest, isPending: first.isPending } : first, rows, head };
}

type Asked = {
  readonly api: ApiClient;
  readonly datasets: readonly ShownDataset[];
  readonly withQuantiles: boolean;
  readonly signal: AbortSignal;
};

/** The rows behind the first page, in their order: nearly always one answer. */
async function rowsBehind(asked: Asked): Promise<readonly StatisticsRow[]> {
  const { api, datasets, withQuantiles, signal } = asked;
  const page = await api.statistics.table.query({ datasets: [...datasets], offset: 'rest', withQuantiles }, { signal });
  return page.next === undefined ? page.rows : [...page.rows, ...(await rowsAfter(page, asked))];
}

/** The rows after a page, in their order. */
async function rowsAfter({ next, total }: StatisticsPage, asked: Asked): Promise<readonly StatisticsRow[]> {
  const from = next ?? total;
  const parts = Array.from({ length: Math.ceil((total - from) / ROWS_ASKED) }, (_, part) => {
    const begin = from + part * ROWS_ASKED;
    return rowsBetween(begin, Math.min(total, begin + ROWS_ASKED), asked);
  });
  return (await Promise.all(parts)).flat();
}

/** A page may end before its limit: where its rows are long, more than one question is asked. */
async function rowsBetween(from: number, end: number, asked: Asked): Promise<StatisticsRow[]> {
  const { api, datasets, withQuantiles, signal } = asked;
  const rows: StatisticsRow[] = [];
  while (from + rows.length < end) {
    const offset = from + rows.length;
    const page = await api.statistics.table.query(
      { datasets: [...datasets], offset, limit: end - offset, withQuantiles },
      { signal },
    );
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  }
  return rows;
}
