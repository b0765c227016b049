'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { parseSchemaText } from '../../../lib/artifact/data-schema';
import type { SchemaHistory, SchemaNode, SchemaVersion } from '../../../lib/artifact/schema-version';
import { formatQuantity } from '../../../lib/format/number';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Moment } from '../../ui/moment';
import { Select } from '../../ui/select';
import { showToast } from '../../ui/toast';
import { SchemaDiff } from './schema-diff';

/** Props of {@link VersionsDialog}. */
export type VersionsDialogProps = {
  readonly node: SchemaNode;
  readonly history: SchemaHistory;
  readonly onShow: (number: number) => void;
  readonly onClose: () => void;
};

/** Every version of the schema: show, compare, use, go back to inferring. */
export function VersionsDialog({ node, history, onShow, onClose }: VersionsDialogProps) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { versions, use, revision } = history;
  const refresh = () => client.invalidateQueries({ queryKey: trpc.schemas.history.queryKey(node) });
  const useVersion = useMutation(
    trpc.schemas.use.mutationOptions({
      onSuccess: (_, { number }) => {
        showToast(`The next run reads schema ${number}.`);
      },
      onSettled: refresh,
    }),
  );
  const inferAgain = useMutation(
    trpc.schemas.inferAgain.mutationOptions({
      onSuccess: () => {
        showToast('The next run infers the schema. The versions stay.');
      },
      onSettled: refresh,
    }),
  );
  const error = useVersion.error ?? inferAgain.error;
  const isBusy = useVersion.isPending || inferAgain.isPending;
  return (
    <Dialog
      size="wide"
      title={`Versions of the schema of ${node.nodeId}`}
      onClose={onClose}
      actions={
        <>
          {use.type !== 'inferred' && use.type !== 'gone' && (
            <Button
              busy={isBusy}
              onClick={() => {
                inferAgain.mutate({ ...node, revision });
              }}
            >
              Infer again
            </Button>
          )}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <p className="pb-2 text-text-2">{useWords(history, node)}</p>
      {versions.length > 0 && (
        <ul aria-label="Versions" className="border-y">
          {versions.map((version) => (
            <VersionRow
              key={version.number}
              version={version}
              isUsed={use.type === 'version' && use.number === version.number}
              mayUse={use.type !== 'gone'}
              isBusy={isBusy}
              onShow={onShow}
              onUse={() => {
                useVersion.mutate({ ...node, number: version.number, revision });
              }}
            />
          ))}
        </ul>
      )}
      {error !== null && (
        <div className="pt-3">
          <ErrorPanel error={toShownError(error)} />
        </div>
      )}
      {versions.length > 1 && <CompareVersions node={node} versions={versions} />}
    </Dialog>
  );
}

/** Where the pipeline takes its schema from, in a sentence. */
export function useWords({ use, versions }: SchemaHistory, { nodeId }: SchemaNode): string {
  switch (use.type) {
    case 'inferred':
      return versions.length === 0
        ? `SchemaGen infers the schema in every run. Edit or import one to keep it as schema 1.`
        : 'SchemaGen infers the schema in every run; none of the versions is used.';
    case 'version':
      return `The pipeline reads schema ${use.number}.`;
    case 'file':
      return `The pipeline reads ${use.path}, which is kept elsewhere.`;
    case 'gone':
      return `The pipeline has no schema at ${nodeId} any more.`;
  }
}

type VersionRowProps = {
  readonly version: SchemaVersion;
  readonly isUsed: boolean;
  readonly mayUse: boolean;
  readonly isBusy: boolean;
  readonly onShow: (number: number) => void;
  readonly onUse: () => void;
};

function VersionRow({ version, isUsed, mayUse, isBusy, onShow, onUse }: VersionRowProps) {
  const { number, note, author, createdAt, featureCount, origin } = version;
  return (
    <li className="flex items-center gap-3 border-b py-1.5 text-12 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="font-semibold">Schema {number}</span>
          {isUsed && <span className="rounded-chip bg-accent-soft px-1.5 text-11 font-medium text-accent">in use</span>}
          <span className="text-text-3">
            {author}, <Moment at={createdAt} />, {formatQuantity(featureCount, 'feature')}, {originWords(origin)}
          </span>
        </p>
        {note !== '' && (
          <p dir="auto" title={note} className="truncate text-text-2">
            {note}
          </p>
        )}
      </div>
      <Button
        size="small"
        aria-label={`Show schema ${number}`}
        onClick={() => {
          onShow(number);
        }}
      >
        Show
      </Button>
      <Button
        size="small"
        aria-label={`Use schema ${number}`}
        disabled={isUsed || !mayUse}
        busy={isBusy}
        onClick={onUse}
      >
        Use
      </Button>
    </li>
  );
}

function originWords(origin: SchemaVersion['origin']): string {
  if (origin.type === 'version') return `from schema ${origin.number}`;
  return origin.type === 'artifact' ? 'from a run' : `from ${origin.name}`;
}

type CompareProps = { readonly node: SchemaNode; readonly versions: readonly SchemaVersion[] };

function CompareVersions({ node, versions }: CompareProps) {
  const [newest = 1, second = 1] = versions.map(({ number }) => number);
  const [from, setFrom] = useState(second);
  const [to, setTo] = useState(newest);
  const before = useVersionText(node, from);
  const after = useVersionText(node, to);
  const options = versions.map(({ number }) => ({ value: String(number), label: String(number) }));
  const pair = useMemo(
    () =>
      before.data === undefined || after.data === undefined
        ? undefined
        : { before: parseSchemaText(before.data.text), after: parseSchemaText(after.data.text) },
    [before.data, after.data],
  );
  return (
    <section className="pt-3">
      <h3 className="flex items-center gap-2 pb-2 font-semibold">
        Compare
        <Select
          label="schema"
          value={String(from)}
          options={options}
          onChange={(value) => {
            setFrom(Number(value));
          }}
        />
        <Select
          label="with"
          value={String(to)}
          options={options}
          onChange={(value) => {
            setTo(Number(value));
          }}
        />
      </h3>
      {pair !== undefined && <SchemaDiff before={pair.before} after={pair.after} />}
      {(before.error ?? after.error) !== null && <ErrorPanel error={toShownError(before.error ?? after.error)} />}
    </section>
  );
}

function useVersionText(node: SchemaNode, number: number) {
  const trpc = useTRPC();
  // A version never changes.
  return useQuery(trpc.schemas.text.queryOptions({ ...node, number }, { staleTime: Infinity }));
}
