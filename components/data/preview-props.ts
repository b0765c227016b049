import type { ArtifactRef } from '../../lib/artifact/artifact';

/** Props of every look into an artifact. */
export type PreviewProps = {
  readonly artifact: ArtifactRef;
  /** The run that it is seen from, where that run reused it: its page speaks of that run's pipeline then. */
  readonly run?: string | undefined;
};
