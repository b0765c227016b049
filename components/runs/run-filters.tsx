'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { RUN_FLAGS, type RunFlag } from '../../lib/run/run-filter';
import { stateWord } from '../../lib/run/run-words';
import { useTRPC } from '../trpc/client';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { StateSquare, type Mark } from '../ui/state-mark';
import type { RunListAddress, RunListChange } from './use-run-list-address';

/** Props of {@link RunFilters}. */
export type RunFiltersProps = {
  readonly address: RunListAddress;
  readonly onChange: (change: RunListChange) => void;
};

const ANY = 'any';
const ANYONE = 'anyone';
/** Pipelines and people change rarely. */
const STALE_MS = 30_000;
const SETTLED_MS = 150;
const FLAG_WORDS: Record<Exclude<RunFlag, 'warning' | 'reused'>, string> = {
  queued: stateWord('queued'),
  running: stateWord('running'),
  complete: stateWord('complete'),
  failed: stateWord('failed'),
  canceled: stateWord('canceled'),
};

/** Narrows the list: a text with flags, and the choices that have a name. */
export function RunFilters({ address, onChange }: RunFiltersProps) {
  const trpc = useTRPC();
  const pipelines = useQuery(trpc.pipelines.list.queryOptions(undefined, { staleTime: STALE_MS }));
  const starters = useQuery(trpc.runs.starters.queryOptions(undefined, { staleTime: STALE_MS }));
  const { flag, pipelineId, startedBy, text, unknown } = address;
  const isFiltered = Object.keys(address.filter).length > 0 || text !== '';
  const names = new Set([...(starters.data ?? []), ...(startedBy === undefined ? [] : [startedBy])]);
  return (
    <div className="flex min-h-11 flex-none flex-wrap items-center gap-2 border-b px-4 py-2 tablet:px-5">
      <FilterText text={text} onChange={onChange} />
      <Select
        label="pipeline"
        value={pipelineId ?? ANY}
        options={[
          { value: ANY, label: 'any' },
          ...(pipelines.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
          // A pipeline that is not known yet is still the choice.
          ...(pipelineId !== undefined && pipelines.data === undefined ? [{ value: pipelineId, label: '…' }] : []),
        ]}
        onChange={(value) => {
          onChange({ pipeline: value === ANY ? undefined : value });
        }}
      />
      <Select
        label="state"
        value={flag ?? ANY}
        options={[{ value: ANY, label: 'any' }, ...RUN_FLAGS.map((value) => ({ value, label: flagWords(value) }))]}
        onChange={(value) => {
          onChange({ flag: value === ANY ? undefined : value });
        }}
      />
      <Select
        label="started by"
        value={startedBy ?? ANYONE}
        options={[{ value: ANYONE, label: 'anyone' }, ...[...names].map((value) => ({ value, label: value }))]}
        onChange={(value) => {
          onChange({ startedBy: value === ANYONE ? undefined : value });
        }}
      />
      {isFiltered && (
        <Button
          look="quiet"
          onClick={() => {
            onChange({ text: undefined, flag: undefined, pipeline: undefined, startedBy: undefined });
          }}
        >
          Show all
        </Button>
      )}
      {unknown.length > 0 && (
        <span role="status" className="text-12 text-st-warning">
          Not a flag: {unknown.join(' ')}
        </span>
      )}
      <Legend />
    </div>
  );
}

type FilterTextProps = { readonly text: string; readonly onChange: (change: RunListChange) => void };

/** What is typed reaches the address once the hands rest. `/` comes here from anywhere on the page. */
function FilterText({ text, onChange }: FilterTextProps) {
  const [typed, setTyped] = useState(text);
  const said = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // The address changed by something else than this field: the back button, "Show all".
    if (text === said.current) return;
    said.current = text;
    setTyped(text);
  }, [text]);

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || target?.closest('input, select, textarea, dialog'))
        return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      clearTimeout(timer.current);
    };
  }, []);

  const type = (value: string) => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      said.current = value.trim();
      onChange({ text: value.trim() });
    }, SETTLED_MS);
  };
  return (
    <span className="relative inline-flex h-7 w-56 max-w-full items-center rounded-control border border-border bg-surface text-12 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent max-tablet:h-11 max-tablet:w-full">
      <Search size={14} aria-hidden="true" className="ml-2 text-text-3" />
      <input
        ref={input}
        type="search"
        aria-label="Filter the runs"
        aria-keyshortcuts="/"
        placeholder="is:failed pipeline:taxi 47"
        dir="auto"
        value={typed}
        onChange={(event) => {
          type(event.target.value);
        }}
        className="h-full min-w-0 flex-1 bg-transparent px-1.5 outline-none placeholder:text-text-3"
      />
    </span>
  );
}

const LEGEND: readonly (readonly [Mark, string])[] = [
  ['complete', 'complete'],
  ['cached', 'reused'],
  ['warning', 'warning'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['canceled', 'canceled'],
  ['running', 'running'],
  ['queued', 'queued'],
];

function Legend() {
  return (
    <p className="ml-auto hidden items-center gap-2.5 text-12 text-text-2 desktop:flex">
      {LEGEND.map(([mark, words]) => (
        <span key={mark} className="flex items-center gap-1">
          <svg width="10" height="10" aria-hidden="true">
            <StateSquare mark={mark} x={1} />
          </svg>
          {words}
        </span>
      ))}
    </p>
  );
}

function flagWords(flag: RunFlag): string {
  if (flag === 'warning') return 'With warnings';
  return flag === 'reused' ? 'All reused' : FLAG_WORDS[flag];
}
