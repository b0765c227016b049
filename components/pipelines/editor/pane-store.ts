/** Sizes of the panes around the canvas, remembered by the browser for all pipelines. */

import * as z from 'zod';
import { createStore } from 'zustand';

/** The panes that can be made wider, in pixels: width, for the drawer height. */
export const PANES = {
  palette: { least: 152, most: 360, usual: 192, label: 'Width of the palette' },
  inspector: { least: 232, most: 560, usual: 288, label: 'Width of the inspector' },
  drawer: { least: 96, most: 560, usual: 218, label: 'Height of the drawer' },
} as const;
/** One of {@link PANES}. */
export type Pane = keyof typeof PANES;

/** What is remembered. */
export type PaneState = {
  readonly sizes: Readonly<Record<Pane, number>>;
  readonly hidden: Readonly<Record<'palette' | 'inspector', boolean>>;
  /** The pane of the drawer that was open last; null when it was closed. */
  readonly drawerTab: string | null;
};

const KEY = 'sluice-editor-panes';
const USUAL: PaneState = {
  sizes: { palette: PANES.palette.usual, inspector: PANES.inspector.usual, drawer: PANES.drawer.usual },
  hidden: { palette: false, inspector: false },
  drawerTab: 'problems',
};

const size = (pane: Pane) => z.number().min(PANES[pane].least).max(PANES[pane].most);
const zPanes = z.object({
  sizes: z.object({ palette: size('palette'), inspector: size('inspector'), drawer: size('drawer') }),
  hidden: z.object({ palette: z.boolean(), inspector: z.boolean() }),
  drawerTab: z.string().nullable(),
});

/** The one store of this browser tab; every change is remembered. */
export const paneStore = createStore<PaneState>()(readPanes);

paneStore.subscribe((state) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // A browser that remembers nothing still shows the panes.
  }
});

/** Makes a pane as large as asked, within its bounds. */
export function resizePane(pane: Pane, pixels: number): void {
  const { least, most } = PANES[pane];
  const bounded = Math.round(Math.max(least, Math.min(most, pixels)));
  paneStore.setState(({ sizes }) => ({ sizes: { ...sizes, [pane]: bounded } }));
}

/** Hides a pane, or shows it again. */
export function togglePane(pane: 'palette' | 'inspector'): void {
  paneStore.setState(({ hidden }) => ({ hidden: { ...hidden, [pane]: !hidden[pane] } }));
}

function readPanes(): PaneState {
  try {
    const parsed = zPanes.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.data : USUAL;
  } catch {
    return USUAL;
  }
}
