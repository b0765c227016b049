'use client';

import type { ReactNode } from 'react';

import { MODEL_INFO_FILE, zModelInfo, type ModelInfo } from '../../../lib/artifact/model-info';
import { formatBytes, formatCount, formatQuantity, formatValue } from '../../../lib/format/number';
import { deepWidthOf, wideDepthOf } from '../../../lib/model/model-inputs';
import { ErrorPanel } from '../../shell/error-panel';
import { useAddress } from '../../shell/use-address';
import { toShownError } from '../../trpc/shown-error';
import { TryIt } from '../../try-it/index';
import { Digest } from '../../ui/digest';
import { SkeletonRows } from '../../ui/skeleton';
import { Tabs } from '../../ui/tabs';
import type { DataViewProps } from '../views';
import { useArtifactText } from './use-artifact-text';

/** A model: what it says of itself, and the model itself, to be tried. */
export function ModelView({ artifact }: DataViewProps) {
  const { params, replace } = useAddress();
  return (
    <Tabs
      label="Views of the model"
      value={params.get('tab') === 'try' ? 'try' : 'about'}
      onChange={(tab) => {
        replace({ tab: tab === 'about' ? undefined : tab });
      }}
      items={[
        { id: 'about', label: 'About', content: () => <AboutModel artifact={artifact} /> },
        { id: 'try', label: 'Try it', content: () => <TryIt artifactId={artifact.id} /> },
      ]}
    />
  );
}

/** What a model says of itself: what it predicts, from which features, and how it was trained. */
function AboutModel({ artifact }: Pick<DataViewProps, 'artifact'>) {
  const query = useArtifactText(artifact.id, MODEL_INFO_FILE);
  if (query.error !== null)
    return (
      <div className="p-5">
        <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
      </div>
    );
  if (query.data === undefined) return <SkeletonRows rows={8} label="Loading the model" />;
  const info = zModelInfo.parse(JSON.parse(query.data));
  const { training, label } = info;
  return (
    <div className="px-4 pb-6 tablet:px-5" role="region" aria-label="Model">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 py-4 text-12">
        <Fact label="Predicts">
          <bdi>{label.feature}</bdi> ({info.task})
        </Fact>
        {label.classes !== undefined && (
          <Fact label="Classes">
            <bdi>{label.classes.slice(0, 20).join(', ')}</bdi>
            {label.classes.length > 20 && ` and ${formatCount(label.classes.length - 20)} more`}
          </Fact>
        )}
        <Fact label="Template">
          {info.template}, {formatQuantity(training.parameters, 'weight')}
        </Fact>
        {info.deep.length > 0 && (
          <Fact label={`Numbers (${formatQuantity(deepWidthOf(info), 'input')})`}>
            <bdi>{info.deep.map(({ feature }) => feature).join(', ')}</bdi>
          </Fact>
        )}
        {info.wide.length > 0 && (
          <Fact label={`Wide (${formatQuantity(wideDepthOf(info), 'value')})`}>
            <bdi>{info.wide.map(({ feature, depth }) => `${feature} ${formatCount(depth)}`).join(', ')}</bdi>
          </Fact>
        )}
        {info.exampleWeight !== undefined && (
          <Fact label="Weighed by">
            <bdi>{info.exampleWeight}</bdi>
          </Fact>
        )}
        <Fact label="Trained on">
          {formatQuantity(training.rows, 'row')}, watched on {formatQuantity(training.evalRows, 'row')}
        </Fact>
        <Fact label="Training">{trainingWords(training)}</Fact>
        <Fact label="Loss">
          {formatValue(training.loss)}
          {training.evalLoss !== undefined && `, on the eval rows ${formatValue(training.evalLoss)}`}
        </Fact>
        <Fact label="Size">{formatBytes(artifact.sizeBytes)}</Fact>
        <Fact label="Digest">
          <Digest digest={artifact.digest} />
        </Fact>
      </dl>
    </div>
  );
}

function trainingWords({ epochs, steps, bestEpoch, stopped }: ModelInfo['training']): string {
  const why = { 'early-stopping': ', stopped early', 'by-a-person': ', stopped by a person' } as const;
  return `${formatQuantity(epochs, 'epoch')}, ${formatQuantity(steps, 'step')}; epoch ${bestEpoch} was kept${stopped === undefined ? '' : why[stopped]}`;
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 wrap-anywhere text-text">{children}</dd>
    </>
  );
}
