'use client';

import type { ArtifactId } from '../../lib/ids';
import { ErrorPanel } from '../shell/error-panel';
import { SkeletonRows } from '../ui/skeleton';
import { modelError } from './model-error';
import { TryForm } from './try-form';
import { useModel } from './use-model';

/** Props of {@link TryIt}. */
export type TryItProps = {
  /** The `Model` artifact. */
  readonly artifactId: ArtifactId;
  /** How the command line calls the version: `taxi@3`; absent where it was not registered. */
  readonly versionName?: string | undefined;
};

/** A model that answers here: a form of what it reads, and what it predicts of that, in this browser alone. */
export function TryIt({ artifactId, versionName }: TryItProps) {
  const { state, retry } = useModel(artifactId);
  if (state.status === 'failed')
    return (
      <div className="p-5">
        <ErrorPanel error={modelError(state.error)} onRetry={retry} />
      </div>
    );
  if (state.status === 'opening') return <SkeletonRows rows={8} label="Loading the model into this browser" />;
  return (
    <TryForm
      key={artifactId}
      artifactId={artifactId}
      model={state.model}
      worker={state.worker}
      versionName={versionName}
    />
  );
}
