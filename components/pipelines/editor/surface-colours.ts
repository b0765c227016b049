/** The design tokens as colours that a drawing surface understands, for the theme that is shown. */

import type { StatusMark } from '../../../lib/run/derive-statuses';

/** Tokens by name: `surface`, `ar-examples`. A wire's colour is mixed with the ground as on the page. */
export type SurfaceColours = {
  readonly token: (name: string) => string;
  /** A token mixed with the ground, `share` from 0 to 1. */
  readonly mixed: (name: string, share: number) => string;
};

/** Reads colours lazily from an element's computed styles; they hold until the theme changes. */
export function readColours(element: HTMLElement): SurfaceColours {
  const known = new Map<string, string>();
  const resolve = (colour: string) => {
    const found = known.get(colour);
    if (found !== undefined) return found;
    // A custom property is text; only as a colour of something does it become one.
    const probe = document.createElement('span');
    probe.style.color = colour;
    element.append(probe);
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    known.set(colour, resolved);
    return resolved;
  };
  return {
    token: (name) => resolve(`var(--${name})`),
    mixed: (name, share) => resolve(`color-mix(in oklab, var(--${name}) ${Math.round(share * 100)}%, var(--ground))`),
  };
}

/** Calls back when the theme changes, until the returned function is called. */
export function onThemeChange(change: () => void): () => void {
  const observer = new MutationObserver(change);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', change);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', change);
  };
}

/** The token of a state's colour. */
export const MARK_TOKENS: Readonly<Record<StatusMark, string>> = {
  queued: 'st-queued',
  running: 'st-running',
  complete: 'st-complete',
  cached: 'st-reused',
  failed: 'st-failed',
  canceled: 'st-canceled',
  skipped: 'st-skipped',
  warning: 'st-warning',
  draft: 'n-400',
  invalid: 'st-failed',
  stale: 'st-warning',
};
