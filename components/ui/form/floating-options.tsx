'use client';

import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';

/** Props of {@link FloatingOptions}. */
export type FloatingOptionsProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What it hangs at. */
  readonly anchor: ReactNode;
  readonly label: string;
  /** True where the focus goes inside; else it stays in the field. */
  readonly takesFocus: boolean;
  readonly children: ReactNode;
};

/** The pane of options under a field, at least as wide as the field. */
export function FloatingOptions({ isOpen, onClose, anchor, label, takesFocus, children }: FloatingOptionsProps) {
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Popover.Anchor asChild>{anchor}</Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          {...(!takesFocus && {
            onOpenAutoFocus: (event: Event) => {
              event.preventDefault();
            },
            onCloseAutoFocus: (event: Event) => {
              event.preventDefault();
            },
          })}
          className="w-[max(var(--radix-popover-trigger-width),256px)] max-w-[calc(100vw-16px)] rounded-card border border-border bg-raised p-1 text-text shadow-floating outline-none"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
