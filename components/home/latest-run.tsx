'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Square, Workflow } from 'lucide-react';
import Link from 'next/link';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { formatDuration } from '../../lib/format/time';
import { zRunId, type RunId } from '../../lib/ids';
import { isFinalRunState } from '../../lib/run/run';
import { artifactHeadline, runMark, runStateWords, splitCounts } from '../../lib/run/run-words';
import type { RunSnapshot } from '../../lib/run/fold-run';
import type { AppRouter } from '../../server/api/root';
import { PipelineGraph } from '../pipelines';
import { toGraphNodes, useLiveRun } from '../runs';
import { ConnectionLine } from '../shell/connection-line';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { ArtifactMark } from '../ui/artifact-mark';
import { Button, buttonLook } from '../ui/button';
import { StateLabel } from '../ui/state-mark';
import { FoundAnomalies } from './found-anomalies';
import { FoundInData } from './found-in-data';
import { NextSteps } from './next-steps';

/** The run of the moment, live: its graph and what it has made so far. */
export function LatestRun({ runId }: { readonly runId: RunId }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.runs.get.queryOptions({ runId }, { staleTime: 0 }));
  if (query.data !== undefined) return <LiveCard loaded={query.data} />;
  if (query.error !== null) {
    return <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />;
  }
  return (
    <div role="status" aria-label="Loading the last run" className="h-[152px] rounded-card border border-border" />
  );
}

function LiveCard({ loaded }: { readonly loaded: inferRouterOutputs<AppRouter>['runs']['get'] }) {
  const { run, lostAt } = useLiveRun(loaded);
  const { description } = loaded.document;
  return (
    <section
      aria-label={`Run ${run.runNumber} of ${run.pipeline}`}
      className="overflow-hidden rounded-card border border-border"
    >
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-5 py-2">
        <StateLabel mark={runMark(run)}>{runStateWords(run)}</StateLabel>
        <Link
          href={`/pipelines/${loaded.pipelineId}`}
          title={run.pipeline}
          dir="auto"
          className="max-w-full truncate font-semibold hover:underline"
        >
          {run.pipeline}
        </Link>
        {description !== undefined && (
          <span title={description} className="min-w-0 flex-1 truncate text-12 text-text-2 max-desktop:hidden">
            {description}
          </span>
        )}
        <span className="ml-auto flex items-center gap-3">
          <span className="text-12 text-text-3">{took(run)}</span>
          <Link href={`/pipelines/${loaded.pipelineId}`} className={`${buttonLook()} max-tablet:hidden`}>
            <Workflow size={14} aria-hidden="true" />
            Open in editor
          </Link>
          {!isFinalRunState(run.state) && <StopButton runId={zRunId.parse(run.runId)} />}
          <Link href={`/runs/${run.runId}`} className={buttonLook()}>
            Open run {run.runNumber}
          </Link>
        </span>
      </header>
      {lostAt !== undefined && <ConnectionLine lostAt={lostAt} consequence="The run goes on." />}
      <div className="grid border-t">
        <PipelineGraph label={`Graph of ${run.pipeline}`} nodes={toGraphNodes(run, loaded.document)} />
      </div>
      <Found run={run} pipelineId={loaded.pipelineId} />
    </section>
  );
}

function took(run: RunSnapshot): string {
  if (run.startedAt === undefined || run.finishedAt === undefined) return '';
  return `took ${formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))}`;
}

/** What the run found so far; where it has no statistics yet, what it made. */
function Found({ run, pipelineId }: { readonly run: RunSnapshot; readonly pipelineId: string }) {
  const outputs = Object.values(run.nodes).flatMap(({ outputs: ports }) => Object.values(ports).flat());
  const ofType = (type: ArtifactRef['type']) => outputs.find((artifact) => artifact.type === type);
  const statistics = ofType('ExampleStatistics');
  const anomalies = ofType('ExampleAnomalies');
  if (statistics === undefined) return <Made run={run} />;
  // What another pipeline made is looked at as this run has it.
  const seenFrom = Object.values(run.nodes).some(({ fromRun }) => fromRun !== undefined) ? run.runId : undefined;
  return (
    <div className="grid border-t desktop:grid-cols-3 desktop:divide-x max-desktop:divide-y">
      <FoundInData statistics={statistics} run={seenFrom} />
      {anomalies !== undefined && <FoundAnomalies anomalies={anomalies} run={seenFrom} />}
      <NextSteps
        runId={run.runId}
        pipelineId={pipelineId}
        examples={ofType('Examples')}
        seenFrom={seenFrom}
        isOver={isFinalRunState(run.state)}
      />
    </div>
  );
}

function StopButton({ runId }: { readonly runId: RunId }) {
  const trpc = useTRPC();
  const cancel = useMutation(trpc.runs.cancel.mutationOptions());
  return (
    <Button
      busy={cancel.isPending || cancel.isSuccess}
      onClick={() => {
        cancel.mutate({ runId });
      }}
    >
      <Square size={12} aria-hidden="true" />
      {cancel.isPending || cancel.isSuccess ? 'Stopping' : 'Stop'}
    </Button>
  );
}

/** Outputs that are named; a click on the run shows the others. */
const MADE_SHOWN = 6;

/** Outputs that exist, the run's own or reused, each by the node that it comes from. */
function Made({ run }: { readonly run: RunSnapshot }) {
  const outputs = Object.values(run.nodes).flatMap(({ node, outputs: ports }) =>
    Object.entries(ports).flatMap(([port, list]) => list.map((artifact) => ({ node, port, artifact }))),
  );
  if (outputs.length === 0) return null;
  return (
    <ul className="grid border-t desktop:grid-cols-2">
      {outputs.slice(0, MADE_SHOWN).map(({ node, port, artifact }) => (
        <li key={`${node}.${port} ${artifact.id}`} className="flex min-w-0 items-center gap-2.5 px-5 py-2 text-12">
          <ArtifactMark type={artifact.type} />
          <Link
            href={`/runs/${run.runId}?node=${encodeURIComponent(node)}`}
            title={`${node}.${port}`}
            dir="auto"
            className="max-w-40 truncate font-medium hover:underline"
          >
            {node}
          </Link>
          <span className="min-w-0 truncate text-text-2">
            {[artifactHeadline(artifact), splitCounts(artifact)].filter((part) => part !== undefined).join(': ')}
          </span>
        </li>
      ))}
      {outputs.length > MADE_SHOWN && (
        <li className="px-5 py-2 text-12 text-text-3 desktop:col-span-2">
          {MADE_SHOWN} of {outputs.length} outputs shown
        </li>
      )}
    </ul>
  );
}
