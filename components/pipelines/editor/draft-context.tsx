'use client';

import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { COMPONENTS } from '../../../lib/catalog/index';
import type { Pipeline } from '../../../lib/pipeline/pipeline';
import { placeNodes } from '../../../lib/pipeline/place-nodes';
import { useTRPCClient } from '../../trpc/client';
import { DraftSaver, type DraftState, type ServerDraft } from './draft-saver';
import { useEditedPipelineId, useEditorStore } from './editor-context';

const Context = createContext<DraftSaver | undefined>(undefined);

/** Props of {@link DraftProvider}. */
export type DraftProviderProps = { readonly opened: ServerDraft; readonly children: ReactNode };

/** Saves what is edited below it: after changes, when the page is hidden, and before it goes. */
export function DraftProvider({ opened, children }: DraftProviderProps) {
  const client = useTRPCClient();
  const pipelineId = useEditedPipelineId();
  const store = useEditorStore();
  const [saver] = useState(
    () =>
      new DraftSaver(
        {
          save: async (draft) => (await client.pipelines.saveDraft.mutate({ pipelineId, ...draft })).revision,
          load: async () => toPlaced(await client.pipelines.get.query({ pipelineId })),
        },
        opened,
        Date.now,
      ),
  );

  useEffect(() => {
    const follow = store.subscribe(({ document }) => {
      saver.change(document);
    });
    const flush = () => void saver.flush();
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (saver.isSaved()) return;
      flush();
      event.preventDefault();
    };
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('beforeunload', onLeave);
    window.addEventListener('online', flush);
    return () => {
      follow();
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('beforeunload', onLeave);
      window.removeEventListener('online', flush);
      flush();
      saver.dispose();
    };
  }, [saver, store]);

  return <Context value={saver}>{children}</Context>;
}

const placed = new WeakMap<Pipeline, Pipeline>();

/** Cards that nobody placed have their place from the beginning, so that finding one is no change. Worked out once per document. */
export function toPlaced({ revision, document }: ServerDraft): ServerDraft {
  const known = placed.get(document) ?? placeNodes(document, COMPONENTS);
  placed.set(document, known);
  return { revision, document: known };
}

/** Who saves the document. */
export function useDraftSaver(): DraftSaver {
  const saver = use(Context);
  if (saver === undefined) throw new Error('an editor part was drawn outside of DraftProvider');
  return saver;
}

/** A part of how safe the document is; the view is drawn again when it changes. */
export function useDraft<T>(select: (state: DraftState) => T): T {
  return useStore(useDraftSaver().state, select);
}
