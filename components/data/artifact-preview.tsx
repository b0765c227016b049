'use client';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { AnomaliesPreview } from './anomalies/anomalies-preview';
import { RowsPreview } from './rows-preview';
import { SchemaPreview } from './schema/schema-preview';
import { StatisticsPreview } from './statistics-preview';

/** What is in an artifact, as far as a look tells: rows, figures, features, anomalies. */
export function ArtifactPreview({ artifact }: { readonly artifact: ArtifactRef }) {
  if (artifact.type === 'Examples') return <RowsPreview artifact={artifact} />;
  if (artifact.type === 'ExampleStatistics') return <StatisticsPreview artifact={artifact} />;
  if (artifact.type === 'Schema') return <SchemaPreview artifact={artifact} />;
  if (artifact.type === 'ExampleAnomalies') return <AnomaliesPreview artifact={artifact} />;
  return null;
}
