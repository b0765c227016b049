'use client';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { RowsPreview } from './rows-preview';
import { StatisticsPreview } from './statistics-preview';

/** What is in an artifact, as far as a look tells: the rows of Examples, the figures of statistics. */
export function ArtifactPreview({ artifact }: { readonly artifact: ArtifactRef }) {
  if (artifact.type === 'Examples') return <RowsPreview artifact={artifact} />;
  if (artifact.type === 'ExampleStatistics') return <StatisticsPreview artifact={artifact} />;
  return null;
}
