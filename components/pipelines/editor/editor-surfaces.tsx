'use client';

import { BringTableDialog } from './bring-table-dialog';
import { useSurface, useSurfaceStore } from './editor-context';
import { EditorCommands } from './editor-commands';
import { ImportDialog } from './import-dialog';
import { NodeSearch } from './node-search';
import { RenameNodeDialog, RenamePipelineDialog } from './rename-dialogs';
import { ShortcutSheet } from './shortcut-sheet';

/** What is open over the canvas, one at a time. */
export function EditorSurfaces() {
  const surface = useSurface((state) => state.surface);
  const store = useSurfaceStore();
  const close = () => {
    store.getState().open(undefined);
  };
  switch (surface?.type) {
    case undefined:
      return null;
    case 'commands':
      return <EditorCommands onClose={close} />;
    case 'search':
      return <NodeSearch onClose={close} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
    case 'import':
      return <ImportDialog onClose={close} />;
    case 'rename-node':
      return <RenameNodeDialog node={surface.node} onClose={close} />;
    case 'rename-pipeline':
      return <RenamePipelineDialog onClose={close} />;
    case 'bring-table':
      return <BringTableDialog files={surface.files} at={surface.at} onClose={close} />;
  }
}
