'use client';

import Link from 'next/link';

import type { ComponentSpec } from '../../../lib/catalog/component-spec';
import { formatBytes, formatCount } from '../../../lib/format/number';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import { ArtifactMark } from '../../ui/artifact-mark';
import { Digest } from '../../ui/digest';
import { useLatest } from './use-latest';

/** Props of {@link OutputsTab}. */
export type OutputsTabProps = { readonly node: NodeId; readonly spec: ComponentSpec | undefined };

/** What the node makes, and what it made last. */
export function OutputsTab({ node, spec }: OutputsTabProps) {
  const latest = useLatest(node);
  const ports = Object.entries(spec?.outputs ?? {});
  return (
    <div className="py-1">
      {latest !== undefined && (
        <p className="px-4 py-1 text-12 text-text-2">
          Made in{' '}
          <Link href={`/runs/${latest.runId}`} className="text-accent underline">
            run {latest.runNumber}
          </Link>
          {latest.damage !== undefined && (
            <span className="text-st-failed">
              {latest.damage.what === 'missing' ? ', its files are gone' : ', its files were changed'}
            </span>
          )}
        </p>
      )}
      <ul>
        {ports.map(([port, output]) => (
          <li key={port} className="border-b px-4 py-2 last:border-b-0">
            <div className="flex items-center gap-1.5 text-12">
              <ArtifactMark type={output.type} />
              <span title={port} className="min-w-0 truncate font-medium">
                {port}
              </span>
              <span className="ml-auto flex-none text-11 text-text-3">{output.type}</span>
            </div>
            <p className="text-11 text-text-3">{output.summary}</p>
            {latest?.outputs
              .filter((made) => made.port === port)
              .map(({ artifact }) => ({ artifact, facts: factsOf(artifact.properties) }))
              .map(({ artifact, facts }) => (
                <div key={artifact.id} className="flex flex-wrap items-baseline gap-x-2 pt-1 text-12">
                  <Link
                    href={`/data/${artifact.id}`}
                    aria-label={`Open ${port} of ${node}${facts === undefined ? '' : `: ${facts}`}`}
                    className="text-accent hover:underline"
                  >
                    {facts ?? 'Open'}
                  </Link>
                  <span className="text-text-3">{formatBytes(artifact.sizeBytes)}</span>
                  <Digest digest={artifact.digest} />
                </div>
              ))}
          </li>
        ))}
      </ul>
      {latest === undefined && ports.length > 0 && (
        <p className="px-4 py-2 text-12 text-text-3">Nothing made yet. Run the pipeline to see it here.</p>
      )}
    </div>
  );
}

/** Rows and columns, or features, as far as an artifact tells. */
function factsOf(properties: { readonly [name: string]: unknown }): string | undefined {
  const number = (name: string) => {
    const value = properties[name];
    return typeof value === 'number' ? value : undefined;
  };
  const rows = number('rowCount');
  const features = number('featureCount');
  const anomalies = number('anomalyCount');
  if (rows !== undefined && features !== undefined)
    return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'} × ${formatCount(features)} ${features === 1 ? 'column' : 'columns'}`;
  if (anomalies !== undefined) return `${formatCount(anomalies)} ${anomalies === 1 ? 'anomaly' : 'anomalies'}`;
  return features === undefined ? undefined : `${formatCount(features)} ${features === 1 ? 'feature' : 'features'}`;
}
