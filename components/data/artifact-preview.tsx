'use client';

import { AnomaliesPreview } from './anomalies/anomalies-preview';
import type { PreviewProps } from './preview-props';
import { RowsPreview } from './rows-preview';
import { SchemaPreview } from './schema/schema-preview';
import { StatisticsPreview } from './statistics-preview';

/** What is in an artifact, as far as a look tells: rows, figures, features, anomalies. */
export function ArtifactPreview({ artifact, run }: PreviewProps) {
  if (artifact.type === 'Examples') return <RowsPreview artifact={artifact} />;
  if (artifact.type === 'ExampleStatistics') return <StatisticsPreview artifact={artifact} />;
  if (artifact.type === 'Schema') return <SchemaPreview artifact={artifact} run={run} />;
  if (artifact.type === 'ExampleAnomalies') return <AnomaliesPreview artifact={artifact} run={run} />;
  return null;
}
