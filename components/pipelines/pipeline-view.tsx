'use client';

import { useQuery } from '@tanstack/react-query';

import { formatQuantity } from '../../lib/format/number';
import type { PipelineId } from '../../lib/ids';
import { inputSources, type Pipeline } from '../../lib/pipeline/pipeline';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { useTitle } from '../shell/use-title';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { SkeletonRows } from '../ui/skeleton';
import { PipelineGraph, type GraphNode } from './pipeline-graph';
import { RunButton } from './run-button';

/** Props of {@link PipelineView}. */
export type PipelineViewProps = {
  readonly pipelineId: PipelineId;
  /** Its runs, which another feature draws. */
  readonly runs: React.ReactNode;
};

/** One pipeline, to look at: its graph, its document and its runs. */
export function PipelineView({ pipelineId, runs }: PipelineViewProps) {
  const trpc = useTRPC();
  const pipeline = useQuery(trpc.pipelines.get.queryOptions({ pipelineId }));
  const name = pipeline.data?.name ?? 'Pipeline';
  useTitle(pipeline.data?.name);
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Pipelines', href: '/pipelines' }, { label: name }]}
        note={pipeline.data === undefined ? undefined : `version ${pipeline.data.version}`}
      >
        {pipeline.data !== undefined && <RunButton pipelineId={pipelineId} name={name} />}
      </PageHead>
      <div className="flex min-h-0 flex-1 flex-col overflow-auto">
        {pipeline.isPending && <SkeletonRows rows={6} label="Loading the pipeline" />}
        {pipeline.error !== null && pipeline.data === undefined && (
          <div className="p-5">
            <ErrorPanel error={toShownError(pipeline.error)} onRetry={() => void pipeline.refetch()} />
          </div>
        )}
        {pipeline.data !== undefined && (
          <>
            <div className="flex-none border-b">
              <PipelineGraph label={`Graph of ${name}`} nodes={toGraph(pipeline.data.document)} />
            </div>
            <div className="grid flex-1 desktop:grid-cols-[minmax(0,1fr)_minmax(0,420px)]">
              <section aria-label="Runs" className="min-w-0">
                {runs}
              </section>
              <Document document={pipeline.data.document} baseFolder={pipeline.data.baseFolder} />
            </div>
          </>
        )}
      </div>
    </>
  );
}

function toGraph(document: Pipeline): readonly GraphNode[] {
  return Object.entries(document.nodes).map(([id, node]) => ({
    id,
    headline: node.component,
    upstream: Object.keys(node.inputs ?? {}).flatMap((port) => inputSources(node, port).map((source) => source.node)),
  }));
}

function Document({ document, baseFolder }: { readonly document: Pipeline; readonly baseFolder: string }) {
  return (
    <section aria-label="Document" className="min-w-0 border-t px-5 py-3 desktop:border-t-0 desktop:border-l">
      <h2 className="flex items-baseline gap-2 font-semibold">
        Document
        <span className="text-11 font-normal text-text-3">
          {formatQuantity(Object.keys(document.nodes).length, 'node')}
        </span>
      </h2>
      {document.description !== undefined && <p className="mt-1 text-12 text-text-2">{document.description}</p>}
      <p className="mt-1 text-12 break-all text-text-3">Paths start in {baseFolder}</p>
      <pre
        // A long document scrolls, which the keyboard must be able to do too.
        tabIndex={0}
        className="mt-2 max-h-[480px] overflow-auto rounded-control bg-sunken p-3 font-mono text-12"
      >
        {JSON.stringify(document, undefined, 2)}
      </pre>
    </section>
  );
}
