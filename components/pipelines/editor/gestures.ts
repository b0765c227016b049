/**
 * Listens to the pointer over the canvas and turns it into gestures. Everything is found by geometry, not by elements, so
 * that it works the same whether cards are elements or drawn on one surface. What is not ours (a drag on empty ground, the
 * wheel) is left to React Flow, which pans and zooms.
 */

import { hitTest, type Hit } from '../../../lib/pipeline/hit-test';
import { snapToGrid } from '../../../lib/pipeline/place-nodes';
import { toCanvas, type Viewport } from './canvas-store';
import { dragCards } from './drag-cards';
import { beginWire, drawWire } from './draw-wire';
import type { CanvasTools, Gesture, GesturePoint } from './gesture';
import { selectArea } from './select-area';

/** A press that moves less than this is a click, in pixels of the screen. */
const CLICK_REACH = 4;
/** Nearer than this to the edge of the window, the canvas moves along. */
const EDGE = 28;
const EDGE_SPEED = 12;
/** Ports are neither drawn nor wired below this zoom. */
const PORT_ZOOM = 0.5;

/** What gestures need besides the stores. */
export type GestureHost = CanvasTools & {
  /** The element that the canvas fills. */
  readonly element: HTMLElement;
  readonly setViewport: (viewport: Viewport) => void;
};

type Press = {
  readonly pointerId: number;
  readonly startX: number;
  readonly startY: number;
  readonly hit: Hit | undefined;
  readonly toggles: boolean;
  /** Undefined where React Flow has the pointer, or until the press becomes a drag. */
  gesture: Gesture | undefined;
  readonly begin: (() => Gesture) | undefined;
  isMoved: boolean;
  last: PointerEvent;
};

/** Listens until the returned function is called. */
export function attachGestures(host: GestureHost): () => void {
  const { element, canvas, editor } = host;
  let press: Press | undefined;
  let frame = 0;

  const pointAt = (event: MouseEvent): GesturePoint => {
    const bounds = element.getBoundingClientRect();
    const at = toCanvas(canvas.getState(), { x: event.clientX - bounds.left, y: event.clientY - bounds.top });
    return { ...at, shift: event.shiftKey, alt: event.altKey };
  };
  const hitAt = (event: MouseEvent): Hit | undefined => {
    const { scene, routing, viewport, level } = canvas.getState();
    const hasPorts = level === 'cards' && viewport.zoom >= PORT_ZOOM;
    return hitTest({ scene, routes: routing.routes, zoom: viewport.zoom, hasPorts }, pointAt(event));
  };

  const onPointerDown = (event: PointerEvent) => {
    if (!isOnCanvas(event.target)) return;
    canvas.setState({ isKeyboard: false, chooser: undefined, refusal: undefined });
    if (press !== undefined || event.button !== 0) return;
    element.focus({ preventScroll: true });
    const hit = hitAt(event);
    const toggles = event.shiftKey || event.ctrlKey || event.metaKey;
    press = {
      pointerId: event.pointerId,
      startX: event.clientX,
      startY: event.clientY,
      hit,
      toggles,
      gesture: undefined,
      begin: beginnerOf(host, hit, pointAt(event)),
      isMoved: false,
      last: event,
    };
    window.addEventListener('pointermove', onPointerMove);
    window.addEventListener('pointerup', onPointerUp);
    window.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKeyDown, { capture: true });
  };

  /** React Flow pans on `mousedown` and `touchstart`: it must not hear of a press that is ours. */
  const onStart = (event: Event) => {
    if (press?.begin === undefined || !isOnCanvas(event.target)) return;
    event.stopPropagation();
    if (event.cancelable) event.preventDefault();
  };

  const onPointerMove = (event: PointerEvent) => {
    if (press === undefined || event.pointerId !== press.pointerId) return;
    press.last = event;
    if (!press.isMoved) {
      if (Math.hypot(event.clientX - press.startX, event.clientY - press.startY) < CLICK_REACH) return;
      press.isMoved = true;
      press.gesture = press.begin?.();
      if (press.gesture !== undefined) frame = requestAnimationFrame(followEdge);
    }
    press.gesture?.move(pointAt(event));
  };

  const onPointerUp = (event: PointerEvent) => {
    if (press === undefined || event.pointerId !== press.pointerId) return;
    const { gesture, isMoved, hit, toggles } = press;
    release();
    if (gesture !== undefined) gesture.end(pointAt(event));
    else if (!isMoved) click(host, hit, toggles);
  };

  const onCancel = () => {
    const gesture = press?.gesture;
    release();
    gesture?.cancel();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || press?.gesture === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };

  const release = () => {
    press = undefined;
    cancelAnimationFrame(frame);
    window.removeEventListener('pointermove', onPointerMove);
    window.removeEventListener('pointerup', onPointerUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKeyDown, { capture: true });
  };

  const followEdge = () => {
    if (press?.gesture === undefined) return;
    const bounds = element.getBoundingClientRect();
    const { last, gesture } = press;
    const dx = edgePull(last.clientX - bounds.left, bounds.width);
    const dy = edgePull(last.clientY - bounds.top, bounds.height);
    if (dx !== 0 || dy !== 0) {
      const { viewport } = canvas.getState();
      host.setViewport({ x: viewport.x + dx, y: viewport.y + dy, zoom: viewport.zoom });
      gesture.move(pointAt(last));
    }
    frame = requestAnimationFrame(followEdge);
  };

  const onDoubleClick = (event: MouseEvent) => {
    if (!isOnCanvas(event.target) || hitAt(event) !== undefined) return;
    const { x, y } = pointAt(event);
    editor.getState().openQuickAdd({ at: { x: snapToGrid(x), y: snapToGrid(y) } });
  };

  /** The menu is for what was clicked: it is selected first. */
  const onContextMenu = (event: MouseEvent) => {
    if (!isOnCanvas(event.target)) return;
    selectFor(host, hitAt(event));
  };

  element.addEventListener('pointerdown', onPointerDown, { capture: true });
  element.addEventListener('mousedown', onStart, { capture: true });
  element.addEventListener('touchstart', onStart, { capture: true, passive: false });
  element.addEventListener('dblclick', onDoubleClick);
  element.addEventListener('contextmenu', onContextMenu, { capture: true });
  return () => {
    onCancel();
    element.removeEventListener('pointerdown', onPointerDown, { capture: true });
    element.removeEventListener('mousedown', onStart, { capture: true });
    element.removeEventListener('touchstart', onStart, { capture: true });
    element.removeEventListener('dblclick', onDoubleClick);
    element.removeEventListener('contextmenu', onContextMenu, { capture: true });
  };
}

