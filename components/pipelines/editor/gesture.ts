/** What a pressed pointer does. One gesture at a time; it works on the stores alone. */

import type { CanvasPoint } from '../../../lib/pipeline/commands';
import type { CanvasStore } from './canvas-store';
import type { EditorStore } from './editor-store';

/** The stores that gestures work on. */
export type CanvasTools = { readonly canvas: CanvasStore; readonly editor: EditorStore };

/** Where the pointer is, on the canvas, and what is held down with it. */
export type GesturePoint = CanvasPoint & { readonly shift: boolean; readonly alt: boolean };

/** A gesture under way. */
export type Gesture = {
  readonly move: (point: GesturePoint) => void;
  /** The pointer was let go. */
  readonly end: (point: GesturePoint) => void;
  /** Escape, or the pointer was lost: as if nothing had happened. */
  readonly cancel: () => void;
};
