'use client';

import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { COMPONENTS } from '../../../lib/catalog/index';
import type { PipelineId } from '../../../lib/ids';
import type { Pipeline } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { createValidator } from '../../../lib/pipeline/validate';
import { createEditorStore, type EditorState, type EditorStore } from './editor-store';
import { createOverlayStore, type OverlayState, type OverlayStore } from './overlay-store';
import { createSurfaceStore, type SurfaceState, type SurfaceStore } from './surface-store';

type Editor = {
  readonly pipelineId: PipelineId;
  readonly store: EditorStore;
  readonly overlay: OverlayStore;
  readonly surface: SurfaceStore;
};

const Context = createContext<Editor | undefined>(undefined);

/** Props of {@link EditorProvider}. */
export type EditorProviderProps = {
  readonly pipelineId: PipelineId;
  /** The document as it was when the editor was opened. */
  readonly document: Pipeline;
  readonly children: ReactNode;
};

/** Opens a store for everything below it. */
export function EditorProvider({ pipelineId, document, children }: EditorProviderProps) {
  const [store] = useState(() => createEditorStore(document, Date.now));
  const [overlay] = useState(createOverlayStore);
  const [surface] = useState(createSurfaceStore);
  const editor = useMemo(() => ({ pipelineId, store, overlay, surface }), [pipelineId, store, overlay, surface]);
  return <Context value={editor}>{children}</Context>;
}

function useEditorContext(): Editor {
  const editor = use(Context);
  if (editor === undefined) throw new Error('an editor part was drawn outside of EditorProvider');
  return editor;
}

/** The pipeline that this editor edits. */
export function useEditedPipelineId(): PipelineId {
  return useEditorContext().pipelineId;
}

/** The store itself, for event handlers: `store.getState().change(…)`. */
export function useEditorStore(): EditorStore {
  return useEditorContext().store;
}

/** A part of the editor's state; the view is drawn again when it changes. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorContext().store, select);
}

/** The store of what the server knows, for event handlers. */
export function useOverlayStore(): OverlayStore {
  return useEditorContext().overlay;
}

/** A part of what the server knows; the view is drawn again when it changes. */
export function useOverlay<T>(select: (state: OverlayState) => T): T {
  return useStore(useEditorContext().overlay, select);
}

/** The store of what lies over the canvas, for event handlers. */
export function useSurfaceStore(): SurfaceStore {
  return useEditorContext().surface;
}

/** A part of what lies over the canvas; the view is drawn again when it changes. */
export function useSurface<T>(select: (state: SurfaceState) => T): T {
  return useStore(useEditorContext().surface, select);
}

type Judged = { readonly parameters: Pipeline['parameters']; readonly problems: readonly Problem[] };

/** Remembers what it found of each node, so that an edit or an undo judges only what it changed. */
const validate = createValidator(COMPONENTS);

const judgedByNodes = new WeakMap<Pipeline['nodes'], Judged>();

/** The problems of a document, worked out once per change of its nodes or parameters: a card that moves costs nothing. */
export function problemsOf(document: Pipeline): readonly Problem[] {
  const { nodes, parameters } = document;
  const judged = judgedByNodes.get(nodes);
  if (judged !== undefined && judged.parameters === parameters) return judged.problems;
  const problems = validate(document);
  judgedByNodes.set(nodes, { parameters, problems });
  return problems;
}
