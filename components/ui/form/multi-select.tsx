'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';

import { formatCount } from '../../../lib/format/number';
import { Button } from '../button';
import { controlAria, controlLook, type ControlProps } from './control';
import { FloatingOptions } from './floating-options';
import { moveActive, OptionList, optionId, searchOptions, type Option } from './option-list';

/** Props of {@link MultiSelect}. */
export type MultiSelectProps = ControlProps<readonly string[]> & {
  readonly options: readonly Option[];
  readonly label: string;
  /** Shown while nothing is chosen. */
  readonly placeholder: string;
  /** Said in place of an empty list. */
  readonly emptyText: string;
  readonly note?: string | undefined;
};

/** Several of many, to search in. Texts that are not suggested can be added too. */
export function MultiSelect(props: MultiSelectProps) {
  const { id, value, onChange, onDone, options, label, placeholder } = props;
  const [isOpen, setOpen] = useState(false);
  const summary =
    value.length === 0
      ? placeholder
      : options.length === 0
        ? formatCount(value.length)
        : `${formatCount(value.length)} of ${formatCount(options.length)}`;
  const field = (
    <button
      id={id}
      type="button"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={() => {
        setOpen(!isOpen);
      }}
      onBlur={() => {
        if (!isOpen) onDone?.();
      }}
      {...controlAria(props)}
      className={`${controlLook({ room: 'arrow' })} relative flex items-center gap-2 text-left`}
    >
      <span className={value.length === 0 ? 'truncate text-text-3' : 'whitespace-nowrap'}>{summary}</span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-text-3">
        {value.join(', ')}
      </span>
      <ChevronsUpDown size={12} aria-hidden="true" className="absolute right-2 text-text-3" />
    </button>
  );
  return (
    <FloatingOptions
      isOpen={isOpen}
      takesFocus
      onClose={() => {
        setOpen(false);
        onDone?.();
      }}
      anchor={field}
      label={label}
    >
      <Choosing {...props} value={value} onChange={onChange} />
    </FloatingOptions>
  );
}

function Choosing({ value, onChange, options, label, emptyText, note }: MultiSelectProps) {
  const listId = useId();
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(-1);
  const chosen = new Set(value);
  const suggested = new Set(options.map((option) => option.value));
  // What is chosen but not suggested comes first, so that it can be taken away.
  const all = [...value.filter((each) => !suggested.has(each)).map((each) => ({ value: each })), ...options];
  const found = searchOptions(all, search);
  const toggle = (each: string) => {
    onChange(chosen.has(each) ? value.filter((other) => other !== each) : [...value, each]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveActive(event.key, active, found.length);
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const picked = found[active]?.value ?? (search.trim() === '' ? undefined : search.trim());
      if (picked === undefined) return;
      toggle(picked);
      if (active < 0) setSearch('');
    }
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label={`Search in ${label}`}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? optionId(listId, active) : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={search}
        placeholder={options.length === 0 ? 'Type a name, then Enter' : 'Search'}
        onChange={(event) => {
          setSearch(event.target.value);
          setActive(searchOptions(all, event.target.value).length > 0 && event.target.value !== '' ? 0 : -1);
        }}
        onKeyDown={onKeyDown}
        className={`${controlLook()} mb-1`}
      />
      {found.length === 0 ? (
        <p className="px-2 py-1.5 text-12 text-text-3">
          {search === '' ? emptyText : 'Nothing has this in its name. Enter adds the text as it is.'}
        </p>
      ) : (
        <OptionList
          id={listId}
          label={label}
          options={found}
          active={active}
          isMulti
          isChosen={(each) => chosen.has(each)}
          onPick={toggle}
          onPoint={setActive}
        />
      )}
      <footer className="mt-1 flex items-center justify-between gap-2 border-t px-1 pt-1 text-11 text-text-3">
        <span className="min-w-0 break-words">{note ?? `${value.length} chosen`}</span>
        <span className="flex flex-none">
          {found.length > 0 && found.length < 5_000 && (
            <Button
              look="quiet"
              size="small"
              onClick={() => {
                onChange([...new Set([...value, ...found.map((option) => option.value)])]);
              }}
            >
              All
            </Button>
          )}
          <Button
            look="quiet"
            size="small"
            onClick={() => {
              onChange([]);
            }}
          >
            None
          </Button>
        </span>
      </footer>
    </>
  );
}
