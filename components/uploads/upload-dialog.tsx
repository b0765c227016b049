'use client';

import { formatBytes, formatProgress } from '../../lib/format/number';
import type { ProposedSource } from '../../lib/proposal/propose-pipeline';
import { uploadTitle } from '../../lib/upload/upload';
import { ErrorPanel } from '../shell/error-panel';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProposalDialog } from './proposal-dialog';
import { useUpload, type UploadState } from './use-upload';

/** What becomes of an uploaded table. */
export type UploadTarget =
  | { readonly type: 'pipeline' }
  | {
      /** It joins a document that is open; `title` is the table's name. */
      readonly type: 'document';
      readonly onAdd: (source: ProposedSource, title: string) => void;
    };

/** Props of {@link UploadDialog}. */
export type UploadDialogProps = {
  /** The files of one table. A new array is a new upload. */
  readonly files: readonly File[];
  readonly target: UploadTarget;
  readonly onClose: () => void;
};

/** Brings a table: looks at it, sends it, profiles it, and proposes what to make of it. Closing it cancels the upload. */
export function UploadDialog({ files, target, onClose }: UploadDialogProps) {
  const upload = useUpload(files);
  const { state } = upload;
  const discard = () => {
    upload.discard();
    onClose();
  };
  if (state.step === 'ready') {
    return (
      <ProposalDialog
        table={state.table}
        target={target}
        onNameColumns={upload.nameColumns}
        onDiscard={discard}
        onDone={onClose}
      />
    );
  }
  const title = uploadTitle({ files });
  return (
    <Dialog
      title={state.step === 'refused' ? `${title} cannot be used` : `Bringing ${title}`}
      onClose={discard}
      actions={
        state.step === 'refused' ? (
          <Button onClick={discard}>Close</Button>
        ) : (
          <Button look="danger" onClick={discard}>
            Cancel upload
          </Button>
        )
      }
    >
      {state.step === 'refused' ? <ErrorPanel error={state.error} /> : <Progress state={state} />}
    </Dialog>
  );
}

type Busy = Exclude<UploadState, { readonly step: 'ready' | 'refused' }>;

function Progress({ state }: { readonly state: Busy }) {
  const share = state.step === 'sending' && state.total > 0 ? state.received / state.total : undefined;
  const lostAt = state.step === 'checking' ? undefined : state.lostAt;
  return (
    <div className="flex flex-col gap-2 py-1">
      <div
        role="progressbar"
        aria-label="Upload"
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share !== undefined && { 'aria-valuenow': Math.floor(share * 100) })}
        className="h-1.5 overflow-hidden rounded-chip bg-n-150"
      >
        <svg width="100%" height="6" className="block">
          <rect
            width={`${100 * (share ?? (state.step === 'reading' ? 1 : 0))}%`}
            height="6"
            className="fill-st-running"
          />
        </svg>
      </div>
      <p role="status" className="text-text-2">
        {words(state)}
      </p>
      {lostAt !== undefined && (
        <p role="alert" className="text-12 text-st-warning">
          The studio does not answer. The upload goes on by itself as soon as it does.
        </p>
      )}
      <p className="text-12 text-text-3">
        Nothing leaves this machine. After a reload, choose the same file again: it goes on where it stopped.
      </p>
    </div>
  );
}

function words(state: Busy): string {
  switch (state.step) {
    case 'checking':
      return 'Looking at its first rows';
    case 'sending':
      return `${formatBytes(state.received)} of ${formatBytes(state.total)}, ${formatProgress(state.total === 0 ? 0 : state.received / state.total)}`;
    case 'reading':
      return 'Reading its columns';
  }
}
