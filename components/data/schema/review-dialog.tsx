'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';

import { writeSchemaText, type DataSchema } from '../../../lib/artifact/data-schema';
import type { SchemaHistory, SchemaNode, SchemaOrigin } from '../../../lib/artifact/schema-version';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/text-field';
import { showToast } from '../../ui/toast';
import { SchemaDiff } from './schema-diff';

/** Props of {@link ReviewDialog}. */
export type ReviewDialogProps = {
  readonly node: SchemaNode;
  readonly history: SchemaHistory;
  readonly before: DataSchema;
  readonly after: DataSchema;
  /** The text to keep to the letter, where a person gave one. */
  readonly text?: string | undefined;
  readonly origin: SchemaOrigin;
  /** The text that was edited holds comments, which the new one does not keep. */
  readonly losesComments: boolean;
  readonly onClose: () => void;
  readonly onSaved: (number: number) => void;
};

/** What will change, before it becomes the next version of the schema. */
export function ReviewDialog(props: ReviewDialogProps) {
  const { node, history, before, after, text, origin, losesComments, onClose, onSaved } = props;
  const trpc = useTRPC();
  const client = useQueryClient();
  const noteId = useId();
  const useId_ = useId();
  const [note, setNote] = useState('');
  const mayUse = history.use.type !== 'gone';
  const [isUsed, setUsed] = useState(mayUse);
  const next = (history.versions[0]?.number ?? 0) + 1;
  const save = useMutation(
    trpc.schemas.save.mutationOptions({
      onSuccess: async ({ number }) => {
        await client.invalidateQueries({ queryKey: trpc.schemas.history.queryKey(node) });
        showToast(`Schema ${number} is kept${isUsed ? '; the next run uses it' : ''}.`);
        onSaved(number);
      },
      onError: () => client.invalidateQueries({ queryKey: trpc.schemas.history.queryKey(node) }),
    }),
  );
  return (
    <Dialog
      size="wide"
      title={`Review schema ${next}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button
            look="ink"
            busy={save.isPending}
            onClick={() => {
              save.mutate({
                ...node,
                text: text ?? writeSchemaText(after),
                origin,
                note: note.trim(),
                use: isUsed,
                revision: history.revision,
              });
            }}
          >
            {save.isPending ? 'Saving' : `Save as schema ${next}`}
          </Button>
        </>
      }
    >
      <SchemaDiff before={before} after={after} />
      {losesComments && (
        <p className="pt-2 text-12 text-st-warning">
          The text that you edited holds comments (#). They are not kept in what the form writes; the version before
          keeps them. To keep comments, edit the file and import it.
        </p>
      )}
      <div className="pt-3">
        <label htmlFor={noteId} className="block pb-1 text-12 font-medium">
          Note
        </label>
        <TextField id={noteId} rows={2} value={note} placeholder="Why it changes" onChange={setNote} />
      </div>
      <p className="flex items-start gap-2 pt-2 text-12">
        <input
          id={useId_}
          type="checkbox"
          className="mt-0.5 accent-accent"
          checked={isUsed}
          disabled={!mayUse}
          onChange={(event) => {
            setUsed(event.target.checked);
          }}
        />
        <label htmlFor={useId_} className="text-text-2">
          {mayUse
            ? `Use it in the pipeline: ${node.nodeId} reads this version from the next run on${history.use.type === 'inferred' ? ', instead of inferring' : ''}. Its wires stay.`
            : `The pipeline has no schema at ${node.nodeId} any more, so that this version is only kept.`}
        </label>
      </p>
      {save.error !== null && (
        <div className="pt-3">
          <ErrorPanel error={toShownError(save.error)} />
        </div>
      )}
    </Dialog>
  );
}
