'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown, FileInput, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';

import type { Problem } from '../../lib/pipeline/problem';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button, buttonLook } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Menu } from '../ui/menu';
import { showToast } from '../ui/toast';
import { UploadDialog } from '../uploads';
import { ProblemList } from './problem-list';
import { readPipelineFile } from './read-pipeline-file';

/** Makes pipelines and goes to them: an empty one, or one from a file. */
export function useNewPipeline() {
  const trpc = useTRPC();
  const router = useRouter();
  const [refused, setRefused] = useState<{ readonly file: string; readonly problems: readonly Problem[] }>();
  const create = useMutation(
    trpc.drafts.create.mutationOptions({
      onSuccess: ({ id }) => {
        router.push(`/pipelines/${id}`);
      },
      onError: (error) => {
        showToast(toShownError(error).message, { tone: 'failed' });
      },
    }),
  );
  const importFile = async (file: File) => {
    const read = await readPipelineFile(file);
    if (read.ok) create.mutate({ document: read.value });
    else setRefused({ file: file.name, problems: read.error });
  };
  const dialog = refused !== undefined && (
    <Dialog
      title={`${refused.file} was not imported`}
      onClose={() => {
        setRefused(undefined);
      }}
      actions={
        <Button
          onClick={() => {
            setRefused(undefined);
          }}
        >
          Close
        </Button>
      }
    >
      <ProblemList problems={refused.problems} />
    </Dialog>
  );
  return {
    createEmpty: () => {
      create.mutate({});
    },
    importFile,
    isBusy: create.isPending,
    dialog,
  };
}

/** "New pipeline", with "Import a file" beside it. */
export function NewPipelineButton() {
  const { createEmpty, importFile, isBusy, dialog } = useNewPipeline();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex">
      <button
        type="button"
        disabled={isBusy}
        onClick={createEmpty}
        className={`${buttonLook({ look: 'ink' })} rounded-r-none`}
      >
        <Plus size={14} aria-hidden="true" />
        New pipeline
      </button>
      <Menu
        align="end"
        entries={() => [
          {
            type: 'item',
            id: 'import',
            label: 'Import a file',
            icon: FileInput,
            onSelect: () => input.current?.click(),
          },
        ]}
        trigger={
          <button
            type="button"
            aria-label="Other ways to begin"
            className={`${buttonLook({ look: 'ink' })} rounded-l-none border-l-n-500 px-1.5`}
          >
            <ChevronDown size={14} aria-hidden="true" />
          </button>
        }
      />
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label="Pipeline file"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) void importFile(file);
          event.target.value = '';
        }}
        className="sr-only"
      />
      {dialog}
    </div>
  );
}

/** Takes what is dropped anywhere on it: a pipeline file is imported, a table becomes a pipeline. */
export function PipelineDrop({ children }: { readonly children: ReactNode }) {
  const { importFile, dialog } = useNewPipeline();
  const [isOver, setOver] = useState(false);
  const [table, setTable] = useState<readonly File[]>();
  const carriesFile = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    <div
      onDragOver={(event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
        setOver(false);
      }}
      onDrop={(event) => {
        const files = [...event.dataTransfer.files];
        const [file] = files;
        setOver(false);
        if (file === undefined) return;
        event.preventDefault();
        if (/\.json$/i.test(file.name)) void importFile(file);
        else setTable(files);
      }}
      className={`relative min-h-0 flex-1 overflow-auto ${isOver ? 'bg-selected' : ''}`}
    >
      {isOver && (
        <p role="status" className="sticky top-0 bg-selected px-5 py-1.5 text-12 text-accent">
          Drop a CSV or Parquet file to make a pipeline of it, or a pipeline file to import it
        </p>
      )}
      {children}
      {dialog}
      {table !== undefined && (
        <UploadDialog
          files={table}
          target={{ type: 'pipeline' }}
          onClose={() => {
            setTable(undefined);
          }}
        />
      )}
    </div>
  );
}
