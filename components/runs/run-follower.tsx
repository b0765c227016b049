'use client';

import { useEffect } from 'react';

import type { PipelineId } from '../../lib/ids';
import { useRunSink } from '../pipelines';
import { useLatestRun } from './use-latest-run';

/** Draws nothing: follows the newest run of a pipeline and tells the editor around it. */
export function RunFollower({ pipelineId }: { readonly pipelineId: PipelineId }) {
  const latest = useLatestRun(pipelineId);
  const show = useRunSink();
  useEffect(() => {
    show(latest);
  }, [show, latest]);
  return null;
}
