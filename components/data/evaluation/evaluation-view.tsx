'use client';

import { useQuery } from '@tanstack/react-query';

import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import type { DataViewProps } from '../views';
import { EvaluationWorkbench } from './evaluation-workbench';

/** What an Evaluator measured: the verdict, figures by slice, curves, and the rows behind every mark. */
export function EvaluationView({ artifact }: DataViewProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.evaluations.summary.queryOptions({ artifactId: artifact.id }, { staleTime: Infinity }));
  if (query.error !== null)
    return (
      <div className="p-5">
        <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
      </div>
    );
  if (query.data === undefined) return <SkeletonRows rows={12} label="Loading the evaluation" />;
  return <EvaluationWorkbench artifactId={artifact.id} summary={query.data} />;
}
