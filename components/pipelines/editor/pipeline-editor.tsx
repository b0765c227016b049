'use client';

import { useState, type CSSProperties, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { PipelineId } from '../../../lib/ids';
import { ActionsProvider } from './actions-context';
import { CanvasPane } from './canvas-pane';
import { ConflictBar } from './conflict-bar';
import { DraftProvider, toPlaced } from './draft-context';
import type { ServerDraft } from './draft-saver';
import { EditorDrawer } from './editor-drawer';
import { EditorProvider } from './editor-context';
import { EditorHead } from './editor-head';
import { EditorSurfaces } from './editor-surfaces';
import { FollowServer } from './follow-server';
import { Inspector } from './inspector';
import { Palette } from './palette';
import { PaneDivider } from './pane-divider';
import { paneStore } from './pane-store';
import { ProblemsProvider } from './problems-context';

/** Props of {@link PipelineEditor}. */
export type PipelineEditorProps = {
  readonly pipelineId: PipelineId;
  /** As the server has it when the editor opens. */
  readonly opened: ServerDraft;
  /** Draws nothing: tells of the newest run. */
  readonly follower: ReactNode;
};

/** One pipeline, to be edited and run. */
export function PipelineEditor({ pipelineId, opened: loaded, follower }: PipelineEditorProps) {
  // Later answers to the same question do not replace what is being edited.
  const [opened] = useState(() => toPlaced(loaded));
  return (
    <EditorProvider pipelineId={pipelineId} document={opened.document}>
      <DraftProvider opened={opened}>
        <ActionsProvider>
          <ProblemsProvider>
            {follower}
            <FollowServer />
            <EditorHead />
            <ConflictBar />
            <Panes />
            <EditorSurfaces />
          </ProblemsProvider>
        </ActionsProvider>
      </DraftProvider>
    </EditorProvider>
  );
}

function Panes() {
  const { sizes, hidden } = useStore(paneStore);
  return (
    <div
      style={
        {
          '--palette': hidden.palette ? '0px' : `${sizes.palette}px`,
          '--inspector': hidden.inspector ? '0px' : `${sizes.inspector}px`,
        } as CSSProperties
      }
      className="grid min-h-0 flex-1 grid-cols-[var(--palette)_minmax(0,1fr)_var(--inspector)] grid-rows-1"
    >
      <div className="relative min-h-0 min-w-0">
        {!hidden.palette && (
          <>
            <Palette />
            <PaneDivider pane="palette" />
          </>
        )}
      </div>
      <div className="flex min-h-0 min-w-0 flex-col border-x">
        <CanvasPane />
        <EditorDrawer />
      </div>
      <div className="relative min-h-0 min-w-0 bg-surface">
        {!hidden.inspector && (
          <>
            <Inspector />
            <PaneDivider pane="inspector" />
          </>
        )}
      </div>
    </div>
  );
}
