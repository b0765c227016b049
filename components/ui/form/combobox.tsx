'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useId, useState, type CSSProperties, type KeyboardEvent } from 'react';

import { controlAria, controlLook, type ControlProps } from './control';
import { FloatingOptions } from './floating-options';
import { moveActive, OptionList, optionId, searchOptions, type Option } from './option-list';

/** Props of {@link Combobox}. */
export type ComboboxProps = ControlProps<string> & {
  readonly options: readonly Option[];
  /** Names the list. */
  readonly label: string;
  readonly placeholder?: string | undefined;
  /** Said in place of an empty list. */
  readonly emptyText: string;
  /** Under the options: where they come from. */
  readonly note?: string | undefined;
};

/** Text with suggestions to search in. Any text is taken: what is not suggested may still be right. */
export function Combobox(props: ComboboxProps) {
  const { id, value, onChange, onDone, options, label, placeholder, emptyText, note } = props;
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  // Undefined until the person types: then the list is searched by their text.
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(-1);
  const found = searchOptions(options, typed ?? '');
  const detail = options.find((option) => option.value === value)?.detail;

  const open = () => {
    if (isOpen) return;
    setOpen(true);
    setActive(options.findIndex((option) => option.value === value));
  };
  const close = () => {
    setOpen(false);
    setTyped(undefined);
    setActive(-1);
  };
  const take = (next: string) => {
    if (next !== value) onChange(next);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveActive(event.key, active, found.length);
    if (next !== undefined) {
      event.preventDefault();
      if (isOpen) setActive(next);
      else open();
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      take(found[active]?.value ?? typed ?? value);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  const field = (
    // In a narrow field the name counts more than its kind, which the list tells too.
    <span
      style={{ '--room': `calc(${detail?.length ?? 0}ch + 28px)` } as CSSProperties}
      className="@container relative block"
    >
      <input
        id={id}
        type="text"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? optionId(listId, active) : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={typed ?? value}
        title={detail === undefined ? undefined : `${value}, ${detail}`}
        placeholder={placeholder}
        onChange={(event) => {
          setOpen(true);
          setTyped(event.target.value);
          setActive(event.target.value === '' ? -1 : 0);
        }}
        onClick={(event) => {
          // What is typed next searches; it does not lengthen what is there.
          if (!isOpen) event.currentTarget.select();
          open();
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (typed !== undefined && typed !== value) onChange(typed);
          close();
          onDone?.();
        }}
        {...controlAria(props)}
        className={`${controlLook({ room: 'arrow' })} truncate ${detail === undefined ? '' : '@min-[176px]:pr-(--room)'}`}
      />
      <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center gap-1 text-11 text-text-3">
        {typed === undefined && detail !== undefined && <span className="hidden @min-[176px]:inline">{detail}</span>}
        <ChevronsUpDown size={12} aria-hidden="true" />
      </span>
    </span>
  );
  return (
    <FloatingOptions isOpen={isOpen} onClose={close} anchor={field} label={label} takesFocus={false}>
      {found.length === 0 ? (
        <p className="px-2 py-1.5 text-12 text-text-3">
          {options.length === 0 ? emptyText : 'Nothing has this in its name. Enter takes the text as it is.'}
        </p>
      ) : (
        <OptionList
          id={listId}
          label={label}
          options={found}
          active={active}
          isMulti={false}
          isChosen={(each) => each === value}
          onPick={take}
          onPoint={setActive}
        />
      )}
      {note !== undefined && <p className="border-t px-2 pt-1.5 pb-0.5 text-11 break-words text-text-3">{note}</p>}
    </FloatingOptions>
  );
}
