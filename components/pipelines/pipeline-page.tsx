'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useEffect, useSyncExternalStore, type ReactNode } from 'react';

import type { PipelineId } from '../../lib/ids';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { SkeletonRows } from '../ui/skeleton';
import { PipelineView } from './pipeline-view';

const loadEditor = async () => (await import('./editor/pipeline-editor')).PipelineEditor;

/** The editor is the heaviest part of the studio: nobody else waits for it. */
const PipelineEditor = dynamic(loadEditor, {
  ssr: false,
  loading: () => <SkeletonRows rows={6} label="Loading the editor" />,
});

/** Props of {@link PipelinePage}. */
export type PipelinePageProps = {
  readonly pipelineId: PipelineId;
  /** Its runs, for where it is looked at only. */
  readonly runs: ReactNode;
  /** Tells the editor of the newest run; another feature knows runs. */
  readonly follower: ReactNode;
};

/** One pipeline: to be edited, or under 700 px to be looked at and run. */
export function PipelinePage({ pipelineId, runs, follower }: PipelinePageProps) {
  const isWide = useSyncExternalStore(subscribe, readWidth, () => undefined);
  if (isWide === undefined) return null;
  return isWide ? (
    <EditorDoor key={pipelineId} pipelineId={pipelineId} follower={follower} />
  ) : (
    <PipelineView pipelineId={pipelineId} runs={runs} />
  );
}

/** Asks for the pipeline while the editor itself is still on its way. */
function EditorDoor({ pipelineId, follower }: Omit<PipelinePageProps, 'runs'>) {
  const trpc = useTRPC();
  useEffect(() => void loadEditor(), []);
  const query = useQuery(
    trpc.pipelines.get.queryOptions({ pipelineId }, { staleTime: Infinity, refetchOnMount: 'always' }),
  );
  // What another screen asked for earlier may be old; an editor goes out from what is there now.
  if (query.data !== undefined && query.isFetchedAfterMount)
    return <PipelineEditor pipelineId={pipelineId} opened={query.data} follower={follower} />;
  return (
    <>
      <PageHead crumbs={[{ label: 'Pipelines', href: '/pipelines' }, { label: query.data?.name ?? 'Pipeline' }]} />
      {query.error === null ? (
        <SkeletonRows rows={6} label="Loading the pipeline" />
      ) : (
        <div className="p-5">
          <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
    </>
  );
}

/** The breakpoint `tablet` of the design. */
const WIDE = '(min-width: 700px)';

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', onChange);
  return () => {
    query.removeEventListener('change', onChange);
  };
}

function readWidth(): boolean | undefined {
  return window.matchMedia(WIDE).matches;
}
