'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, RotateCcw, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';

import { zRunId, type PipelineId } from '../../lib/ids';
import { isFinalRunState } from '../../lib/run/run';
import type { Selection } from '../../lib/pipeline/selection';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { RunButton } from '../pipelines';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button, buttonLook } from '../ui/button';
import { Dialog } from '../ui/dialog';

/** Props of {@link RunActions}. */
export type RunActionsProps = {
  readonly run: RunSnapshot;
  readonly pipelineId: PipelineId;
  /** The part of the pipeline that was asked for: running again offers the same. */
  readonly selection: Selection;
};

/** What can be done with a run: cancel while it goes on; afterwards retry what failed, or run again. */
export function RunActions({ run, pipelineId, selection }: RunActionsProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const runId = zRunId.parse(run.runId);
  const [asks, setAsks] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.runs.get.queryKey({ runId }) });
  const cancel = useMutation(trpc.runs.cancel.mutationOptions({ onSuccess: refresh }));
  const retry = useMutation(trpc.runs.retry.mutationOptions({ onSuccess: refresh }));
  const error = cancel.error ?? retry.error;
  const isOver = isFinalRunState(run.state);
  const isCanceling = cancel.isPending || run.cancelRequestedAt !== undefined;
  return (
    <>
      <Link href={`/pipelines/${pipelineId}`} className={`${buttonLook()} max-tablet:hidden`}>
        <Workflow size={14} aria-hidden="true" />
        Open in editor
      </Link>
      {!isOver && (
        <Button
          look="danger"
          busy={isCanceling}
          onClick={() => {
            setAsks(true);
          }}
        >
          <Ban size={14} aria-hidden="true" />
          {isCanceling ? 'Canceling' : 'Cancel'}
        </Button>
      )}
      {(run.state === 'failed' || run.state === 'canceled') && (
        <Button
          busy={retry.isPending}
          onClick={() => {
            retry.mutate({ runId });
          }}
        >
          <RotateCcw size={14} aria-hidden="true" />
          {run.state === 'failed' ? 'Retry from failure' : 'Go on'}
        </Button>
      )}
      {isOver && <RunButton pipelineId={pipelineId} name={run.pipeline} label="Run again" selection={selection} />}
      {asks && (
        <Dialog
          title={`Cancel run ${run.runNumber}`}
          onClose={() => {
            setAsks(false);
          }}
          actions={
            <>
              <Button
                onClick={() => {
                  setAsks(false);
                }}
              >
                Let it run
              </Button>
              <Button
                look="danger"
                onClick={() => {
                  setAsks(false);
                  cancel.mutate({ runId });
                }}
              >
                Cancel the run
              </Button>
            </>
          }
        >
          <p className="text-text-2">
            Ends what is running within 5 s and starts nothing more. What is complete is kept; the run can go on later.
          </p>
        </Dialog>
      )}
      {error !== null && (
        <Dialog
          title="That did not work"
          onClose={() => {
            cancel.reset();
            retry.reset();
          }}
          actions={
            <Button
              onClick={() => {
                cancel.reset();
                retry.reset();
              }}
            >
              Close
            </Button>
          }
        >
          <ErrorPanel error={toShownError(error)} />
        </Dialog>
      )}
    </>
  );
}
