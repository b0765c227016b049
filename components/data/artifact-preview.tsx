'use client';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { RowsPreview } from './rows-preview';

/** What is in an artifact, as far as a look tells: the first rows of Examples. */
export function ArtifactPreview({ artifact }: { readonly artifact: ArtifactRef }) {
  if (artifact.type === 'Examples') return <RowsPreview artifact={artifact} />;
  return null;
}
