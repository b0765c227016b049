'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CopyPlus, Download, Ellipsis, List } from 'lucide-react';
import { useRouter } from 'next/navigation';

import type { PipelineId } from '../../lib/ids';
import { useTRPC, useTRPCClient } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Menu, type MenuEntry } from '../ui/menu';
import { showToast } from '../ui/toast';
import { saveAsFile } from './editor/save-as-file';

/** Props of {@link PipelineMenu}. */
export type PipelineMenuProps = { readonly pipelineId: PipelineId; readonly name: string };

/** What can be done with a pipeline of the list besides running it. */
export function PipelineMenu({ pipelineId, name }: PipelineMenuProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const router = useRouter();
  const tell = (error: unknown) => {
    showToast(toShownError(error).message, { tone: 'failed' });
  };
  const duplicate = useMutation(
    trpc.drafts.duplicate.mutationOptions({
      onSuccess: ({ id, name: copy }) => {
        void queries.invalidateQueries({ queryKey: trpc.pipelines.list.queryKey() });
        showToast(`Copied as "${copy}".`, {
          action: {
            label: 'Open',
            onSelect: () => {
              router.push(`/pipelines/${id}`);
            },
          },
        });
      },
      onError: tell,
    }),
  );
  const exportFile = () => {
    client.pipelines.get.query({ pipelineId }).then(({ document }) => {
      saveAsFile(`${document.name}.json`, `${JSON.stringify(document, undefined, 2)}\n`);
    }, tell);
  };
  const entries = (): readonly MenuEntry[] => [
    {
      type: 'item',
      id: 'duplicate',
      label: 'Duplicate',
      icon: CopyPlus,
      onSelect: () => {
        duplicate.mutate({ pipelineId });
      },
    },
    { type: 'item', id: 'export', label: 'Export as a file', icon: Download, onSelect: exportFile },
    {
      type: 'item',
      id: 'runs',
      label: 'Open its runs',
      icon: List,
      onSelect: () => {
        router.push(`/runs?pipeline=${pipelineId}`);
      },
    },
  ];
  return (
    <Menu
      align="end"
      entries={entries}
      trigger={
        <button
          type="button"
          aria-label={`More for ${name}`}
          className="grid size-7 place-content-center rounded-control text-text-2 hover:bg-hover max-tablet:size-11"
        >
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      }
    />
  );
}
