'use client';

/**
 * Menus as data: the same entries hang under a button or open where somebody pressed. They never lock the page's scroll:
 * the lock would add a style element, which the content security policy refuses.
 */

import { cva } from 'class-variance-authority';
import type { LucideIcon } from 'lucide-react';
import { ContextMenu as RadixContextMenu, DropdownMenu as RadixMenu } from 'radix-ui';
import { useState, type ComponentProps, type ElementType, type ReactNode } from 'react';

import { Kbd } from './kbd';

/** One line of a menu. */
export type MenuEntry =
  | {
      readonly type: 'item';
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      /** Keys that do the same: `Mod+D`. */
      readonly shortcut?: string | undefined;
      /** Why it cannot be done now, as a sentence; undefined when it can. It stays in the menu, and says so. */
      readonly disabledReason?: string | undefined;
      readonly danger?: boolean | undefined;
      readonly onSelect: () => void;
    }
  | { readonly type: 'separator'; readonly id: string }
  | { readonly type: 'heading'; readonly id: string; readonly label: string };

/** Where floating things look alike. */
const FLOATING =
  'max-h-[min(480px,var(--radix-dropdown-menu-content-available-height,90vh))] max-w-80 min-w-44 overflow-y-auto rounded-card border border-border bg-raised p-1 text-12 text-text shadow-floating outline-none';

const item = cva(
  'flex min-h-7 items-center gap-2 rounded-control px-2 py-1 outline-none select-none data-highlighted:bg-hover max-tablet:min-h-11',
  {
    variants: {
      tone: { normal: '', danger: 'text-st-failed', disabled: 'text-text-3' },
    },
  },
);

/** Props of {@link Menu}. */
export type MenuProps = {
  /** The button that opens it: one element that takes a ref. */
  readonly trigger: ReactNode;
  /** Asked each time it opens. */
  readonly entries: () => readonly MenuEntry[];
  readonly align?: 'start' | 'end';
};

/** A menu under a button. */
export function Menu({ trigger, entries, align = 'start' }: MenuProps) {
  return (
    <RadixMenu.Root modal={false}>
      <RadixMenu.Trigger asChild>{trigger}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content align={align} sideOffset={4} collisionPadding={8} className={FLOATING}>
          <Entries entries={entries} parts={RadixMenu} />
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

/** Props of {@link ContextMenu}. */
export type ContextMenuProps = {
  /** What is pressed on: one element that takes a ref. */
  readonly children: ReactNode;
  /** Asked each time it opens. */
  readonly entries: () => readonly MenuEntry[];
  /** Called when it closes, after what was chosen was done. */
  readonly onClose?: (() => void) | undefined;
};

/** A menu where somebody pressed: right button, long press, or the menu key. */
export function ContextMenu({ children, entries, onClose }: ContextMenuProps) {
  return (
    <RadixContextMenu.Root
      modal={false}
      onOpenChange={(open) => {
        if (!open) onClose?.();
      }}
    >
      <RadixContextMenu.Trigger asChild>{children}</RadixContextMenu.Trigger>
      <RadixContextMenu.Portal>
        <RadixContextMenu.Content collisionPadding={8} className={FLOATING}>
          <Entries entries={entries} parts={RadixContextMenu} />
        </RadixContextMenu.Content>
      </RadixContextMenu.Portal>
    </RadixContextMenu.Root>
  );
}

type Parts = {
  readonly Item: ElementType<ComponentProps<typeof RadixMenu.Item>>;
  readonly Separator: ElementType<ComponentProps<typeof RadixMenu.Separator>>;
  readonly Label: ElementType<ComponentProps<typeof RadixMenu.Label>>;
};

function Entries({ entries, parts: { Item, Separator, Label } }: { entries: MenuProps['entries']; parts: Parts }) {
  // What can be done is settled when the menu opens; it does not change under the pointer.
  const [shown] = useState(entries);
  return shown.map((entry) => {
    if (entry.type === 'separator') return <Separator key={entry.id} className="-mx-1 my-1 h-px bg-border-subtle" />;
    if (entry.type === 'heading')
      return (
        <Label key={entry.id} className="px-2 pt-1.5 pb-0.5 text-11 text-text-3">
          {entry.label}
        </Label>
      );
    const { id, label, icon: Icon, shortcut, disabledReason, danger = false, onSelect } = entry;
    const isDisabled = disabledReason !== undefined;
    return (
      <Item
        key={id}
        // Not `disabled`: that would hide the reason from the keyboard.
        aria-disabled={isDisabled}
        onSelect={(event) => {
          if (isDisabled) event.preventDefault();
          else onSelect();
        }}
        className={item({ tone: isDisabled ? 'disabled' : danger ? 'danger' : 'normal' })}
      >
        {Icon !== undefined && <Icon size={14} strokeWidth={1.75} aria-hidden="true" />}
        <span className="min-w-0 flex-1">
          <span className="block truncate" dir="auto">
            {label}
          </span>
          {isDisabled && <span className="block text-11 text-text-3">{disabledReason}</span>}
        </span>
        {shortcut !== undefined && <Kbd keys={shortcut} />}
      </Item>
    );
  });
}
