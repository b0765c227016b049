/**
 * What the canvas knows besides the document: where everything lies, what of it is in view, and what a hand or the keyboard
 * is doing just now. Nothing here is saved or undone.
 */

import { createStore, type StoreApi } from 'zustand';

import { COMPONENTS } from '../../../lib/catalog/index';
import type { WireEnd, WireJudge } from '../../../lib/pipeline/accept-wire';
import { inflate, touches, type Box } from '../../../lib/pipeline/box-index';
import type { CardPort } from '../../../lib/pipeline/card-geometry';
import type { CanvasPoint } from '../../../lib/pipeline/commands';
import type { Wire } from '../../../lib/pipeline/connect';
import type { Splice } from '../../../lib/pipeline/mend-wires';
import type { NodeId, Pipeline } from '../../../lib/pipeline/pipeline';
import { placeNodes } from '../../../lib/pipeline/place-nodes';
import { boxOfRoute, routeFreely, routeWires, type Route, type Routing } from '../../../lib/pipeline/route-wires';
import { EMPTY_SCENE, sceneOf, type Scene, type SceneWire } from '../../../lib/pipeline/scene';
import type { Guide } from '../../../lib/pipeline/snap';
import type { EditorStore } from './editor-store';

/** Where the canvas lies under the window: screen = canvas × zoom + (x, y). */
export type Viewport = { readonly x: number; readonly y: number; readonly zoom: number };

/** A wire that a node would go into. */
export type SpliceOffer = { readonly wire: SceneWire; readonly splice: Splice };

/** Cards on their way. */
export type Drag = {
  readonly ids: ReadonlySet<NodeId>;
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
};

/** What a loose end of a wire is over: a port or a node's body, and why it may not go there. */
export type Over = {
  readonly node: NodeId;
  readonly port?: CardPort | undefined;
  readonly reason?: string | undefined;
};

/** A wire with one loose end. */
export type Wiring = {
  readonly from: WireEnd;
  readonly judge: WireJudge;
  /** The wire that was taken off its port, if one was. */
  readonly detached: Wire | undefined;
  /** Where the loose end is. */
  readonly at: CanvasPoint;
  readonly over: Over | undefined;
};

/** A wire that is drawn with the keyboard: the port is chosen, then what it goes to. */
export type KeyWire =
  | { readonly phase: 'port'; readonly node: NodeId; readonly ports: readonly CardPort[]; readonly index: number }
  | {
      readonly phase: 'target';
      readonly wiring: Wiring;
      readonly targets: readonly { readonly node: NodeId; readonly port: CardPort }[];
      readonly index: number;
    };

/** A question which of several ports is meant. */
export type Chooser = {
  readonly title: string;
  readonly at: CanvasPoint;
  readonly options: readonly { readonly label: string; readonly type: string | undefined }[];
  readonly choose: (index: number) => void;
};

/** See the module. */
export type CanvasState = {
  readonly scene: Scene;
  readonly routing: Routing;
  readonly viewport: Viewport;
  /** Of the window on the canvas, in pixels of the screen. */
  readonly size: { readonly width: number; readonly height: number };
  /** Cards are elements of the page, or everything is drawn on one surface. */
  readonly level: 'cards' | 'map';
  /** The area whose cards and wires are elements: what is in view and a margin. */
  readonly area: Box;
  readonly shownNodes: ReadonlySet<NodeId>;
  readonly shownWires: ReadonlySet<string>;
  readonly focused: NodeId | undefined;
  /** The keyboard was used last, so that the focus shows. */
  readonly isKeyboard: boolean;
  readonly drag: Drag | undefined;
  readonly splice: SpliceOffer | undefined;
  readonly wiring: Wiring | undefined;
  readonly keyWire: KeyWire | undefined;
  readonly chooser: Chooser | undefined;
  /** Why a wire was refused, where it was let go. */
  readonly refusal: { readonly at: CanvasPoint; readonly reason: string } | undefined;
  readonly lasso: Box | undefined;
};

/** A store as `useStore` takes it. */
export type CanvasStore = StoreApi<CanvasState>;

/** With more cards than this in view all are drawn on one surface. */
const MAX_CARDS = 100;
/** They become elements again below this, so that a card more or less does not change the drawing back and forth. */
const FEW_CARDS = 80;
/** Below this zoom there are no elements whatever their number. */
const MAP_ZOOM = 0.4;
/** Around what is in view, in pixels of the screen. */
const MARGIN = 240;

/** A canvas of the document that is being edited. */
export function createCanvasStore(editor: EditorStore): CanvasStore {
  const document = placeNodes(editor.getState().document, COMPONENTS);
  return createStore<CanvasState>()(() => ({
    ...drawnFirst(document),
    viewport: { x: 0, y: 0, zoom: 1 },
    size: { width: 0, height: 0 },
    level: 'cards',
    area: { x: 0, y: 0, width: 0, height: 0 },
    shownNodes: new Set(),
    shownWires: new Set(),
    focused: undefined,
    isKeyboard: false,
    drag: undefined,
    splice: undefined,
    wiring: undefined,
    keyWire: undefined,
    chooser: undefined,
    refusal: undefined,
    lasso: undefined,
  }));
}

type Drawn = Pick<CanvasState, 'scene' | 'routing'>;

const firstDrawn = new WeakMap<Pipeline, Drawn>();

