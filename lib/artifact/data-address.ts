import type { DataArtifact } from './data-family';

/** The address of an artifact on the data screens; parameters without a value are left out. */
export function dataAddress(artifactId: string, params: Readonly<Record<string, string | undefined>> = {}): string {
  const query = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `/data/${artifactId}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/** The run that an artifact of another pipeline is seen from; undefined where the pipeline made it itself. */
export function seenRun({ run, madeIn }: Pick<DataArtifact, 'run' | 'madeIn'>): DataArtifact['run']['id'] | undefined {
  return madeIn === undefined ? undefined : run.id;
}
