'use client';

import { useMemo } from 'react';

import { MODEL_RUN_FILE, zModelRunLine } from '../../../lib/artifact/model-run';
import type { LossPoint } from '../../charts/loss-lines';
import { formatQuantity, formatValue } from '../../../lib/format/number';
import { LossChart } from '../../charts/loss-chart';
import { ErrorPanel } from '../../shell/error-panel';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import type { DataViewProps } from '../views';
import { useArtifactText } from './use-artifact-text';

/** How the loss went: the curves, and the figures of each epoch. */
export function ModelRunView({ artifact }: DataViewProps) {
  const query = useArtifactText(artifact.id, MODEL_RUN_FILE);
  const lines = useMemo(
    () =>
      (query.data ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => zModelRunLine.parse(JSON.parse(line))),
    [query.data],
  );
  const points = useMemo(
    () =>
      lines.map((line): LossPoint =>
        line.kind === 'step'
          ? { step: line.step, loss: toNumber(line.loss) }
          : {
              step: line.step,
              epoch: line.epoch,
              epochLoss: toNumber(line.loss),
              evalLoss: toNumber(line.evalLoss),
            },
      ),
    [lines],
  );
  if (query.error !== null)
    return (
      <div className="p-5">
        <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
      </div>
    );
  if (query.data === undefined) return <SkeletonRows rows={8} label="Loading the training run" />;
  const epochs = lines.filter((line) => line.kind === 'epoch');
  const { bestEpoch } = artifact.properties;
  return (
    <div
      className="min-h-0 flex-1 overflow-auto px-4 pb-6 tablet:px-5"
      role="region"
      aria-label="Training run"
      tabIndex={0}
    >
      <p className="py-3 text-12 text-text-2">
        {formatQuantity(epochs.length, 'epoch')}, {formatQuantity(points.length - epochs.length, 'step')}. The weights
        of epoch {Number(bestEpoch)} were kept.
      </p>
      <h2 className="pb-1 text-13 font-semibold">Loss</h2>
      <LossChart points={points} />
      <table className="mt-4 w-full max-w-160 text-12">
        <thead>
          <tr className="h-7 border-b border-border text-left text-11 text-text-3">
            {['Epoch', 'Loss', 'Eval loss', 'Right', 'Right on eval rows'].map((head) => (
              <th key={head} scope="col" className="pr-4 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {epochs.map((line) => (
            <tr key={line.epoch} className="h-7 border-b border-border">
              <td className="pr-4">{line.epoch === bestEpoch ? `${line.epoch} (kept)` : line.epoch}</td>
              <td className="pr-4 font-mono">{show(line.loss)}</td>
              <td className="pr-4 font-mono">{show(line.evalLoss)}</td>
              <td className="pr-4 font-mono">{show(line.accuracy)}</td>
              <td className="pr-4 font-mono">{show(line.evalAccuracy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toNumber(figure: number | 'NaN' | undefined): number | undefined {
  return figure === 'NaN' ? undefined : figure;
}

function show(figure: number | 'NaN' | undefined): string {
  return figure === undefined ? '–' : figure === 'NaN' ? 'NaN' : formatValue(figure);
}
