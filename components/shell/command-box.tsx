'use client';

import { Command } from 'cmdk';
import type { LucideIcon } from 'lucide-react';

import { Kbd } from '../ui/kbd';
import { useModal } from '../ui/use-modal';

/** Something that can be done or visited. */
export type CommandItem = {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  /** At the right: `Complete`, `run`. */
  readonly note?: string | undefined;
  readonly shortcut?: string | undefined;
  /** Why it cannot be done now; it is listed all the same. */
  readonly disabledReason?: string | undefined;
  readonly onSelect: () => void;
};

/** Items under a heading. */
export type CommandGroup = { readonly heading: string; readonly items: readonly CommandItem[] };

/** Props of {@link CommandBox}. */
export type CommandBoxProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly groups: readonly CommandGroup[];
  readonly onClose: () => void;
  /** With it, the owner filters: `groups` are what was found for the query. */
  readonly onQuery?: ((query: string) => void) | undefined;
  /** Under the list. */
  readonly hint?: string | undefined;
};

/** A search box over everything, with what was found under it. Enter takes the marked line; Escape closes. */
export function CommandBox({ label, placeholder, groups, onClose, onQuery, hint }: CommandBoxProps) {
  const modal = useModal(onClose);
  return (
    <dialog
      {...modal}
      aria-label={label}
      onPointerDown={(event) => {
        // Only the backdrop belongs to the dialog itself.
        if (event.target === event.currentTarget) onClose();
      }}
      className="mx-auto mt-[12vh] mb-auto w-[560px] max-w-[calc(100vw-32px)] overflow-hidden rounded-card border border-border bg-raised p-0 text-text shadow-floating backdrop:bg-scrim"
    >
      <Command label={label} loop {...(onQuery !== undefined && { shouldFilter: false })}>
        <Command.Input
          autoFocus
          placeholder={placeholder}
          {...(onQuery !== undefined && { onValueChange: onQuery })}
          className="h-11 w-full border-b bg-transparent px-4 text-15 outline-none placeholder:text-text-3"
        />
        <Command.List className="max-h-[min(440px,60vh)] overflow-y-auto p-1 pb-2">
          <Command.Empty className="px-3 py-3 text-12 text-text-2">Nothing has these words.</Command.Empty>
          {groups
            .filter(({ items }) => items.length > 0)
            .map(({ heading, items }) => (
              <Command.Group
                key={heading}
                heading={heading}
                className="**:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-0.5 **:[[cmdk-group-heading]]:text-11 **:[[cmdk-group-heading]]:text-text-3"
              >
                {items.map((item) => (
                  <Line key={item.id} item={item} onClose={onClose} />
                ))}
              </Command.Group>
            ))}
        </Command.List>
        {hint !== undefined && <p className="border-t px-4 py-1.5 text-11 text-text-3">{hint}</p>}
      </Command>
    </dialog>
  );
}

function Line({ item, onClose }: { readonly item: CommandItem; readonly onClose: () => void }) {
  const { id, label, icon: Icon, note, shortcut, disabledReason, onSelect } = item;
  const isDisabled = disabledReason !== undefined;
  return (
    <Command.Item
      value={`${label} ${id}`}
      aria-disabled={isDisabled}
      onSelect={() => {
        if (isDisabled) return;
        onClose();
        onSelect();
      }}
      className="flex min-h-8 items-center gap-2.5 rounded-control px-3 py-1 text-13 data-[selected=true]:bg-hover max-tablet:min-h-11"
    >
      {Icon !== undefined && <Icon size={14} strokeWidth={1.75} aria-hidden="true" className="text-text-3" />}
      <span className="min-w-0 flex-1">
        <span dir="auto" title={label} className={`block truncate ${isDisabled ? 'text-text-3' : ''}`}>
          {label}
        </span>
        {isDisabled && <span className="block truncate text-11 text-text-3">{disabledReason}</span>}
      </span>
      {note !== undefined && <span className="max-w-40 truncate text-12 text-text-3">{note}</span>}
      {shortcut !== undefined && <Kbd keys={shortcut} />}
    </Command.Item>
  );
}
