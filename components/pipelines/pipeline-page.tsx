'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore, type ReactNode } from 'react';

import type { PipelineId } from '../../lib/ids';
import { SkeletonRows } from '../ui/skeleton';
import { PipelineView } from './pipeline-view';

/** The editor is the heaviest part of the studio: nobody else waits for it. */
const PipelineEditor = dynamic(async () => (await import('./editor/pipeline-editor')).PipelineEditor, {
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
    <PipelineEditor key={pipelineId} pipelineId={pipelineId} follower={follower} />
  ) : (
    <PipelineView pipelineId={pipelineId} runs={runs} />
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
