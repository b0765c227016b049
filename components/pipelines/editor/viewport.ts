/** Viewports that show something. */

import type { Box } from '../../../lib/pipeline/box-index';
import { viewBox, type CanvasState, type Viewport } from './canvas-store';

/** The least and the greatest zoom: a pipeline of thousands of nodes fits, and type is read at arm's length. */
export const ZOOM_RANGE = { least: 0.01, greatest: 2 } as const;

/** Around what is fitted, in pixels of the screen. */
const PADDING = 48;
/** Around a card that is brought into view. */
const REVEAL_PADDING = 64;

type View = Pick<CanvasState, 'viewport' | 'size'>;

/** Shows a whole box in the middle, never larger than life. */
export function fitBox({ size }: Pick<CanvasState, 'size'>, box: Box): Viewport {
  const wide = (size.width - 2 * PADDING) / Math.max(1, box.width);
  const high = (size.height - 2 * PADDING) / Math.max(1, box.height);
  const zoom = clampZoom(Math.min(1, wide, high));
  return {
    x: size.width / 2 - (box.x + box.width / 2) * zoom,
    y: size.height / 2 - (box.y + box.height / 2) * zoom,
    zoom,
  };
}

/** The least move that brings a box into view; undefined where it is in view already. */
export function revealBox(view: View, box: Box): Viewport | undefined {
  const { x, y, zoom } = view.viewport;
  const shown = viewBox(view);
  const padding = REVEAL_PADDING / zoom;
  const dx = shift(shown.x + padding, shown.x + shown.width - padding, [box.x, box.x + box.width]);
  const dy = shift(shown.y + padding, shown.y + shown.height - padding, [box.y, box.y + box.height]);
  return dx === 0 && dy === 0 ? undefined : { x: x + dx * zoom, y: y + dy * zoom, zoom };
}

/** Zooms so that what lies in the middle stays there. */
export function zoomAround({ viewport, size }: View, factor: number): Viewport {
  const zoom = clampZoom(viewport.zoom * factor);
  const share = zoom / viewport.zoom;
  const [cx, cy] = [size.width / 2, size.height / 2];
  return { x: cx - (cx - viewport.x) * share, y: cy - (cy - viewport.y) * share, zoom };
}

function clampZoom(zoom: number): number {
  return Math.min(ZOOM_RANGE.greatest, Math.max(ZOOM_RANGE.least, zoom));
}

function shift(low: number, high: number, [start, end]: readonly [number, number]): number {
  if (start < low) return low - start;
  return end > high ? Math.max(high - end, low - start) : 0;
}
