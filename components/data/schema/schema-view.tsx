'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { parseSchemaText } from '../../../lib/artifact/data-schema';
import { zNodeId } from '../../../lib/pipeline/pipeline';
import type { SchemaOrigin } from '../../../lib/artifact/schema-version';
import { ErrorPanel } from '../../shell/error-panel';
import { useAddress } from '../../shell/use-address';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import type { DataViewProps } from '../views';
import { SchemaWorkbench } from './schema-workbench';

/** The schema of an artifact, or a version of it that people curate: a table to read and to edit. */
export function SchemaView({ artifact }: DataViewProps) {
  const trpc = useTRPC();
  const { params } = useAddress();
  const wanted = Number(params.get('version') ?? Number.NaN);
  const number = Number.isSafeInteger(wanted) && wanted > 0 ? wanted : undefined;
  // An artifact never changes, nor does a version.
  const own = useQuery(trpc.schemas.ofArtifact.queryOptions({ artifactId: artifact.id }, { staleTime: Infinity }));
  // The versions are those of the pipeline that the artifact is seen from, which need not be the one that made it.
  const node = { pipelineId: artifact.pipeline.id, nodeId: zNodeId.parse(artifact.node) };
  const history = useQuery(trpc.schemas.history.queryOptions(node));
  const version = useQuery(
    trpc.schemas.text.queryOptions(
      { ...node, number: number ?? 1 },
      { staleTime: Infinity, enabled: number !== undefined },
    ),
  );
  const text = number === undefined ? own.data?.text : version.data?.text;
  const read = useMemo(() => (text === undefined ? undefined : readSchema(text)), [text]);
  const failed = [own, history, version].find(({ error }) => error !== null);
  if (failed !== undefined)
    return (
      <div className="p-5">
        <ErrorPanel error={toShownError(failed.error)} onRetry={() => void failed.refetch()} />
      </div>
    );
  if (text === undefined || read === undefined || history.data === undefined)
    return <SkeletonRows rows={12} label="Loading the schema" />;
  if ('problem' in read) return <Unreadable message={read.problem} />;
  const origin: SchemaOrigin =
    number === undefined ? { type: 'artifact', artifactId: artifact.id } : { type: 'version', number };
  return (
    <SchemaWorkbench
      key={`${artifact.id} ${number ?? ''}`}
      node={node}
      history={history.data}
      origin={origin}
      text={text}
      base={read.schema}
      runNumber={artifact.run.number}
    />
  );
}

function readSchema(text: string) {
  try {
    return { schema: parseSchemaText(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function Unreadable({ message }: { readonly message: string }) {
  return (
    <div className="p-5">
      <ErrorPanel error={{ message, nextStep: 'Run the pipeline again: what is damaged is made anew.' }} />
    </div>
  );
}
