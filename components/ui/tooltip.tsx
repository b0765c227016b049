'use client';

import { Tooltip as RadixTooltip } from 'radix-ui';
import type { ReactNode } from 'react';

import { Kbd } from './kbd';

const DELAY_MS = 400;

/** Lets tooltips know of each other, so that the second one opens at once. Once, around everything. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <RadixTooltip.Provider delayDuration={DELAY_MS}>{children}</RadixTooltip.Provider>;
}

/** Props of {@link Tooltip}. */
export type TooltipProps = {
  /** Says more than the name of the element; never the only place where something is said. */
  readonly label: ReactNode;
  /** Keys that do the same: `Mod+Z`. */
  readonly shortcut?: string | undefined;
  /** What is pointed at: one element that takes a ref. */
  readonly children: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
};

/** A few words beside what the pointer rests on or the focus is at. */
export function Tooltip({ label, shortcut, children, side = 'bottom' }: TooltipProps) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="flex max-w-72 items-center gap-2 rounded-control border border-border bg-raised px-2 py-1 text-12 break-words text-text shadow-lifted"
        >
          {label}
          {shortcut !== undefined && <Kbd keys={shortcut} />}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}
