'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import type { NodeId } from '../../../lib/pipeline/pipeline';
import { useTRPC } from '../../trpc/client';
import { useEditedPipelineId, useOverlay } from './editor-context';

/** What the node made last. Asked anew when the newest run moves on. */
export function useLatest(node: NodeId) {
  const trpc = useTRPC();
  const pipelineId = useEditedPipelineId();
  const state = useOverlay(({ run }) =>
    run === undefined || !Object.hasOwn(run.nodes, node) ? '' : `${run.runId} ${run.nodes[node]?.state ?? ''}`,
  );
  const query = useQuery(trpc.editing.latest.queryOptions({ pipelineId, node }));
  const { refetch } = query;
  useEffect(() => {
    if (state.endsWith('complete') || state.endsWith('cached')) void refetch();
  }, [state, refetch]);
  return query.data ?? undefined;
}