/** Bars and lists that lie over the canvas are not it. */
function isOnCanvas(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.react-flow') !== null;
}

/** The gesture that a drag from here is, or undefined where it pans. */
function beginnerOf(tools: CanvasTools, hit: Hit | undefined, point: GesturePoint): (() => Gesture) | undefined {
  if (hit === undefined || hit.type === 'wire') return point.shift ? () => selectArea(tools, point) : undefined;
  if (hit.type === 'node') {
    return () => {
      const { selectedNodes, select } = tools.editor.getState();
      if (!selectedNodes.has(hit.node)) select(point.shift ? [...selectedNodes, hit.node] : [hit.node]);
      tools.canvas.setState({ focused: hit.node });
      return dragCards(tools, hit.node, point);
    };
  }
  return () => beginAtPort(tools, hit);
}

/** An input that has a wire gives it away; so does an output whose one selected wire it is. Else a new wire begins. */
function beginAtPort(tools: CanvasTools, { node, port }: Extract<Hit, { type: 'port' }>): Gesture {
  const { canvas, editor } = tools;
  const { scene } = canvas.getState();
  const { selectedWires } = editor.getState();
  const isAt = ({
    from,
    to,
  }: {
    readonly from: { node: string; port: string };
    readonly to: { node: string; port: string };
  }) =>
    port.side === 'input' ? to.node === node && to.port === port.name : from.node === node && from.port === port.name;
  const wires = [...scene.wires.values()].filter(isAt);
  const taken = wires.find(({ key }) => selectedWires.has(key)) ?? (port.side === 'input' ? wires.at(-1) : undefined);
  if (taken === undefined || (port.takesMany && !selectedWires.has(taken.key))) {
    return drawWire(tools, beginWire(tools, { node, port: port.name, side: port.side }, undefined));
  }
  const stays =
    port.side === 'input' ? { ...taken.from, side: 'output' as const } : { ...taken.to, side: 'input' as const };
  return drawWire(tools, beginWire(tools, stays, { from: taken.from, to: taken.to }));
}

function click({ canvas, editor }: CanvasTools, hit: Hit | undefined, toggles: boolean): void {
  const { selectedNodes, selectedWires, select } = editor.getState();
  if (hit === undefined) {
    if (!toggles) select([]);
    return;
  }
  if (hit.type === 'wire') {
    const { key } = hit.wire;
    select(toggles ? selectedNodes : [], toggles ? toggled(selectedWires, key) : [key]);
    return;
  }
  canvas.setState({ focused: hit.node });
  select(toggles ? toggled(selectedNodes, hit.node) : [hit.node], toggles ? selectedWires : []);
}

function selectFor({ canvas, editor }: CanvasTools, hit: Hit | undefined): void {
  const { selectedNodes, selectedWires, select } = editor.getState();
  if (hit === undefined) select([]);
  else if (hit.type === 'wire') {
    if (!selectedWires.has(hit.wire.key)) select([], [hit.wire.key]);
  } else {
    canvas.setState({ focused: hit.node });
    if (!selectedNodes.has(hit.node)) select([hit.node]);
  }
}

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** How fast the canvas moves while the pointer is near an edge: 0 elsewhere. */
function edgePull(at: number, size: number): number {
  if (at < EDGE) return Math.min(1, (EDGE - at) / EDGE) * EDGE_SPEED;
  if (at > size - EDGE) return -Math.min(1, (at - size + EDGE) / EDGE) * EDGE_SPEED;
  return 0;
}
