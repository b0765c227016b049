'use client';

import { Download, History, Plus, Search, Settings2, Upload } from 'lucide-react';
import { useId, useState } from 'react';

import type { SchemaHistory, SchemaOrigin } from '../../../lib/artifact/schema-version';
import { formatCount } from '../../../lib/format/number';
import { useAddress } from '../../shell/use-address';
import { Button } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { Select } from '../../ui/select';

/** Props of {@link SchemaToolbar}. */
export type SchemaToolbarProps = {
  readonly history: SchemaHistory;
  readonly origin: SchemaOrigin;
  readonly runNumber: number;
  readonly types: readonly string[];
  readonly counts: { readonly shown: number; readonly all: number };
  readonly onShow: (version: number | undefined) => void;
  readonly onVersions: () => void;
  readonly onImport: () => void;
  readonly onExport: () => void;
  readonly onDataset: () => void;
  readonly onAdd: (name: string) => void;
  readonly isTaken: (name: string) => boolean;
};

/** What is shown of which version, and what can be done with it. */
export function SchemaToolbar(props: SchemaToolbarProps) {
  const { history, origin, runNumber, types, counts, onShow } = props;
  const { params, replace } = useAddress();
  const searchId = useId();
  const shown = origin.type === 'version' ? String(origin.number) : 'run';
  const used = history.use.type === 'version' ? history.use.number : undefined;
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b px-4 py-2 tablet:px-5">
      <Select
        label="schema"
        value={shown}
        options={[
          { value: 'run', label: `of run ${runNumber}` },
          ...history.versions.map(({ number }) => ({
            value: String(number),
            label: number === used ? `${number}, in use` : String(number),
          })),
        ]}
        onChange={(value) => {
          onShow(value === 'run' ? undefined : Number(value));
        }}
      />
      {used !== undefined && shown !== String(used) && (
        <button
          type="button"
          onClick={() => {
            onShow(used);
          }}
          className="rounded-control text-12 text-accent hover:underline"
        >
          The next run reads schema {used}
        </button>
      )}
      <span className="relative ml-auto flex h-7 min-w-40 items-center max-tablet:h-11 max-tablet:w-full">
        <Search size={14} aria-hidden="true" className="absolute left-2 text-text-3" />
        <label htmlFor={searchId} className="sr-only">
          Filter features by name or value
        </label>
        <input
          id={searchId}
          type="search"
          dir="auto"
          value={params.get('search') ?? ''}
          placeholder={`Filter ${formatCount(counts.all)} features`}
          onChange={(event) => {
            replace({ search: event.target.value === '' ? undefined : event.target.value });
          }}
          className="h-full w-full rounded-control border border-border bg-surface pr-2 pl-7 text-12 placeholder:text-text-3"
        />
      </span>
      <Select
        label="type"
        value={params.get('type') ?? ''}
        options={[{ value: '', label: 'all' }, ...types.map((type) => ({ value: type, label: type }))]}
        onChange={(type) => {
          replace({ type: type === '' ? undefined : type });
        }}
      />
      <span role="status" className="text-12 text-text-3">
        {counts.shown === counts.all ? '' : `${formatCount(counts.shown)} of ${formatCount(counts.all)} shown`}
      </span>
      <Button onClick={props.onVersions}>
        <History size={14} aria-hidden="true" />
        Versions
        {history.versions.length > 0 && <span className="font-normal text-text-3">{history.versions.length}</span>}
      </Button>
      <Button onClick={props.onImport}>
        <Upload size={14} aria-hidden="true" />
        Import
      </Button>
      <Button onClick={props.onExport}>
        <Download size={14} aria-hidden="true" />
        Export
      </Button>
      <MoreMenu {...props} />
    </div>
  );
}

function MoreMenu({ onDataset, onAdd, isTaken }: SchemaToolbarProps) {
  const [isNaming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const id = useId();
  const taken = name !== '' && isTaken(name);
  if (isNaming)
    return (
      <form
        className="flex items-center gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (name === '' || taken) return;
          onAdd(name);
          setName('');
          setNaming(false);
        }}
      >
        <label htmlFor={id} className="sr-only">
          Name of the new feature
        </label>
        <input
          id={id}
          // The person has just asked for it.
          autoFocus
          dir="auto"
          value={name}
          placeholder="Name of the feature"
          aria-invalid={taken}
          onChange={(event) => {
            setName(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setNaming(false);
          }}
          className="h-7 w-44 rounded-control border border-border-strong bg-surface px-2 text-12 aria-invalid:border-st-failed"
        />
        <Button type="submit" disabled={name === '' || taken}>
          {taken ? 'Is there' : 'Add'}
        </Button>
      </form>
    );
  const entries: readonly MenuEntry[] = [
    {
      type: 'item',
      id: 'add',
      label: 'Add a feature',
      icon: Plus,
      onSelect: () => {
        setNaming(true);
      },
    },
    { type: 'item', id: 'dataset', label: 'Environments and the rest', icon: Settings2, onSelect: onDataset },
  ];
  return <Menu align="end" entries={() => entries} trigger={<Button aria-label="More of the schema">…</Button>} />;
}
