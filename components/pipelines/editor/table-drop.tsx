'use client';

import type { ReactNode } from 'react';

import type { CanvasPoint } from '../../../lib/pipeline/commands';
import { snapToGrid } from '../../../lib/pipeline/place-nodes';
import { DropHint, useFileDrop } from '../../uploads';
import { useEditorStore, useSurfaceStore } from './editor-context';
import type { CanvasView } from './editor-store';

/** Takes files that are dropped on the canvas: a table becomes an ExampleGen with its tail, at that place. */
export function TableDrop({ children }: { readonly children: ReactNode }) {
  const store = useEditorStore();
  const surface = useSurfaceStore();
  const drop = useFileDrop((files, { clientX, clientY }) => {
    const { canvasView } = store.getState();
    const { x, y } = canvasView === undefined ? { x: 0, y: 0 } : toCanvasPoint(canvasView, clientX, clientY);
    surface.getState().open({ type: 'bring-table', files, at: { x: snapToGrid(x), y: snapToGrid(y) } });
  });
  return (
    <div {...drop.handlers} className="relative h-full">
      {children}
      {drop.isOver && (
        <DropHint>Drop a CSV or Parquet file: it becomes an ExampleGen with a tail that checks it</DropHint>
      )}
    </div>
  );
}

/** Two points of the canvas and where they are in the window tell where any other is. */
function toCanvasPoint(view: CanvasView, clientX: number, clientY: number): CanvasPoint {
  const span = 100;
  const origin = view.toWindow({ x: 0, y: 0 });
  const zoom = (view.toWindow({ x: span, y: 0 }).x - origin.x) / span;
  return { x: (clientX - origin.x) / zoom, y: (clientY - origin.y) / zoom };
}
