'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { describeProposal, proposePipeline, type ProposedSource } from '../../lib/proposal/propose-pipeline';
import { uploadTitle } from '../../lib/upload/upload';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPCClient } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProposalForm } from './proposal-form';
import type { UploadTarget } from './upload-dialog';
import { useProposal, type Proposal } from './use-proposal';
import type { UploadedTable } from './use-upload';

/** Props of {@link ProposalDialog}. */
export type ProposalDialogProps = {
  readonly table: UploadedTable;
  readonly target: UploadTarget;
  readonly onNameColumns: () => void;
  /** The person does not want the table. */
  readonly onDiscard: () => void;
  /** It has become what it should. */
  readonly onDone: () => void;
};

/** What was found in a table and what could be made of it, every guess changeable before anything is made. */
export function ProposalDialog({ table, target, onNameColumns, onDiscard, onDone }: ProposalDialogProps) {
  const title = uploadTitle(table.upload);
  const proposal = useProposal(table.profile, title);
  const [isRun, setRun] = useState(true);
  const create = useCreate(onDone);
  const isNew = target.type === 'pipeline';
  const isReady = proposal.troubles.length === 0 && (!isNew || proposal.name.trim() !== '');
  return (
    <Dialog
      title={isNew ? `A pipeline for ${title}` : `Add ${title} to this pipeline`}
      size="wide"
      onClose={onDiscard}
      actions={
        <>
          {isNew && (
            <label className="mr-auto flex items-center gap-2 text-12">
              <input
                type="checkbox"
                checked={isRun}
                onChange={(event) => {
                  setRun(event.target.checked);
                }}
                className="size-4 accent-accent"
              />
              Run it at once
            </label>
          )}
          <Button onClick={onDiscard}>Discard</Button>
          <Button
            look="ink"
            busy={create.isPending || create.isSuccess}
            disabled={!isReady}
            onClick={() => {
              if (isNew) {
                create.mutate({ table, proposal, isRun });
                return;
              }
              target.onAdd(sourceOf(table, proposal, 'absolute'), title);
              onDone();
            }}
          >
            {!isNew ? 'Add to the canvas' : create.isPending || create.isSuccess ? 'Making it' : 'Make the pipeline'}
          </Button>
        </>
      }
    >
      <ProposalForm
        profile={table.profile}
        proposal={proposal}
        hasName={isNew}
        onNameColumns={onNameColumns}
        failure={create.error === null ? undefined : <ErrorPanel error={toShownError(create.error)} />}
      />
    </Dialog>
  );
}

type Creation = { readonly table: UploadedTable; readonly proposal: Proposal; readonly isRun: boolean };

function useCreate(onDone: () => void) {
  const client = useTRPCClient();
  const router = useRouter();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ table, proposal, isRun }: Creation) => {
      const document = proposePipeline(
        { name: proposal.name.trim(), description: describeProposal(uploadTitle(table.upload), proposal) },
        sourceOf(table, proposal, 'relative'),
      );
      const { pipelineId } = await client.uploads.createPipeline.mutate({ document });
      if (isRun) await client.runs.start.mutate({ pipelineId, reuse: true });
      return pipelineId;
    },
    onSuccess: (pipelineId) => {
      onDone();
      void queries.invalidateQueries();
      router.push(`/pipelines/${pipelineId}`);
    },
  });
}

/** A file is named itself, several by their folder; relative to the uploads, where a new pipeline's paths start. */
function sourceOf(table: UploadedTable, { answers, model }: Proposal, path: 'relative' | 'absolute'): ProposedSource {
  const { upload, folder, baseFolder, profile } = table;
  const [first] = upload.files;
  const place = upload.files.length === 1 && first !== undefined ? `${folder}/${first.storedName}` : folder;
  return { profile, inputBase: path === 'relative' ? place : `${baseFolder}/${place}`, answers, model };
}
