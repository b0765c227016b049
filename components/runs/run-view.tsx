'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';

import type { RunId } from '../../lib/ids';
import type { AppRouter } from '../../server/api/root';
import { PipelineGraph } from '../pipelines';
import { ConnectionLine } from '../shell/connection-line';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { useAddress } from '../shell/use-address';
import { useTitle } from '../shell/use-title';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { SkeletonRows } from '../ui/skeleton';
import { toGraphNodes } from './graph-nodes';
import { NodePanel } from './node-panel';
import { RunActions } from './run-actions';
import { RunFacts } from './run-facts';
import { RunRecord } from './run-record';
import { RunTimeline } from './run-timeline';
import { useLiveRun } from './use-live-run';

/** Asked again now and then, so that a retry that somebody else asked for shows. */
const REFRESH_MS = 5_000;

type Loaded = inferRouterOutputs<AppRouter>['runs']['get'];

/** One run, live. */
export function RunView({ runId }: { readonly runId: RunId }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.runs.get.queryOptions({ runId }, { refetchInterval: REFRESH_MS, staleTime: 0 }));
  if (query.data !== undefined) return <LiveRun key={runId} loaded={query.data} />;
  return (
    <>
      <PageHead crumbs={[{ label: 'Runs', href: '/runs' }, { label: 'Run' }]} />
      {query.error === null ? (
        <SkeletonRows rows={8} label="Loading the run" />
      ) : (
        <div className="p-5">
          <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
    </>
  );
}

function LiveRun({ loaded }: { readonly loaded: Loaded }) {
  const { run, events, lostAt } = useLiveRun(loaded);
  const [selected, select] = useSelectedNode();
  useTitle(`Run ${run.runNumber} of ${run.pipeline}`);
  const { document, pipelineId } = loaded;
  const node = selected === undefined ? undefined : run.nodes[selected];
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Runs', href: '/runs' },
          { label: run.pipeline, href: `/pipelines/${pipelineId}` },
          { label: `Run ${run.runNumber}` },
        ]}
      >
        <RunActions run={run} pipelineId={pipelineId} />
      </PageHead>
      {lostAt !== undefined && <ConnectionLine lostAt={lostAt} consequence="The run goes on." />}
      <div className="min-h-0 flex-1 overflow-auto desktop:flex desktop:flex-col desktop:overflow-hidden">
        <RunFacts run={run} startedBy={loaded.startedBy} />
        <div className="flex max-h-[38vh] flex-none border-b *:flex-1">
          <PipelineGraph
            label={`Graph of run ${run.runNumber}`}
            nodes={toGraphNodes(run, document)}
            selected={node?.node}
            onSelect={(id) => {
              select(id === selected ? undefined : id);
            }}
          />
        </div>
        <div className="min-h-0 flex-1 desktop:grid desktop:grid-cols-[minmax(0,1fr)_384px]">
          {node !== undefined && (
            <NodePanel
              key={node.node}
              node={node}
              run={run}
              document={document}
              onClose={() => {
                select(undefined);
              }}
            />
          )}
          <div
            className={`min-h-0 min-w-0 desktop:order-first desktop:overflow-auto ${node === undefined ? 'desktop:col-span-2' : ''}`}
          >
            <RunTimeline run={run} selected={node?.node} onSelect={select} />
            <RunRecord run={run} document={document} events={events} selected={node?.node} />
          </div>
        </div>
      </div>
    </>
  );
}

/** The chosen node stands in the address, so that it can be sent to a colleague. */
function useSelectedNode() {
  const { params, replace } = useAddress();
  const select = (node: string | undefined) => {
    replace({ node });
  };
  return [params.get('node') ?? undefined, select] as const;
}
