'use client';

import { OctagonX, X } from 'lucide-react';
import { Toast as RadixToast } from 'radix-ui';
import { useStore } from 'zustand';

import { Button } from './button';
import { toastStore } from './toast';

const SHOWN_MS = 6_000;

/**
 * Where messages of `showToast` appear: the lower right corner, read out by screen readers; F8 moves the focus there.
 * Nothing is in the page while there is no message.
 */
export function Toaster() {
  const toasts = useStore(toastStore, (state) => state.toasts);
  const dismiss = useStore(toastStore, (state) => state.dismiss);
  if (toasts.length === 0) return null;
  return (
    <RadixToast.Provider duration={SHOWN_MS} label="Message">
      {toasts.map(({ id, title, tone, action }) => (
        <RadixToast.Root
          key={id}
          onOpenChange={(open) => {
            if (!open) dismiss(id);
          }}
          className="flex items-center gap-2 rounded-card border border-border bg-raised py-2 pr-1.5 pl-3 text-12 text-text shadow-floating"
        >
          {tone === 'failed' && <OctagonX size={14} className="text-st-failed" aria-hidden="true" />}
          <RadixToast.Title className="min-w-0 flex-1 break-words">{title}</RadixToast.Title>
          {action !== undefined && (
            <RadixToast.Action asChild altText={action.label}>
              <Button size="small" onClick={action.onSelect}>
                {action.label}
              </Button>
            </RadixToast.Action>
          )}
          <RadixToast.Close
            aria-label="Dismiss"
            className="grid size-6 flex-none place-content-center rounded-control text-text-3 hover:bg-hover"
          >
            <X size={14} aria-hidden="true" />
          </RadixToast.Close>
        </RadixToast.Root>
      ))}
      <RadixToast.Viewport className="fixed right-4 bottom-4 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2 outline-none" />
    </RadixToast.Provider>
  );
}
