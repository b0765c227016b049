'use client';

import { useEffect } from 'react';

import type { ActionContext, EditorAction } from './actions/action';
import { copiedText, pasteText, removeCut } from './actions/copy-paste';
import { EDITOR_ACTIONS } from './actions/index';

/** Clipboard keys come as events of the clipboard, which need no permission. */
const BY_EVENT = new Set(['copy', 'cut', 'paste']);

/** Keys of all actions, while nothing that is typed into or that lies above the editor has the focus. */
export function useShortcuts(context: ActionContext): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !isFree(event.target, event)) return;
      const action = actionFor(event);
      if (action === undefined || BY_EVENT.has(action.id)) return;
      event.preventDefault();
      const reason = action.disabledReason?.(context);
      if (reason === undefined) action.perform(context);
      else context.store.getState().announce(`${action.label}: ${reason}`);
    };
    const onCopy = (event: ClipboardEvent) => {
      const text = canCopy(event) ? copiedText(context) : undefined;
      if (text === undefined) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      if (event.type === 'cut') removeCut(context);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isFree(event.target)) return;
      event.preventDefault();
      pasteText(context, event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [context]);
}

/** Words that somebody marked on the page are copied as such. */
function canCopy(event: ClipboardEvent): boolean {
  return isFree(event.target) && document.getSelection()?.isCollapsed !== false;
}

/** Text that is being written, menus and dialogs keep their keys; buttons keep Space and Enter. */
function isFree(target: EventTarget | null, event?: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return true;
  if (
    target.closest('input, textarea, select, [contenteditable="true"], dialog, [role="menu"], [role="listbox"]') !==
    null
  )
    return event !== undefined && isGlobal(event) && target.closest('dialog, [role="menu"]') === null;
  const isButton = target.closest('button, a[href], [role="tab"], [role="separator"], [role="treeitem"]') !== null;
  const isPress =
    event !== undefined && (event.key === ' ' || event.key === 'Enter') && !event.ctrlKey && !event.metaKey;
  return !(isButton && isPress);
}

/** Keys that mean the same while a field has the focus. */
function isGlobal({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && ['k', 'f', 's', 'Enter'].includes(key);
}

function actionFor(event: KeyboardEvent): EditorAction | undefined {
  return EDITOR_ACTIONS.find(({ shortcuts }) => shortcuts?.some((shortcut) => isPressed(shortcut, event)) === true);
}

/** What of an event of the keyboard says which keys are down. */
export type PressedKeys = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** True when exactly this combination is pressed: `Mod+Shift+Z`, `/`, `Delete`. */
export function isPressed(shortcut: string, event: PressedKeys): boolean {
  const parts = shortcut.length === 1 ? [shortcut] : shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const has = (name: string) => parts.slice(0, -1).includes(name);
  if (has('Mod') !== (event.ctrlKey || event.metaKey) || has('Alt') !== event.altKey) return false;
  // The shift key is part of how some signs are typed.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && has('Shift') !== event.shiftKey) return false;
  if (/^[0-9]$/.test(key)) return event.code === `Digit${key}`;
  // With Option a Mac types signs: the place of the key counts then.
  if (has('Alt') && /^[A-Z]$/.test(key)) return event.code === `Key${key}`;
  return event.key.toLowerCase() === key.toLowerCase();
}
