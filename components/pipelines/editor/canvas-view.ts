/** What the canvas does for the rest of the editor, and how large its window is. */

import { boundsOf } from '../../../lib/pipeline/box-index';
import { CARD_WIDTH } from '../../../lib/pipeline/card-geometry';
import type { CanvasPoint } from '../../../lib/pipeline/commands';
import { lookAt, toCanvas, toScreen, viewBox, type Viewport } from './canvas-store';
import { beginKeyWire } from './connect-by-keys';
import type { CanvasView } from './editor-store';
import type { CanvasTools } from './gesture';
import { fitBox, revealBox, zoomAround } from './viewport';

/** What it needs. */
export type CanvasViewHost = CanvasTools & {
  readonly element: HTMLElement;
  readonly setViewport: (viewport: Viewport, durationMs?: number) => void;
};

const ZOOM_STEP = 1.25;
/** Layout moves take so long; with reduced motion they take no time. */
const MOVE_MS = 240;
/** What a card is high before it is drawn for the first time. */
const USUAL_HEIGHT = 80;

/** Opens the view and keeps the window's size until it is closed. The first size shows the whole document. */
export function openCanvasView({ canvas, editor, element, setViewport }: CanvasViewHost): {
  readonly view: CanvasView;
  readonly close: () => void;
} {
  let pointer: CanvasPoint | undefined;
  let isFitted = false;
  const moveMs = () => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS);
  const fit = (nodes?: readonly string[], durationMs = 0) => {
    const state = canvas.getState();
    const cards =
      nodes === undefined ? state.scene.nodes.values() : nodes.flatMap((id) => state.scene.nodes.get(id) ?? []);
    const bounds = boundsOf(cards);
    if (bounds !== undefined) setViewport(fitBox(state, bounds), durationMs);
  };
  const measure = () => {
    const { width, height } = element.getBoundingClientRect();
    lookAt(canvas, { size: { width, height } });
    if (isFitted || width === 0) return;
    isFitted = true;
    fit();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  measure();
  const onMove = (event: PointerEvent) => {
    const bounds = element.getBoundingClientRect();
    pointer = toCanvas(canvas.getState(), { x: event.clientX - bounds.left, y: event.clientY - bounds.top });
  };
  const onLeave = () => {
    pointer = undefined;
  };
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerleave', onLeave);

  return {
    close: () => {
      observer.disconnect();
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerleave', onLeave);
    },
    view: {
      zoomIn: () => {
        setViewport(zoomAround(canvas.getState(), ZOOM_STEP));
      },
      zoomOut: () => {
        setViewport(zoomAround(canvas.getState(), 1 / ZOOM_STEP));
      },
      fit: (nodes) => {
        fit(nodes, moveMs());
      },
      reveal: (node) => {
        const card = canvas.getState().scene.nodes.get(node);
        if (card === undefined) return;
        canvas.setState({ focused: node });
        const viewport = revealBox(canvas.getState(), card);
        if (viewport !== undefined) setViewport(viewport);
        if (!element.contains(document.activeElement)) element.focus({ preventScroll: true });
      },
      startWire: (node) => {
        canvas.setState({ focused: node, isKeyboard: true });
        element.focus({ preventScroll: true });
        beginKeyWire({ canvas, editor }, node);
      },
      centre: () => {
        const { x, y, width, height } = viewBox(canvas.getState());
        return { x: x + width / 2, y: y + height / 2 };
      },
      pointer: () => pointer,
      sizeOf: (node) => {
        const card = canvas.getState().scene.nodes.get(node);
        return { width: CARD_WIDTH, height: card?.height ?? USUAL_HEIGHT };
      },
      toWindow: (point) => {
        const { x, y } = toScreen(canvas.getState(), point);
        const { left, top } = element.getBoundingClientRect();
        return { x: left + x, y: top + y };
      },
    },
  };
}
