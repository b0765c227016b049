'use client';

import { Database, Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

import { Button } from '../../ui/button';
import { Select } from '../../ui/select';

/** Props of {@link RowsToolbar}. */
export type RowsToolbarProps = {
  readonly splits: readonly string[];
  /** The chosen split; undefined for all of them. */
  readonly split: string | undefined;
  readonly onSplit: (split: string | undefined) => void;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  /** How many rows there are: `4,091 of 10,027 rows`. */
  readonly count: ReactNode;
  readonly isSql: boolean;
  readonly onSql: () => void;
  /** At the right. */
  readonly children: ReactNode;
};

/** A search is asked for when nothing was typed for so long, in ms. */
const TYPED_MS = 300;
const ALL = '';

/** What stands above the rows. */
export function RowsToolbar(props: RowsToolbarProps) {
  const { splits, split, onSplit, search, onSearch, count, isSql, onSql, children } = props;
  return (
    <div
      role="group"
      aria-label="Rows shown"
      className="flex flex-none flex-wrap items-center gap-2 border-b px-4 py-2 tablet:px-5"
    >
      {!isSql && (
        <>
          {splits.length > 1 && (
            <Select
              label="split"
              value={split ?? ALL}
              options={[{ value: ALL, label: 'all' }, ...splits.map((value) => ({ value, label: value }))]}
              onChange={(value) => {
                onSplit(value === ALL ? undefined : value);
              }}
            />
          )}
          <SearchBox key={search} search={search} onSearch={onSearch} />
          <span role="status" className="text-12 text-text-3">
            {count}
          </span>
        </>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {!isSql && children}
        <Button aria-pressed={isSql} look={isSql ? 'ink' : 'plain'} onClick={onSql}>
          <Database size={14} aria-hidden="true" />
          SQL
        </Button>
      </span>
    </div>
  );
}

function SearchBox({ search, onSearch }: Pick<RowsToolbarProps, 'search' | 'onSearch'>) {
  const id = useId();
  const [text, setText] = useState(search);
  const input = useRef<HTMLInputElement>(null);
  const tell = useRef(onSearch);
  useEffect(() => {
    tell.current = onSearch;
  });
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => {
      tell.current(text.trim());
    }, TYPED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text, search]);
  return (
    <span className="relative inline-flex items-center">
      <Search size={14} aria-hidden="true" className="pointer-events-none absolute left-2 text-text-3" />
      <label htmlFor={id} className="sr-only">
        Search all features
      </label>
      <input
        ref={input}
        id={id}
        type="search"
        dir="auto"
        value={text}
        placeholder="Search all features"
        autoComplete="off"
        maxLength={1_000}
        onChange={(event) => {
          setText(event.target.value);
        }}
        className="h-7 w-52 rounded-control border border-border-strong bg-surface pr-2 pl-7 text-12 max-tablet:h-11"
      />
    </span>
  );
}
