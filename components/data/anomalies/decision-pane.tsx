'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo, useState } from 'react';

import type { AnomalyItem } from '../../../lib/artifact/anomaly-report';
import { seenRun } from '../../../lib/artifact/data-address';
import type { DataArtifact } from '../../../lib/artifact/data-family';
import { parseSchemaText } from '../../../lib/artifact/data-schema';
import { compareSchemas } from '../../../lib/artifact/schema-change';
import { hasComments } from '../../../lib/artifact/schema-edit';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/text-field';
import { SkeletonRows } from '../../ui/skeleton';
import { showToast } from '../../ui/toast';
import { ChangeList, SchemaDiff } from '../schema/schema-diff';
import { acceptedIn } from './anomaly-list';
import type { LoadedAnomalies } from './loaded-anomalies';

/** Props of {@link DecisionPane}. */
export type DecisionPaneProps = {
  readonly artifact: DataArtifact;
  readonly list: LoadedAnomalies;
  readonly item: AnomalyItem | undefined;
};

/** What to do about an anomaly, and what it reaches. */
export function DecisionPane({ artifact, list, item }: DecisionPaneProps) {
  const accepted = item === undefined ? undefined : acceptedIn(list, item.path);
  return (
    <div className="px-5 py-4">
      {item !== undefined && (
        <>
          <h2 className="font-semibold">Decide</h2>
          {accepted !== undefined ? (
            <p className="text-12 text-text-2">
              Accepted in schema {accepted}. It applies from the next run; check again to see it.
            </p>
          ) : item.path === '' ? (
            <p className="text-12 text-text-2">
              This is about the dataset as a whole. Change its limits in the schema, or bring other data.
            </p>
          ) : (
            <Accept key={item.path} artifact={artifact} list={list} item={item} />
          )}
        </>
      )}
      <section className="mt-4 border-t pt-3">
        <h2 className="font-semibold">Affects downstream</h2>
        {list.affected.length === 0 ? (
          <p className="text-12 text-text-2">No other step of the pipeline works with these data.</p>
        ) : (
          <ul className="text-12">
            {list.affected.map(({ node, component }) => (
              <li key={node} className="flex justify-between gap-2 py-0.5">
                <Link
                  href={`/pipelines/${artifact.pipeline.id}?node=${encodeURIComponent(node)}`}
                  title={node}
                  className="min-w-0 truncate hover:underline"
                >
                  {node}
                </Link>
                <span className="flex-none text-text-3">{component}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

type AcceptProps = DecisionPaneProps & { readonly item: AnomalyItem };

/** Shows exactly what accepting changes, then does it. */
function Accept({ artifact, list, item }: AcceptProps) {
  const trpc = useTRPC();
  const [isOpen, setOpen] = useState(false);
  const revision = list.history?.revision;
  const proposal = useQuery(
    trpc.anomalies.propose.queryOptions(
      { artifactId: artifact.id, runId: seenRun(artifact), paths: [item.path] },
      { enabled: list.schemaNode !== undefined && list.history?.use.type !== 'gone' },
    ),
  );
  const { data } = proposal;
  const schemas = useMemo(
    () =>
      data === undefined ? undefined : { before: parseSchemaText(data.before), after: parseSchemaText(data.after) },
    [data],
  );
  const changes = useMemo(
    () => (schemas === undefined ? [] : compareSchemas(schemas.before, schemas.after)),
    [schemas],
  );
  const next = (list.history?.versions[0]?.number ?? 0) + 1;
  if (list.schemaNode === undefined || list.history?.use.type === 'gone')
    return (
      <p className="text-12 text-text-2">
        The pipeline has no schema at {list.schemaNode?.nodeId ?? 'this step'} any more, so that nothing can be accepted
        into it.
      </p>
    );
  if (proposal.error !== null) return <ErrorPanel error={toShownError(proposal.error)} />;
  if (schemas === undefined || data === undefined || revision === undefined)
    return <SkeletonRows rows={2} label="Working out what would change" />;
  return (
    <>
      <p className="text-12 text-text-3">Recorded; applies from the next run.</p>
      <div className="mt-2 rounded-card border-2 border-accent bg-surface p-3">
        <p className="font-semibold">Accept into the schema</p>
        <p className="text-12 text-text-2">Makes schema {next}, which says that these data are right.</p>
        <div className="mt-2 max-h-60 overflow-y-auto border-l-2">
          <ChangeList changes={changes} />
        </div>
      </div>
      {changes.length === 0 ? (
        <p className="pt-2 text-12 text-text-2">The schema in use allows this already. Check again to see it.</p>
      ) : (
        <div className="pt-3">
          <Button
            look="ink"
            onClick={() => {
              setOpen(true);
            }}
          >
            Accept…
          </Button>
        </div>
      )}
      {isOpen && (
        <AcceptDialog
          artifact={artifact}
          item={item}
          number={next}
          schemas={schemas}
          revision={data.revision}
          losesComments={hasComments(data.before)}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

type Schemas = {
  readonly before: ReturnType<typeof parseSchemaText>;
  readonly after: ReturnType<typeof parseSchemaText>;
};

type AcceptDialogProps = {
  readonly artifact: DataArtifact;
  readonly item: AnomalyItem;
  readonly number: number;
  readonly schemas: Schemas;
  readonly revision: number;
  readonly losesComments: boolean;
  readonly onClose: () => void;
};

function AcceptDialog({ artifact, item, number, schemas, revision, losesComments, onClose }: AcceptDialogProps) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const accept = useMutation(
    trpc.anomalies.accept.mutationOptions({
      onSuccess: ({ number: saved }) => {
        showToast(`Accepted. The next run reads schema ${saved}.`);
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
      title={`Accept ${item.feature} into schema ${number}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button
            look="ink"
            busy={accept.isPending}
            onClick={() => {
              accept.mutate({
                artifactId: artifact.id,
                runId: seenRun(artifact),
                paths: [item.path],
                revision,
                note: note.trim(),
              });
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
