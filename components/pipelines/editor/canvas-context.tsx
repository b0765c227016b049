'use client';

import { createContext, use } from 'react';
import { useStore } from 'zustand';

import type { CanvasState, CanvasStore } from './canvas-store';

/** The canvas that cards and wires are drawn on. */
export const CanvasContext = createContext<CanvasStore | undefined>(undefined);

/** The store of the canvas around this. */
export function useCanvasStore(): CanvasStore {
  const store = use(CanvasContext);
  if (store === undefined) throw new Error('a part of the canvas was drawn outside of it');
  return store;
}

/** A part of the canvas' state; the view is drawn again when it changes. */
export function useCanvas<T>(select: (state: CanvasState) => T): T {
  return useStore(useCanvasStore(), select);
}
