'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';

import { formatDuration } from '../../lib/format/time';
import type { PipelineId } from '../../lib/ids';
import type { Selection } from '../../lib/pipeline/selection';
import { expectedRunMs } from '../../lib/run/expectation';
import { planWords } from '../../lib/run/run-words';
import type { AppRouter } from '../../server/api/root';
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
  /** The part that is offered first. Default: every node. */
  readonly selection?: Selection;
};

const EVERYTHING: Selection = { type: 'all' };

/** Runs a pipeline, after showing what that will do. */
export function RunButton({ pipelineId, name, label = 'Run', look = 'ink', selection = EVERYTHING }: RunButtonProps) {
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
          selection={selection}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** Props of {@link RunDialog}. */
export type RunDialogProps = {
  readonly pipelineId: PipelineId;
  readonly name: string;
  readonly selection: Selection;
  readonly onClose: () => void;
};

/** Shows what a run would do, and starts it. */
export function RunDialog({ pipelineId, name, selection: part, onClose }: RunDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const fresh = useId();
  const whole = useId();
  const [all, setAll] = useState(false);
  const selection = all ? EVERYTHING : part;
  const [reuse, setReuse] = useState(true);
  const plan = useQuery(
    trpc.pipelines.plan.queryOptions({ pipelineId, reuse, selection }, { staleTime: 0, gcTime: 0 }),
  );
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: trpc.runs.latest.queryKey({ pipelineId }) });
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
              start.mutate({ pipelineId, reuse, selection });
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
            {planWords(plan.data.map(({ decision }) => decision))}
            {expectation(plan.data)}.
          </p>
        )}
        {plan.isPending && <SkeletonRows rows={2} label="Planning" />}
        {plan.error !== null && <ErrorPanel error={toShownError(plan.error)} onRetry={() => void plan.refetch()} />}
        {plan.data !== undefined && <PlanTable rows={plan.data} />}
        {part.type !== 'all' && (
          <label htmlFor={whole} className="flex min-h-7 items-center gap-2">
            <input
              id={whole}
              type="checkbox"
              checked={all}
              onChange={(event) => {
                setAll(event.target.checked);
              }}
              className="size-4 accent-accent"
            />
            The whole pipeline, not only {SELECTED[part.type]} {part.nodes.join(', ')}
          </label>
        )}
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

const SELECTED = { to: 'up to', from: 'from', only: '' } as const;

type PlannedNodes = inferRouterOutputs<AppRouter>['pipelines']['plan'];

/** What the plan takes, where earlier runs tell of each of its nodes. */
function expectation(nodes: PlannedNodes): string {
  const expectedMs = expectedRunMs(Object.fromEntries(nodes.map(({ node, ...planned }) => [node, planned])));
  return expectedMs === undefined ? '' : `, expected to take ${formatDuration(expectedMs)}`;
}
