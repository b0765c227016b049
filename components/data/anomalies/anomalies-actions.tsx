'use client';

import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';

import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { showToast } from '../../ui/toast';
import type { DataViewProps } from '../views';

/** Runs the pipeline up to the step that found the anomalies. */
export function AnomaliesActions({ artifact }: DataViewProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ id }) => {
        router.push(`/runs/${id}?node=${encodeURIComponent(artifact.node)}`);
      },
      onError: (error) => {
        showToast(toShownError(error).message, { tone: 'failed' });
      },
    }),
  );
  return (
    <Button
      look="ink"
      busy={start.isPending}
      onClick={() => {
        start.mutate({
          pipelineId: artifact.pipeline.id,
          reuse: true,
          selection: { type: 'to', nodes: [artifact.node] },
        });
      }}
    >
      <Play size={14} aria-hidden="true" />
      {start.isPending ? 'Starting' : 'Check again'}
    </Button>
  );
}
