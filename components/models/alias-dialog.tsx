'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';

import { USUAL_ALIASES, zAlias, type ModelVersion } from '../../lib/model/model';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/form/text-field';
import { showToast } from '../ui/toast';

/** What a person wants to do to an alias. */
export type AliasIntent = {
  readonly version: ModelVersion;
  /** Empty where it is still to be chosen. */
  readonly alias: string;
  readonly takeAway?: boolean;
};

/** Props of {@link AliasDialog}. */
export type AliasDialogProps = {
  readonly intent: AliasIntent;
  readonly versions: readonly ModelVersion[];
  readonly onClose: () => void;
};

/** Sets, moves or takes away an alias: says what that does before it is done, and asks why. */
export function AliasDialog({ intent, versions, onClose }: AliasDialogProps) {
  const { version, takeAway = false } = intent;
  const trpc = useTRPC();
  const client = useQueryClient();
  const id = useId();
  const [typed, setAlias] = useState(intent.alias);
  const [note, setNote] = useState('');
  const alias = typed.trim();
  const holder = versions.find(({ aliases }) => aliases.includes(alias));
  const refusal = alias === '' ? undefined : zAlias.safeParse(alias).error?.issues[0]?.message;
  const set = useMutation(
    trpc.models.setAlias.mutationOptions({
      onSuccess: () => {
        showToast(takeAway ? `${alias} points to no version any more.` : `v${version.number} is ${alias}.`);
        onClose();
      },
      onSettled: () => client.invalidateQueries({ queryKey: trpc.models.pathKey() }),
    }),
  );
  const verb = takeAway ? 'Take away' : holder === undefined ? 'Set' : 'Move';
  const isReady = alias !== '' && refusal === undefined && (takeAway || holder?.id !== version.id);
  return (
    <Dialog
      title={takeAway ? `Take ${alias} away from v${version.number}` : `Name v${version.number}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="ink"
            disabled={!isReady}
            busy={set.isPending}
            onClick={() => {
              set.mutate({
                modelId: version.modelId,
                alias,
                versionId: takeAway ? null : version.id,
                seenAt: holder?.number ?? null,
                note: note.trim(),
              });
            }}
          >
            {set.isPending ? 'Saving' : `${verb} ${alias}`.trim()}
          </Button>
        </>
      }
    >
      {!takeAway && (
        <>
          <label htmlFor={`${id}-alias`} className="block pb-1 text-12 font-medium">
            Alias
          </label>
          <TextField
            id={`${id}-alias`}
            hasFocus
            value={typed}
            placeholder="champion"
            describedBy={`${id}-words`}
            isInvalid={refusal !== undefined}
            onChange={setAlias}
          />
          <ul aria-label="Aliases to choose from" className="flex flex-wrap gap-1 pt-1.5">
            {choicesOf(versions).map(({ name, words }) => (
              <li key={name}>
                <button
                  type="button"
                  aria-pressed={name === alias}
                  onClick={() => {
                    setAlias(name);
                  }}
                  className="inline-flex h-6 max-w-full items-center gap-1 rounded-chip border border-border px-1.5 text-11 font-medium hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent max-tablet:h-11"
                >
                  <span className="truncate">{name}</span>
                  <span className="flex-none font-normal text-text-3">{words}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p id={`${id}-words`} className={`py-2 text-12 ${refusal === undefined ? 'text-text-2' : 'text-st-failed'}`}>
        {refusal === undefined ? consequence({ alias, holder, version, takeAway }) : `${sentence(refusal)}.`}
      </p>
      <label htmlFor={`${id}-note`} className="block pb-1 text-12 font-medium">
        Why
      </label>
      <TextField
        id={`${id}-note`}
        rows={2}
        value={note}
        placeholder="Kept in the history"
        onChange={(text) => {
          setNote(text.slice(0, LONGEST_NOTE));
        }}
      />
      {set.error !== null && (
        <div className="pt-3">
          <ErrorPanel error={toShownError(set.error)} />
        </div>
      )}
    </Dialog>
  );
}

/** Characters of a note. */
const LONGEST_NOTE = 500;

/** The usual names first, then those that versions have. */
function choicesOf(versions: readonly ModelVersion[]) {
  const holders = new Map(versions.flatMap(({ aliases, number }) => aliases.map((alias) => [alias, number])));
  return [...new Set<string>([...USUAL_ALIASES, ...holders.keys()])].map((name) => {
    const number = holders.get(name);
    return { name, words: number === undefined ? 'not set' : `now v${number}` };
  });
}

type Consequence = {
  readonly alias: string;
  readonly holder: ModelVersion | undefined;
  readonly version: ModelVersion;
  readonly takeAway: boolean;
};

function consequence({ alias, holder, version, takeAway }: Consequence): string {
  if (takeAway)
    return `Nothing is called ${alias} afterwards. The version and its files stay; the history keeps the change.`;
  if (alias === '') return 'Choose champion or challenger, or type a name of your own.';
  if (holder === undefined) return `v${version.number} becomes ${alias}. "models predict" then takes it by that name.`;
  if (holder.id === version.id) return `v${version.number} is ${alias} already.`;
  return `${alias} moves from v${holder.number} to v${version.number}. Nothing is deleted; v${holder.number} can have it back.`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
