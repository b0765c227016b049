'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

import { useTRPC } from '../../trpc/client';
import type { ShownDataset } from './statistics-address';

/** Every row of the table, page after page: the first is drawn while the others come. */
export function useStatistics(datasets: readonly ShownDataset[]) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.statistics.table.infiniteQueryOptions(
      { datasets: [...datasets] },
      {
        getNextPageParam: (page) => page.next,
        // An artifact never changes.
        staleTime: Infinity,
        placeholderData: keepPreviousData,
      },
    ),
  );
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  return { query, rows, head: pages?.[0] };
}
