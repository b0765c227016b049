'use client';

import { useState, type ReactNode } from 'react';

import { addNodes, type CanvasPoint } from '../../../lib/pipeline/commands';
import { snapToGrid } from '../../../lib/pipeline/place-nodes';
import { proposeNodes } from '../../../lib/proposal/propose-pipeline';
import { DropHint, UploadDialog, useFileDrop } from '../../uploads';
import { useEditorStore } from './editor-context';
import type { CanvasView } from './editor-store';

type Drop = { readonly files: readonly File[]; readonly at: CanvasPoint };

/** Takes files that are dropped on the canvas: a table becomes an ExampleGen with its tail, at that place, as one change. */
export function TableDrop({ children }: { readonly children: ReactNode }) {
  const store = useEditorStore();
  const [dropped, setDropped] = useState<Drop>();
  const drop = useFileDrop((files, { clientX, clientY }) => {
    const { canvasView } = store.getState();
    const at = canvasView === undefined ? { x: 0, y: 0 } : toCanvasPoint(canvasView, clientX, clientY);
    setDropped({ files, at: { x: snapToGrid(at.x), y: snapToGrid(at.y) } });
  });
  return (
    <div {...drop.handlers} className="relative h-full">
      {children}
      {drop.isOver && (
        <DropHint>Drop a CSV or Parquet file: it becomes an ExampleGen with a tail that checks it</DropHint>
      )}
      {dropped !== undefined && (
        <UploadDialog
          files={dropped.files}
          target={{
            type: 'document',
            onAdd: (source, title) => {
              const { change, document, select } = store.getState();
              const nodes = proposeNodes(document, source, dropped.at);
              change({ label: `Add ${title}` }, (pipeline) => addNodes(pipeline, nodes));
              select(nodes.map(({ id }) => id));
            },
          }}
          onClose={() => {
            setDropped(undefined);
          }}
        />
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
