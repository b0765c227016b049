'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import { deriveStatuses } from '../../../lib/run/derive-statuses';
import { isFinalRunState } from '../../../lib/run/run';
import { useTRPC, useTRPCClient } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { useDraft, useDraftSaver } from './draft-context';
import { problemsOf, useEditedPipelineId, useEditorStore, useOverlay, useOverlayStore } from './editor-context';
import { useLateDocument } from './judged-document';
import { useJudged } from './problems-context';
import type { Launch } from './surface-store';

/** How often to look whether somebody else changed the document. */
const LOOK_MS = 2_000;

/** Draws nothing: keeps the overlay true to the server, and tells the saver what others did. */
export function FollowServer() {
  useOthersChanges();
  const plan = usePlan({ selection: { type: 'all' }, reuse: true });
  const overlay = useOverlayStore();
  useEffect(() => {
    overlay.setState({
      plan: plan.data,
      planError: plan.error === null ? undefined : toShownError(plan.error),
      isPlanning: plan.isFetching,
    });
  }, [overlay, plan.data, plan.error, plan.isFetching]);
  const { fileProblems } = useJudged();
  useEffect(() => {
    overlay.setState({ fileProblems });
  }, [overlay, fileProblems]);
  useStatuses();
  return null;
}

/** What a run would do, of the draft as it was last saved: asked again when that changes and when a run ends. */
export function usePlan({ selection, reuse }: Launch) {
  const client = useTRPCClient();
  const pipelineId = useEditedPipelineId();
  const revision = useDraft((state) => state.revision);
  // A run that ended left something to be reused; one that goes on will.
  const settled = useOverlay(({ run }) => (run === undefined ? '' : `${run.runId} ${isFinalRunState(run.state)}`));
  return useQuery({
    queryKey: ['editor-plan', pipelineId, { revision, settled, selection, reuse }],
    queryFn: () => client.pipelines.plan.query({ pipelineId, selection, reuse }),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    gcTime: 10_000,
  });
}

function useOthersChanges(): void {
  const trpc = useTRPC();
  const saver = useDraftSaver();
  const pipelineId = useEditedPipelineId();
  const { data } = useQuery(
    trpc.drafts.revision.queryOptions({ pipelineId }, { refetchInterval: LOOK_MS, refetchOnWindowFocus: 'always' }),
  );
  useEffect(() => {
    if (data !== undefined) void saver.notice(data.revision);
  }, [saver, data]);
}

function useStatuses(): void {
  const store = useEditorStore();
  const overlay = useOverlayStore();
  const judged = useLateDocument();
  const run = useOverlay((state) => state.run);
  const plan = useOverlay((state) => state.plan);
  useEffect(() => {
    if (judged === undefined) return;
    const { document } = store.getState();
    const { statuses } = overlay.getState();
    overlay.setState({
      statuses: deriveStatuses({ document, problems: problemsOf(document), plan, run }, statuses),
    });
  }, [store, overlay, judged, run, plan]);
}
