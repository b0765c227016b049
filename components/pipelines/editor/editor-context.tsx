'use client';

import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { COMPONENTS } from '../../../lib/catalog/index';
import type { PipelineId } from '../../../lib/ids';
import type { Pipeline } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { validatePipeline } from '../../../lib/pipeline/validate';
import { createEditorStore, type EditorState, type EditorStore } from './editor-store';

type Editor = { readonly pipelineId: PipelineId; readonly store: EditorStore };

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
  const editor = useMemo(() => ({ pipelineId, store }), [pipelineId, store]);
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

const problemsByDocument = new WeakMap<Pipeline, readonly Problem[]>();

/** The problems of a document, worked out once per document. */
export function problemsOf(document: Pipeline): readonly Problem[] {
  let problems = problemsByDocument.get(document);
  if (problems === undefined) {
    problems = validatePipeline(document, COMPONENTS);
    problemsByDocument.set(document, problems);
  }
  return problems;
}
