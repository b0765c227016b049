'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';

import type { PipelineId } from '../../lib/ids';
import { planWords } from '../../lib/run/run-words';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SkeletonRows } from '../ui/skeleton';
import { PlanTable } from './plan-table';

/** Props of {@link RunButton}. */
export type RunButtonProps = {
  readonly pipelineId: PipelineId;
  readonly name: string;
  readonly label?: string;
  readonly look?: 'ink' | 'plain';
};

/** Runs a pipeline, after showing what that will do. */
export function RunButton({ pipelineId, name, label = 'Run', look = 'ink' }: RunButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look={look}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Play size={14} aria-hidden="true" />
        {label}
      </Button>
      {open && (
        <RunDialog
          pipelineId={pipelineId}
          name={name}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

type RunDialogProps = { readonly pipelineId: PipelineId; readonly name: string; readonly onClose: () => void };

function RunDialog({ pipelineId, name, onClose }: RunDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const fresh = useId();
  const [reuse, setReuse] = useState(true);
  const plan = useQuery(trpc.pipelines.plan.queryOptions({ pipelineId, reuse }, { staleTime: 0, gcTime: 0 }));
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ id }) => {
        router.push(`/runs/${id}`);
      },
    }),
  );
  const blocked = plan.data?.some(({ decision }) => decision === 'blocked') ?? false;
  return (
    <Dialog
      title={`Run ${name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            look="ink"
            busy={start.isPending || start.isSuccess}
            disabled={plan.data === undefined || blocked}
            onClick={() => {
              start.mutate({ pipelineId, reuse });
            }}
          >
            {start.isPending || start.isSuccess ? 'Starting' : 'Start'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {plan.data !== undefined && (
          <p className="text-text-2">
            {blocked ? 'This run cannot start: ' : 'Plan: '}
            {planWords(plan.data.map(({ decision }) => decision))}.
          </p>
        )}
        {plan.isPending && <SkeletonRows rows={2} label="Planning" />}
        {plan.error !== null && <ErrorPanel error={toShownError(plan.error)} onRetry={() => void plan.refetch()} />}
        {plan.data !== undefined && <PlanTable rows={plan.data} />}
        <label htmlFor={fresh} className="flex min-h-7 items-center gap-2">
          <input
            id={fresh}
            type="checkbox"
            checked={!reuse}
            onChange={(event) => {
              setReuse(!event.target.checked);
            }}
            className="size-4 accent-accent"
          />
          Run every node, whatever is there already
        </label>
        {start.error !== null && <ErrorPanel error={toShownError(start.error)} />}
      </div>
    </Dialog>
  );
}
