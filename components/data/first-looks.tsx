'use client';

import { artifactHeadline } from '../../lib/run/run-words';
import type { DataViewProps } from './views';

/** What an artifact says of itself. */
export function LookAtSummary({ artifact }: DataViewProps) {
  return <p className="px-4 py-3 tablet:px-5">{artifactHeadline(artifact) ?? artifact.type}</p>;
}
