'use client';

import { useMutation } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';

import { differenceOf, differenceWords } from '../../../lib/pipeline/difference';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { showToast } from '../../ui/toast';
import { useActionContext } from './actions-context';
import { useDraft } from './draft-context';
import type { ServerDraft } from './draft-saver';
import { useEditor } from './editor-context';

/** Says that somebody else changed the document, what, and what can be done; nothing is overwritten meanwhile. */
export function ConflictBar() {
  const save = useDraft((state) => state.save);
  if (save.status === 'refused')
    return (
      <p role="alert" className="flex-none border-b bg-st-failed-soft px-4 py-1.5 text-12 text-st-failed">
        The draft was not saved. {save.error.message} {save.error.nextStep}
      </p>
    );
  return save.status === 'conflict' ? <Conflict theirs={save.theirs} /> : null;
}

function Conflict({ theirs }: { readonly theirs: ServerDraft }) {
  const { store, saver, pipelineId, visit } = useActionContext();
  const trpc = useTRPC();
  const mine = useEditor((state) => state.document);
  const base = useDraft((state) => state.base);
  const there = differenceWords(differenceOf(base, theirs.document));
  const here = differenceWords(differenceOf(base, mine));
  const copy = useMutation(
    trpc.drafts.create.mutationOptions({
      onSuccess: ({ id, name }) => {
        takeTheirs();
        showToast(`Yours is kept as "${name}".`, {
          action: {
            label: 'Open',
            onSelect: () => {
              visit(`/pipelines/${id}`);
            },
          },
        });
      },
      onError: (error) => {
        showToast(toShownError(error).message, { tone: 'failed' });
      },
    }),
  );
  const takeTheirs = () => {
    const taken = saver.takeTheirs();
    if (taken !== undefined) store.getState().load('Take what was saved elsewhere', taken);
  };
  return (
    <div
      role="alert"
      className="flex flex-none flex-wrap items-center gap-2 border-b bg-st-warning-soft px-4 py-1.5 text-12"
    >
      <TriangleAlert size={14} aria-hidden="true" className="text-st-warning" />
      <p className="min-w-0 flex-1 break-words text-text-2">
        <strong className="font-semibold text-st-warning">This pipeline was changed elsewhere. </strong>
        That {there ?? 'says the same in other words'}.{' '}
        {here === undefined ? 'Nothing was changed here.' : `What is not saved here ${here}.`}
      </p>
      <Button size="small" onClick={takeTheirs}>
        Take theirs
      </Button>
      {here !== undefined && (
        <>
          <Button size="small" onClick={() => void saver.keepMine()}>
            Keep mine
          </Button>
          <Button
            size="small"
            busy={copy.isPending}
            onClick={() => {
              copy.mutate({ document: { ...mine, name: `${mine.name} (mine)`.slice(0, 200) }, like: pipelineId });
            }}
          >
            Keep mine as a copy
          </Button>
        </>
      )}
    </div>
  );
}
