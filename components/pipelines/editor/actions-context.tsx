'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { createContext, use, useMemo, type ReactNode } from 'react';

import { zRunId } from '../../../lib/ids';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { showToast } from '../../ui/toast';
import type { ActionContext } from './actions/action';
import { useDraftSaver } from './draft-context';
import { useEditedPipelineId, useEditorStore, useOverlayStore, useSurfaceStore } from './editor-context';
import { useShortcuts } from './use-shortcuts';

const Context = createContext<ActionContext | undefined>(undefined);

/** What actions need, for everything below it; listens to the keyboard. */
export function ActionsProvider({ children }: { readonly children: ReactNode }) {
  const context = useActionParts();
  useShortcuts(context);
  return <Context value={context}>{children}</Context>;
}

/** What every action takes. */
export function useActionContext(): ActionContext {
  const context = use(Context);
  if (context === undefined) throw new Error('an editor part was drawn outside of ActionsProvider');
  return context;
}

function useActionParts(): ActionContext {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const pipelineId = useEditedPipelineId();
  const store = useEditorStore();
  const overlay = useOverlayStore();
  const surface = useSurfaceStore();
  const saver = useDraftSaver();
  const { mutateAsync: startRun } = useMutation(trpc.runs.start.mutationOptions());
  const { mutateAsync: cancelRun } = useMutation(trpc.runs.cancel.mutationOptions());
  return useMemo(
    () => ({
      pipelineId,
      store,
      overlay,
      surface,
      saver,
      visit: (address) => {
        router.push(address);
      },
      start: async ({ selection, reuse }) => {
        surface.setState({ starting: true, startError: undefined });
        try {
          if (!(await saver.flush())) {
            const message = 'The draft is not saved, so the run would not be the one that you see.';
            surface.setState({ startError: { message, nextStep: 'Wait for it, or settle what keeps it.' } });
            return;
          }
          const { number } = await startRun({ pipelineId, selection, reuse });
          await queries.invalidateQueries({ queryKey: trpc.runs.latest.queryKey({ pipelineId }) });
          surface.getState().ask(undefined);
          store.getState().openDrawer('plan');
          store.getState().announce(`Run ${number} has started.`);
        } catch (error) {
          surface.setState({ startError: toShownError(error) });
        } finally {
          surface.setState({ starting: false });
        }
      },
      cancel: async () => {
        const runId = zRunId.safeParse(overlay.getState().run?.runId);
        if (!runId.success) return;
        try {
          await cancelRun({ runId: runId.data });
        } catch (error) {
          showToast(toShownError(error).message, { tone: 'failed' });
        }
      },
    }),
    [pipelineId, store, overlay, surface, saver, router, queries, trpc, startRun, cancelRun],
  );
}