/** What is drawn first of a document, worked out once: React may begin the same drawing several times. */
function drawnFirst(document: Pipeline): Drawn {
  let first = firstDrawn.get(document);
  if (first === undefined) {
    const scene = sceneOf(document, COMPONENTS, EMPTY_SCENE);
    first = { scene, routing: routeWires({ cards: scene.nodes, wires: scene.wires }) };
    firstDrawn.set(document, first);
  }
  return first;
}

function drawnAfter(document: Pipeline, before: Drawn): Drawn {
  if (firstDrawn.get(document)?.scene === before.scene) return before;
  const scene = sceneOf(document, COMPONENTS, before.scene);
  return { scene, routing: routeWires({ cards: scene.nodes, wires: scene.wires }, before.routing) };
}

/** Keeps a canvas true to the document until the returned function is called. */
export function followDocument(canvas: CanvasStore, editor: EditorStore): () => void {
  const take = (document: Pipeline) => {
    const placed = placeNodes(document, COMPONENTS);
    if (placed !== document) {
      // Places that nobody chose belong to the document as it came, and are no change of it.
      editor.setState(({ history }) => {
        const entry = history.entries[history.index];
        if (entry === undefined) return {};
        const entries = history.entries.with(history.index, { ...entry, document: placed });
        return { history: { ...history, entries }, document: placed };
      });
      return;
    }
    const state = canvas.getState();
    const next = { ...state, ...drawnAfter(document, state) };
    const focused = next.focused !== undefined && next.scene.nodes.has(next.focused) ? next.focused : undefined;
    canvas.setState({ ...next, focused, ...inView(next, { isNew: true }) });
  };
  take(editor.getState().document);
  return editor.subscribe((state, before) => {
    if (state.document !== before.document) take(state.document);
  });
}

/** Takes a new viewport or size. */
export function lookAt(canvas: CanvasStore, change: Partial<Pick<CanvasState, 'viewport' | 'size'>>): void {
  const next = { ...canvas.getState(), ...change };
  canvas.setState({ ...change, ...inView(next, { isNew: change.size !== undefined }) });
}

/** What of the scene becomes elements. Empty where nothing changes. */
function inView(state: CanvasState, { isNew }: { readonly isNew: boolean }): Partial<CanvasState> {
  const view = viewBox(state);
  // While something is held, what holds it stays as it is.
  const isHeld = state.drag !== undefined || state.wiring !== undefined;
  const level = isHeld ? state.level : levelOf(state, view);
  const { area } = state;
  const isInside =
    view.x >= area.x &&
    view.y >= area.y &&
    view.x + view.width <= area.x + area.width &&
    view.y + view.height <= area.y + area.height;
  // A much smaller view of the same area would keep too many elements.
  const isTight = area.width <= view.width * 2 + (4 * MARGIN) / state.viewport.zoom;
  if (!isNew && isInside && isTight && level === state.level) return {};
  if (level === 'map') return { level, area: view, shownNodes: new Set(), shownWires: new Set() };
  const around = inflate(view, MARGIN / state.viewport.zoom);
  const shownNodes = new Set<NodeId>();
  for (const [id, node] of state.scene.nodes) if (touches(node, around)) shownNodes.add(id);
  const shownWires = new Set<string>();
  for (const [key, route] of state.routing.routes) if (touches(boxOfRoute(route), around)) shownWires.add(key);
  return { level, area: around, shownNodes, shownWires };
}

function levelOf(state: CanvasState, view: Box): CanvasState['level'] {
  if (state.viewport.zoom < MAP_ZOOM) return 'map';
  const limit = state.level === 'map' ? FEW_CARDS : MAX_CARDS;
  let count = 0;
  for (const node of state.scene.nodes.values()) {
    if (!touches(node, view)) continue;
    count += 1;
    if (count > limit) return 'map';
  }
  return 'cards';
}

/** The part of the canvas that is in view. */
export function viewBox({ viewport, size }: Pick<CanvasState, 'viewport' | 'size'>): Box {
  const { x, y, zoom } = viewport;
  return { x: -x / zoom, y: -y / zoom, width: size.width / zoom, height: size.height / zoom };
}

/** A place on the canvas as a place in its window. */
export function toScreen({ viewport }: Pick<CanvasState, 'viewport'>, { x, y }: CanvasPoint): CanvasPoint {
  return { x: x * viewport.zoom + viewport.x, y: y * viewport.zoom + viewport.y };
}

/** A place in the window as a place on the canvas. */
export function toCanvas({ viewport }: Pick<CanvasState, 'viewport'>, { x, y }: CanvasPoint): CanvasPoint {
  return { x: (x - viewport.x) / viewport.zoom, y: (y - viewport.y) / viewport.zoom };
}

/** The path of a wire as it is drawn now: what is dragged takes its wires along. */
export function shownRoute({ drag, routing }: Pick<CanvasState, 'drag' | 'routing'>, wire: SceneWire): Route {
  const route = routing.routes.get(wire.key) ?? [wire.start, wire.end];
  return drag === undefined ? route : dragRoute(wire, route, drag);
}

/** The path of a wire while cards are dragged. */
export function dragRoute(wire: SceneWire, route: Route, { ids, dx, dy }: Drag): Route {
  const isFrom = ids.has(wire.from.node);
  const isTo = ids.has(wire.to.node);
  if (!isFrom && !isTo) return route;
  if (isFrom && isTo) return route.map(([x, y]) => [x + dx, y + dy] as const);
  const [sx, sy] = wire.start;
  const [ex, ey] = wire.end;
  return routeFreely(isFrom ? [sx + dx, sy + dy] : [sx, sy], isTo ? [ex + dx, ey + dy] : [ex, ey]);
}
