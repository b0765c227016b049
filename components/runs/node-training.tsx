'use client';

import { useMutation } from '@tanstack/react-query';
import { Flag } from 'lucide-react';

import { COMPONENTS, type Catalog } from '../../lib/catalog/index';
import { zRunId } from '../../lib/ids';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { LossChart } from '../charts/loss-chart';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button } from '../ui/button';

const CATALOG: Catalog = COMPONENTS;

/** The curve of a node that learns, growing while it runs, and the way to end it with the best so far. */
export function NodeTraining({ node, run }: { readonly node: NodeSnapshot; readonly run: RunSnapshot }) {
  const trpc = useTRPC();
  const finish = useMutation(trpc.runs.finishNode.mutationOptions());
  const canFinish = node.state === 'running' && CATALOG[node.component]?.finishesEarly === true;
  const points = (node.points ?? []).map(({ step, epoch, values }) => ({
    step,
    // What was measured on the eval rows was measured after an epoch.
    epoch: values['evalLoss'] === undefined ? undefined : epoch,
    loss: values['loss'],
    evalLoss: values['evalLoss'],
  }));
  if (points.length === 0 && !canFinish) return null;
  return (
    <div className="mt-3">
      {points.length > 0 && <LossChart points={points} height={120} />}
      {node.state === 'running' && node.progressMessage !== undefined && (
        <p className="text-12 text-text-2">{node.progressMessage}</p>
      )}
      {canFinish && (
        <Button
          busy={finish.isPending || node.finishRequestedAt !== undefined}
          onClick={() => {
            finish.mutate({ runId: zRunId.parse(run.runId), node: node.node });
          }}
        >
          <Flag size={14} aria-hidden="true" />
          Stop and keep the best
        </Button>
      )}
      {finish.error !== null && <ErrorPanel error={toShownError(finish.error)} />}
    </div>
  );
}
