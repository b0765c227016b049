/**
 * The editor's state, one store per open editor: the document with its history, and what the person looks at. The document
 * changes through `change` alone, which takes a command of `lib/pipeline/commands`; everything else is view and not undone.
 */

import { createStore, type StoreApi } from 'zustand';

import type { CanvasPoint } from '../../../lib/pipeline/commands';
import { currentDocument, endBurst, openHistory, record, travel, type History } from '../../../lib/pipeline/history';
import type { NodeId, Pipeline, PortRef } from '../../../lib/pipeline/pipeline';

/** The panes of the drawer under the canvas. */
export type DrawerTab = 'problems' | 'plan' | 'history' | 'outline';

/** A search for a component that is open on the canvas. */
export type QuickAdd = {
  /** Where the new card goes, in pixels of the canvas at zoom 1. */
  readonly at: CanvasPoint;
  /** The port whose wire was let go on empty ground: only what can take it is offered, and it is wired on choice. */
  readonly from?: (PortRef & { readonly side: 'input' | 'output' }) | undefined;
};

/** What the canvas does for others; it registers itself while it is drawn. Points are in pixels of the canvas at zoom 1. */
export type CanvasView = {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  /** Shows all of these nodes, by default all there are. */
  readonly fit: (nodes?: readonly NodeId[]) => void;
  /** Brings a node into view and gives its card the focus. */
  readonly reveal: (node: NodeId) => void;
  /** Begins to draw a wire from a node with the keyboard. */
  readonly startWire: (node: NodeId) => void;
  /** The middle of what is shown. */
  readonly centre: () => CanvasPoint;
  /** Where the pointer is, or undefined while it is not above the canvas. */
  readonly pointer: () => CanvasPoint | undefined;
  /** Size of a node's card as it is drawn, in pixels at zoom 1. */
  readonly sizeOf: (node: NodeId) => { readonly width: number; readonly height: number };
  /** Where a point of the canvas is in the window, in pixels of the screen. */
  readonly toWindow: (point: CanvasPoint) => CanvasPoint;
};

/** How a change enters the history. */
export type ChangeOptions = {
  /** What was done: `Add StatisticsGen`. Sentence case, no full stop. */
  readonly label: string;
  /** Changes that follow one another with the same burst are one entry of the history. */
  readonly burst?: string | undefined;
};

/** See the module. */
export type EditorState = {
  readonly history: History;
  /** The document as it stands. */
  readonly document: Pipeline;
  readonly selectedNodes: ReadonlySet<NodeId>;
  /** Wires by `wireKey`. */
  readonly selectedWires: ReadonlySet<string>;
  readonly quickAdd: QuickAdd | undefined;
  /** The open pane of the drawer; undefined when it is closed. */
  readonly drawer: DrawerTab | undefined;
  /** Read out to those who do not see the canvas. */
  readonly announcement: string;
  readonly canvasView: CanvasView | undefined;

  /** Applies a command. The same document back means nothing was done, and nothing is recorded. */
  readonly change: (options: ChangeOptions, command: (document: Pipeline) => Pipeline) => void;
  /** Ends a burst of changes, for example when a field loses the focus or a drag ends. */
  readonly endBurst: (beginsWith?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Goes to an entry of the history. */
  readonly travel: (index: number) => void;
  /** Takes a document from elsewhere (another tab, a version); what was there before stays in the history. */
  readonly load: (label: string, document: Pipeline) => void;
  readonly select: (nodes: Iterable<NodeId>, wires?: Iterable<string>) => void;
  readonly openQuickAdd: (quickAdd: QuickAdd | undefined) => void;
  readonly openDrawer: (tab: DrawerTab | undefined) => void;
  readonly announce: (sentence: string) => void;
  /** Called by the canvas when it is drawn, and with undefined when it goes. */
  readonly registerCanvasView: (view: CanvasView | undefined) => void;
};

/** A store as `useStore` takes it. */
export type EditorStore = StoreApi<EditorState>;

/** Opens a store on a document. `now` gives ms since 1970. */
export function createEditorStore(document: Pipeline, now: () => number): EditorStore {
  return createStore<EditorState>()((set, get) => {
    const show = (history: History, announcement?: string) => {
      const shown = currentDocument(history);
      const { selectedNodes } = get();
      const kept = [...selectedNodes].filter((id) => Object.hasOwn(shown.nodes, id));
      set({
        history,
        document: shown,
        ...(kept.length < selectedNodes.size && { selectedNodes: new Set(kept) }),
        ...(announcement !== undefined && { announcement }),
      });
    };
    const step = (by: -1 | 1) => {
      const { history } = get();
      const next = travel(history, history.index + by);
      if (next === history) return;
      const label = (by < 0 ? history : next).entries[Math.max(history.index, next.index)]?.label ?? '';
      show(next, `${by < 0 ? 'Undone' : 'Redone'}: ${label}`);
    };
    return {
      history: openHistory(document, now()),
      document,
      selectedNodes: new Set(),
      selectedWires: new Set(),
      quickAdd: undefined,
      drawer: undefined,
      announcement: '',
      canvasView: undefined,
      change: ({ label, burst }, command) => {
        const before = get().history;
        const after = command(currentDocument(before));
        const next = record(before, { label, burst, atMs: now(), document: after });
        if (next !== before) show(next, label);
      },
      endBurst: (beginsWith) => {
        set({ history: endBurst(get().history, beginsWith) });
      },
      undo: () => {
        step(-1);
      },
      redo: () => {
        step(1);
      },
      travel: (index) => {
        const next = travel(get().history, index);
        show(next, `Back at: ${next.entries[next.index]?.label ?? ''}`);
      },
      load: (label, loaded) => {
        show(record(get().history, { label, atMs: now(), document: loaded }), label);
      },
      select: (nodes, wires = []) => {
        set({ selectedNodes: new Set(nodes), selectedWires: new Set(wires) });
      },
      openQuickAdd: (quickAdd) => {
        set({ quickAdd });
      },
      openDrawer: (drawer) => {
        set({ drawer });
      },
      announce: (announcement) => {
        set({ announcement });
      },
      registerCanvasView: (canvasView) => {
        set({ canvasView });
      },
    };
  });
}
