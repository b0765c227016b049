'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { inferRouterOutputs } from '@trpc/server';

import type { RunId } from '../../lib/ids';
import { criticalPath } from '../../lib/run/critical-path';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { isFinalRunState } from '../../lib/run/run';
import { runTimes } from '../../lib/run/run-times';
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
import { useRunTail, useTailState } from './use-live-run';

/** Asked again now and then, so that a retry that somebody else asked for shows. */
const REFRESH_MS = 5_000;

type Loaded = inferRouterOutputs<AppRouter>['runs']['get'];

/** One run, live. */
export function RunView({ runId }: { readonly runId: RunId }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.runs.get.queryOptions({ runId }, { refetchInterval: REFRESH_MS, staleTime: 0 }));
  if (query.data !== undefined) return <LiveRun key={runId} runId={runId} loaded={query.data} />;
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

function LiveRun({ runId, loaded }: { readonly runId: RunId; readonly loaded: Loaded }) {
  const tail = useRunTail(loaded);
  const { run, events, lostAt } = useTailState(tail) ?? { run: loaded.run, events: loaded.recent, lostAt: undefined };
  const loadEarlier = useCallback(() => tail?.loadEarlier() ?? Promise.resolve(), [tail]);
  const trpc = useTRPC();
  const before = useQuery(trpc.runs.previous.queryOptions({ runId }, { staleTime: Infinity }));
  const critical = useCriticalWires(run);
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
        <RunActions run={run} pipelineId={pipelineId} selection={loaded.selection} />
      </PageHead>
      {lostAt !== undefined && <ConnectionLine lostAt={lostAt} consequence="The run goes on." />}
      <div className="min-h-0 flex-1 overflow-auto desktop:flex desktop:flex-col desktop:overflow-hidden">
        <RunFacts run={run} startedBy={loaded.startedBy} />
        <div className="relative flex max-h-[34vh] flex-none border-b *:flex-1">
          <PipelineGraph
            label={`Graph of run ${run.runNumber}`}
            nodes={toGraphNodes(run, document)}
            selected={node?.node}
            highlighted={critical}
            onSelect={(id) => {
              select(id === selected ? undefined : id);
            }}
          />
          {critical.size > 0 && <CriticalKey />}
        </div>
        <div className="min-h-0 flex-1 desktop:grid desktop:grid-cols-[minmax(0,1fr)_384px] desktop:grid-rows-[minmax(0,1fr)]">
          {node !== undefined && (
            <NodePanel
              key={node.node}
              node={node}
              run={run}
              document={document}
              onSelect={select}
              onClose={() => {
                select(undefined);
              }}
            />
          )}
          <div
            className={`min-h-0 min-w-0 desktop:order-first desktop:grid desktop:grid-rows-[minmax(120px,auto)_minmax(180px,1fr)] desktop:overflow-auto ${node === undefined ? 'desktop:col-span-2' : ''}`}
          >
            <div className="flex min-h-0 flex-col *:min-h-0 desktop:max-h-[42vh]">
              <RunTimeline
                run={run}
                document={document}
                before={before.data ?? undefined}
                selected={node?.node}
                onSelect={(id) => {
                  select(id === selected ? undefined : id);
                }}
              />
            </div>
            <RunRecord
              run={run}
              document={document}
              events={events}
              selected={node?.node}
              onSelect={select}
              onLoadEarlier={loadEarlier}
            />
          </div>
        </div>
      </div>
    </>
  );
}

function CriticalKey() {
  return (
    <p className="pointer-events-none absolute right-5 bottom-1.5 flex items-center gap-1.5 text-11 text-text-3">
      <svg width="16" height="2" aria-hidden="true">
        <rect width="16" height="2" className="fill-text" />
      </svg>
      critical path
    </p>
  );
}

/** The wires that the time of an ended run hung on, as `from→to`. */
function useCriticalWires(run: RunSnapshot): ReadonlySet<string> {
  return useMemo(() => {
    if (!isFinalRunState(run.state)) return new Set();
    const { nodes } = criticalPath(run, runTimes(run, 0));
    return new Set(nodes.slice(1).map((to, index) => `${nodes[index] ?? ''}→${to}`));
  }, [run]);
}

/** The chosen node stands in the address, so that it can be sent to a colleague. */
function useSelectedNode() {
  const { params, replace } = useAddress();
  const select = (node: string | undefined) => {
    replace({ node });
  };
  return [params.get('node') ?? undefined, select] as const;
}
