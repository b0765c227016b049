'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { Remedy } from '../../../lib/artifact/anomaly-remedy';
import type { DataSchema } from '../../../lib/artifact/data-schema';
import type { ArtifactId, RunId } from '../../../lib/ids';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/text-field';
import { showToast } from '../../ui/toast';
import { SchemaDiff } from '../schema/schema-diff';

/** Props of {@link AcceptDialog}. */
export type AcceptDialogProps = {
  readonly acceptance: {
    readonly artifactId: ArtifactId;
    readonly runId: RunId | undefined;
    readonly paths: string[];
    readonly remedy: Remedy;
  };
  /** What is accepted: a feature, `3 anomalies`. */
  readonly what: string;
  /** Of the version that is made. */
  readonly number: number;
  readonly schemas: { readonly before: DataSchema; readonly after: DataSchema };
  /** Of the pipeline's document, as the proposal saw it. */
  readonly revision: number;
  readonly losesComments: boolean;
  readonly onAccepted: () => void;
  readonly onClose: () => void;
};

/** The reviewed difference, with a note; then it becomes the next version. */
export function AcceptDialog(props: AcceptDialogProps) {
  const { acceptance, what, number, schemas, revision, losesComments, onAccepted, onClose } = props;
  const trpc = useTRPC();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const accept = useMutation(
    trpc.anomalies.accept.mutationOptions({
      onSuccess: ({ number: saved }) => {
        showToast(`Accepted. The next run reads schema ${saved}.`);
        onAccepted();
        onClose();
      },
      onSettled: async () => {
        await client.invalidateQueries({ queryKey: trpc.anomalies.pathKey() });
        await client.invalidateQueries({ queryKey: trpc.schemas.pathKey() });
      },
    }),
  );
  return (
    <Dialog
      size="wide"
      title={`Accept ${what} into schema ${number}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button
            look="ink"
            busy={accept.isPending}
            onClick={() => {
              accept.mutate({ ...acceptance, revision, note: note.trim() });
            }}
          >
            {accept.isPending ? 'Saving' : `Save as schema ${number}`}
          </Button>
        </>
      }
    >
      <SchemaDiff before={schemas.before} after={schemas.after} />
      {losesComments && (
        <p className="pt-2 text-12 text-st-warning">
          The schema in use holds comments (#), which the new version does not keep.
        </p>
      )}
      <label htmlFor="accept-note" className="block pt-3 pb-1 text-12 font-medium">
        Note
      </label>
      <TextField id="accept-note" rows={2} value={note} placeholder="Why these data are right" onChange={setNote} />
      {accept.error !== null && (
        <div className="pt-3">
          <ErrorPanel error={toShownError(accept.error)} />
        </div>
      )}
    </Dialog>
  );
}
