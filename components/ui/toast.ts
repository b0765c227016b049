/** Short messages about what was done, from anywhere in the page; `Toaster` shows them. */

import { createStore } from 'zustand';

/** A message. */
export type Toast = {
  readonly id: number;
  /** One sentence. */
  readonly title: string;
  readonly tone: 'plain' | 'failed';
  /** What can be done about it, in a word or two. */
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined;
};

type ToastState = { readonly toasts: readonly Toast[]; readonly dismiss: (id: number) => void };

/** More at once would hide the page. */
const MAX_TOASTS = 3;
let lastId = 0;

/** The messages that are shown. */
export const toastStore = createStore<ToastState>()((set) => ({
  toasts: [],
  dismiss: (id) => {
    set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
  },
}));

/** Shows a message for some seconds. What must be acted upon belongs into the page itself. */
export function showToast(
  title: string,
  { tone = 'plain', action }: Partial<Pick<Toast, 'tone' | 'action'>> = {},
): void {
  lastId++;
  const toast: Toast = { id: lastId, title, tone, action };
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-MAX_TOASTS) }));
}
