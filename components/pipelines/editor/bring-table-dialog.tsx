'use client';

import { COMPONENTS } from '../../../lib/catalog/index';
import { addNodes, type CanvasPoint } from '../../../lib/pipeline/commands';
import { onFreeGround } from '../../../lib/pipeline/free-place';
import { proposeNodes } from '../../../lib/proposal/propose-pipeline';
import { UploadDialog } from '../../uploads';
import { useEditorStore } from './editor-context';

/** Props of {@link BringTableDialog}. */
export type BringTableDialogProps = {
  readonly files: readonly File[];
  /** Where the first card goes, or the nearest place where it covers none. */
  readonly at: CanvasPoint;
  readonly onClose: () => void;
};

/** Brings files as one table: it becomes an ExampleGen with its tail on the canvas, as one change. */
export function BringTableDialog({ files, at, onClose }: BringTableDialogProps) {
  const store = useEditorStore();
  return (
    <UploadDialog
      files={files}
      target={{
        type: 'document',
        onAdd: (source, title) => {
          const { change, document, select, canvasView } = store.getState();
          const nodes = onFreeGround(document, COMPONENTS, proposeNodes(document, source, at));
          change({ label: `Add ${title}` }, (pipeline) => addNodes(pipeline, nodes));
          select(nodes.map(({ id }) => id));
          const [first] = nodes;
          if (first !== undefined) canvasView?.reveal(first.id);
        },
      }}
      onClose={onClose}
    />
  );
}
