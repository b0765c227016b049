'use client';

import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { filterByWords } from '../../lib/text/filter-words';
import { Kbd } from '../ui/kbd';
import { CommandBox, type CommandGroup } from './command-box';
import { useStudioCommands } from './use-studio-commands';

/** "Search or run" in the sidebar, and Ctrl+K on every page. */
export function StudioSearch() {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      // Where it is not shown, another box answers to the same keys.
      if (button.current?.checkVisibility() !== true) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        onClick={() => {
          setOpen(true);
        }}
        className="hidden h-7 items-center gap-2 rounded-control px-2 text-12 text-text-3 hover:bg-hover tablet:flex desktop:border desktop:border-border desktop:bg-surface"
      >
        <Search size={14} aria-hidden="true" className="tablet:max-desktop:size-4" />
        <span className="flex-1 text-left tablet:max-desktop:sr-only">Search or run</span>
        <span aria-hidden="true" className="hidden desktop:inline">
          <Kbd keys="Mod+K" />
        </span>
      </button>
      {isOpen && (
        <StudioCommands
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function StudioCommands({ onClose }: { readonly onClose: () => void }) {
  const [query, setQuery] = useState('');
  const groups = useStudioCommands(query);
  return (
    <CommandBox
      label="Search or run"
      placeholder="Run 47, a pipeline, a page"
      groups={filterGroups(groups, query)}
      onQuery={setQuery}
      onClose={onClose}
    />
  );
}

/** What of the groups has the words of the query. */
export function filterGroups(groups: readonly CommandGroup[], query: string): readonly CommandGroup[] {
  const words = query.replaceAll('#', '');
  return groups.map(({ heading, items }) => ({
    heading,
    items: filterByWords(items, words, ({ label }) => label),
  }));
}
